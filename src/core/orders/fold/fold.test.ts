import { expect, test } from 'vitest'
import { instant } from '../../../lib/index.ts'
import { permutationDrill } from '../../../../test/load/permute.ts'
import { desired } from '../desired.ts'
import type { Fact, OrderId } from '../facts.ts'
import { fold } from './fold.ts'

const at = (minute: number): Date => instant(`2030-01-02T03:${String(minute).padStart(2, '0')}:00Z`)
const placed: Fact = {
  source: 'store',
  ext: 'placed',
  kind: 'order.placed',
  at: at(0),
  amountMinor: 4900,
  currency: 'EUR',
  units: 2,
  boxes: 0,
}
const paid: Fact = {
  source: 'stripe',
  ext: 'evt1',
  kind: 'pay.captured',
  at: at(2),
  ref: 'pi_1',
  amountMinor: 4900,
  currency: 'EUR',
}

test('an order without money waits, one with its price is paid', () => {
  expect(fold([placed]).headline).toBe('awaiting')
  expect(fold([placed, paid])).toMatchObject({ headline: 'paid', payment: 'paid', right: 'active' })
})

test('a failure or an expiry that arrives after the money changes nothing', () => {
  const failed: Fact = { ...paid, ext: 'evt0', kind: 'pay.failed', at: at(9) }
  const expired: Fact = { source: 'stripe', ext: 'evt9', kind: 'order.expired', at: at(9) }
  expect(fold([placed, paid, failed, expired]).headline).toBe('paid')
})

test('a second payment is named as money to give back, and the keys are still asked for once', () => {
  const second: Fact = { ...paid, ext: 'evt2', ref: 'pi_2', at: at(3) }
  const state = fold([second, placed, paid])
  expect(state).toMatchObject({ payment: 'overpaid', surplus: [{ ref: 'pi_2', amountMinor: 4900 }] })
  expect(desired('o' as OrderId, state).filter((job) => job.kind === 'licences.issue')).toHaveLength(1)
})

test('a refund of the second payment alone keeps the licence', () => {
  const second: Fact = { ...paid, ext: 'evt2', ref: 'pi_2', at: at(3) }
  const back: Fact = {
    source: 'stripe',
    ext: 'evt3',
    kind: 'refund.succeeded',
    at: at(4),
    ref: 're_1',
    of: 'pi_2',
    amountMinor: 4900,
  }
  expect(fold([placed, paid, second, back])).toMatchObject({ refund: 'partial', right: 'active' })
})

const back = (ext: string, kind: Fact['kind'], more: Partial<Fact>): Fact => ({
  source: 'stripe',
  ext,
  kind,
  at: at(5),
  ref: 're_1',
  of: 'pi_1',
  amountMinor: 4900,
  ...more,
})
const kindsOf = (facts: readonly Fact[]): string[] => desired('o' as OrderId, fold(facts)).map(({ kind }) => kind)
const keysFor = (facts: readonly Fact[], kind: string): string[] =>
  desired('o' as OrderId, fold(facts)).flatMap((job) => (job.kind === kind ? [job.key] : []))

test('a refund of the whole that is asked for is under way, although a part was paid back before', () => {
  const part = back('evt3', 'refund.succeeded', { ref: 're_0', amountMinor: 500 })
  const rest = back('evt4', 'refund.requested', { amountMinor: 4400 })
  expect(fold([placed, paid, part])).toMatchObject({ refund: 'partial', askedBackMinor: 0 })
  expect(fold([placed, paid, part, rest])).toMatchObject({ refund: 'pending', askedBackMinor: 4400 })
  expect(fold([placed, paid, part, { ...rest, kind: 'refund.failed' }])).toMatchObject({ refund: 'partial' })
})

test('a refund that fails gives the right back, and each turn of it is work of its own', () => {
  const gone = [placed, paid, back('e1', 'refund.succeeded', {})]
  const failed = [...gone, back('e2', 'refund.failed', {})]
  const goneAgain = [...failed, back('e3', 'refund.succeeded', { ref: 're_2' })]
  const failedAgain = [...goneAgain, back('e4', 'refund.failed', { ref: 're_2' })]
  expect([gone, failed, goneAgain, failedAgain].map((facts) => fold(facts).right)).toEqual([
    'revoked',
    'active',
    'revoked',
    'active',
  ])
  const work = [gone, failed, goneAgain, failedAgain].flatMap((facts) => keysFor(facts, 'licences.follow'))
  expect(new Set(work).size).toBe(4)
  expect(kindsOf([placed, paid])).not.toContain('licences.follow')
})

test('money that comes for a cancelled order buys no right, and its pages are ended', () => {
  const cancelled: Fact = { source: 'desk', ext: 'cancelled', kind: 'order.cancelled', at: at(1) }
  expect(fold([placed, cancelled, paid]).right).toBe('none')
  expect(fold([placed, cancelled, paid, back('e1', 'refund.succeeded', {})]).right).toBe('revoked')
  expect(kindsOf([placed, cancelled])).toEqual(expect.arrayContaining(['payments.expire', 'orders.clocks']))
  expect(kindsOf([placed, cancelled, paid])).not.toContain('licences.issue')
})

test('who wants to be erased after delivery is erased when nothing will be delivered any more', () => {
  const box: Fact = { ...placed, boxes: 1 }
  const wish: Fact = { source: 'person', ext: 'eraseAfterDelivery', kind: 'erase.afterDelivery', at: at(3) }
  expect(kindsOf([box, paid, wish])).not.toContain('orders.erase')
  expect(kindsOf([box, paid, wish, back('e1', 'refund.succeeded', {})])).toContain('orders.erase')
  expect(kindsOf([box, wish, { ...wish, ext: 'cancelled', kind: 'order.cancelled' }])).toContain('orders.erase')
})

test('what a report says went back counts as the most that was said, with what is known and never on top of it', () => {
  const told = (amountMinor: number): Fact => ({
    ...back(`t${amountMinor}`, 'refund.reported', { amountMinor, of: 'pi_1' }),
    ref: `reported:${amountMinor}`,
  })
  const single = back('e1', 'refund.succeeded', { amountMinor: 1000 })
  expect(fold([placed, paid, told(500), told(900)])).toMatchObject({ refundedMinor: 900, refund: 'partial' })
  expect(fold([placed, told(500), paid, single]).refundedMinor).toBe(1000)
  expect(fold([placed, paid, single, told(4900)])).toMatchObject({ refund: 'full', right: 'revoked' })
})

test('a sale that was fulfilled elsewhere is delivered, and asks for nothing but the end of its right', () => {
  const elsewhere: Fact = { source: 'swreg', ext: 'elsewhere', kind: 'order.fulfilledElsewhere', at: at(1) }
  const box: Fact = { ...placed, boxes: 1 }
  expect(fold([box, elsewhere, paid])).toMatchObject({ headline: 'delivered', goods: 'delivered', right: 'active' })
  expect(kindsOf([box, elsewhere, paid])).toEqual([])
  expect(kindsOf([box, elsewhere, paid, { ...paid, ext: 'evt2', ref: 'pi_2' }])).not.toContain('orders.task')
  expect(kindsOf([box, elsewhere, paid, back('e1', 'refund.succeeded', {})])).toEqual(['licences.follow'])
})

test('money in another currency covers nothing and is shown to staff', () => {
  const state = fold([placed, { ...paid, currency: 'USD' }])
  expect(state).toMatchObject({ headline: 'awaiting', foreign: ['pi_1'] })
})

test('no arrival order of any story gives another end, and dropping the rank is caught', () => {
  expect(permutationDrill({ most: 6_000 })).toMatchObject({ divergent: 0, doubleIssues: 0, wrongEnds: 0 })
  expect(permutationDrill({ most: 600, dropRank: true }).wrongEnds).toBeGreaterThan(0)
})

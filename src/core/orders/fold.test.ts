import { expect, test } from 'vitest'
import { instant } from '../../lib/index.ts'
import { permutationDrill } from '../../../test/load/permute.ts'
import { desired } from './desired.ts'
import type { Fact, OrderId } from './facts.ts'
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

test('money in another currency covers nothing and is shown to staff', () => {
  const state = fold([placed, { ...paid, currency: 'USD' }])
  expect(state).toMatchObject({ headline: 'awaiting', foreign: ['pi_1'] })
})

test('no arrival order of any story gives another end, and dropping the rank is caught', () => {
  expect(permutationDrill({ most: 6_000 })).toMatchObject({ divergent: 0, doubleIssues: 0, wrongEnds: 0 })
  expect(permutationDrill({ most: 6_000, dropRank: true }).wrongEnds).toBeGreaterThan(0)
})

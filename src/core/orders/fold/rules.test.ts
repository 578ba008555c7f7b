import { expect, test } from 'vitest'
import { instant } from '../../../lib/index.ts'
import { desired } from '../desired.ts'
import { refundReasons, type Fact, type OrderId } from '../facts.ts'
import { blockedBy, leftOf } from '../refunds/refund.ts'
import { fold } from './fold.ts'
import { refundRules } from './rules.ts'
import { isOver, isToSend, rightOf } from './state.ts'

const at = (minute: number): Date => instant(`2030-01-02T03:${String(minute).padStart(2, '0')}:00Z`)
const fact = (kind: Fact['kind'], minute: number, more: Partial<Fact> = {}): Fact => ({
  source: 'stripe',
  ext: `${kind}:${minute}`,
  kind,
  at: at(minute),
  ...more,
})
const placed = fact('order.placed', 0, { amountMinor: 5000, currency: 'EUR', units: 5, boxes: 0 })
const paid = fact('pay.captured', 1, { ref: 'pi_1', amountMinor: 5000, currency: 'EUR' })
const twice = fact('pay.captured', 2, { ref: 'pi_2', amountMinor: 5000, currency: 'EUR' })
const back = (minute: number, amountMinor: number, more: Partial<Fact> = {}): Fact =>
  fact('refund.succeeded', minute, { ref: `re_${minute}`, of: 'pi_1', amountMinor, ...more })
const staff = (kind: 'right.given' | 'right.withdrawn', minute: number, unit: number): Fact =>
  fact(kind, minute, { source: 'desk', ext: `${unit}:${minute}`, ref: String(unit) })
const rights = (facts: readonly Fact[]): string[] => {
  const state = fold(facts)
  return [0, 1, 2, 3, 4].map((unit) => rightOf(state, unit))
}
const tasks = (facts: readonly Fact[]): string[] =>
  desired('o' as OrderId, fold(facts)).flatMap(({ kind, ids }) =>
    kind === 'orders.task' ? [`${String(ids['task'])} ${String(ids['ref'])}`] : [],
  )
const permuted = (facts: readonly Fact[]): Fact[][] =>
  facts.length < 2
    ? [[...facts]]
    : facts.flatMap((one, index) => permuted(facts.toSpliced(index, 1)).map((rest) => [one, ...rest]))

test.each(refundReasons)('money that goes back because of “%s” does what its rule says, and no more', (reason) => {
  const story = { revoke: ['revoked', []], keep: ['active', []], ask: ['active', ['partialRefund re_5']] } as const
  const of = (amount: number): readonly unknown[] => {
    const facts = [placed, paid, back(5, amount, { reason })]
    return [fold(facts).right, tasks(facts)]
  }
  expect(of(5000)).toEqual(story[refundRules[reason].full])
  expect(of(2000)).toEqual(story[refundRules[reason].partial])
})

test('a refund of which nobody says why is an unknown one, and what our desk says outranks the processor', () => {
  const reasonOf = (...facts: Fact[]): unknown => fold([placed, paid, ...facts]).refunds
  expect(reasonOf(back(5, 100))).toMatchObject([{ reason: 'unknown', by: 'processor' }])
  const asked = back(4, 100, { ref: 're_5', kind: 'refund.requested', source: 'desk', reason: 'goodwill' })
  const done = back(5, 100, { reason: 'fraud' })
  for (const facts of permuted([asked, done]))
    expect(reasonOf(...facts)).toMatchObject([{ state: 'succeeded', reason: 'goodwill', by: 'desk', of: 'pi_1' }])
})

test('three parts that come to the whole withdraw the keys, in whichever order they arrive', () => {
  const parts = [back(3, 1000, { reason: 'asked' }), back(4, 2500, { reason: 'goodwill' }), back(5, 1500)]
  for (const facts of permuted([placed, paid, ...parts]))
    expect(fold(facts)).toMatchObject({ refund: 'full', right: 'revoked', toDecide: [] })
  expect(fold([placed, paid, ...parts.slice(1)])).toMatchObject({ right: 'active', toDecide: ['re_5'] })
})

test('what was paid twice goes back without touching a right, whatever reason is given and whichever payment it is', () => {
  for (const reason of refundReasons)
    for (const of of ['pi_1', 'pi_2']) {
      const facts = [placed, paid, twice, back(5, 5000, { of, reason })]
      expect([fold(facts).right, tasks(facts)]).toEqual(['active', ['secondPayment pi_2']])
    }
  const also = [placed, paid, twice, back(5, 5000, { of: 'pi_2', reason: 'fraud' }), back(6, 500, { reason: 'asked' })]
  expect(fold(also)).toMatchObject({ right: 'active', toDecide: ['re_6'] })
  const both = [placed, paid, twice, back(5, 5000, { of: 'pi_2', reason: 'duplicate' }), back(6, 5000)]
  expect(fold(both)).toMatchObject({ refund: 'full', right: 'revoked' })
})

test('money in another currency that goes back counts for nothing', () => {
  const foreign = fact('pay.captured', 2, { ref: 'pi_usd', amountMinor: 9000, currency: 'USD' })
  const facts = [placed, paid, foreign, back(5, 9000, { of: 'pi_usd' })]
  expect(fold(facts)).toMatchObject({ refund: 'none', right: 'active' })
  expect(fold([placed, paid, back(5, 9000, { currency: 'USD' })])).toMatchObject({ refund: 'none', right: 'active' })
})

test('when a processor fails, the money goes back in full and every key stays; nothing is packed and the clocks run', () => {
  const box = { ...placed, boxes: 1 }
  const state = fold([box, paid, back(5, 5000, { reason: 'incident' })])
  expect(state).toMatchObject({ refund: 'full', headline: 'refunded', right: 'active', goods: 'toPack' })
  expect([isOver(state), isToSend(state), isToSend(fold([box, paid]))]).toEqual([true, false, true])
  const kinds = desired('o' as OrderId, state).map(({ kind }) => kind)
  expect(kinds).toEqual(expect.arrayContaining(['licences.issue', 'orders.clocks']))
  const partBefore = fold([placed, paid, back(4, 500, { reason: 'asked' }), back(5, 4500, { reason: 'incident' })])
  expect(partBefore).toMatchObject({ refund: 'full', right: 'active', toDecide: ['re_4'] })
})

test('a box of which a part was paid back is still to be sent, and one that a bank looks at is not', () => {
  const box = { ...placed, boxes: 1 }
  expect(isToSend(fold([box, paid, back(5, 500, { reason: 'goodwill' })]))).toBe(true)
  expect(isToSend(fold([box, paid, fact('dispute.opened', 5, { ref: 'dp' })]))).toBe(false)
  expect(isToSend(fold([box, paid, fact('dispute.lost', 5, { ref: 'dp' })]))).toBe(false)
})

test('of five units two are withdrawn by staff after a part was paid back, and the other three stay', () => {
  const facts = [
    placed,
    paid,
    back(5, 2000, { reason: 'asked' }),
    staff('right.withdrawn', 6, 1),
    staff('right.withdrawn', 7, 4),
  ]
  expect(rights(facts)).toEqual(['active', 'revoked', 'active', 'active', 'revoked'])
  expect(fold(facts).right).toBe('active')
  expect(rights([...facts, staff('right.given', 8, 4)])).toEqual(['active', 'revoked', 'active', 'active', 'active'])
})

test('what staff decided about a unit outlasts every event, in whichever order they arrive', () => {
  const opened = fact('dispute.opened', 4, { ref: 'dp', amountMinor: 5000 })
  const [won, lost] = (['dispute.won', 'dispute.lost'] as const).map((kind) => ({
    ...opened,
    ext: kind,
    kind,
    at: at(6),
  }))
  const withdrawn = staff('right.withdrawn', 5, 0)
  for (const facts of permuted([placed, paid, opened, withdrawn, won as Fact]))
    expect(rights(facts)).toEqual(['revoked', 'active', 'active', 'active', 'active'])
  for (const facts of permuted([placed, paid, lost as Fact, staff('right.given', 5, 2)]))
    expect(rights(facts)).toEqual(['revoked', 'revoked', 'active', 'revoked', 'revoked'])
  expect(rights([placed, paid, opened, staff('right.given', 5, 2)])).toEqual([
    'suspended',
    'suspended',
    'active',
    'suspended',
    'suspended',
  ])
  expect(rights([placed, staff('right.given', 5, 2)])).toEqual(['none', 'none', 'none', 'none', 'none'])
  expect(rights([placed, paid, ...[0, 1, 2, 3, 4].map((unit) => staff('right.withdrawn', 5, unit))])).not.toContain(
    'active',
  )
})

test('a bank’s warning suspends nothing and is a task, unless a dispute came of it', () => {
  const warned = fact('dispute.warned', 4, { ref: 'dp', amountMinor: 5000 })
  expect(fold([placed, paid, warned])).toMatchObject({ dispute: 'none', right: 'active', headline: 'paid' })
  expect(tasks([placed, paid, warned])).toEqual(['disputeWarned dp'])
  const opened = { ...warned, ext: 'opened', kind: 'dispute.opened', at: at(3) } as const
  for (const facts of permuted([placed, paid, warned, opened])) {
    expect(fold(facts)).toMatchObject({ dispute: 'open', right: 'suspended', disputes: [{ ref: 'dp', state: 'open' }] })
    expect(tasks(facts)).toEqual([])
  }
})

test('a bank that takes back what was paid twice takes no right, and one that takes more does', () => {
  const lost = fact('dispute.lost', 5, { ref: 'dp', of: 'pi_2', amountMinor: 5000 })
  expect(fold([placed, paid, twice, lost]).right).toBe('active')
  expect(fold([placed, paid, lost]).right).toBe('revoked')
  expect(fold([placed, paid, twice, { ...lost, amountMinor: 5001 }]).right).toBe('revoked')
  const other = fact('dispute.opened', 6, { ref: 'dp_2', amountMinor: 100 })
  expect(fold([placed, paid, lost, other])).toMatchObject({ dispute: 'open', right: 'revoked' })
})

test('a refund that failed after it looked done gives the keys back and is a task', () => {
  const failed = back(5, 5000, { kind: 'refund.failed', ext: 'failed', at: at(2) })
  for (const facts of permuted([placed, paid, back(5, 5000), failed]))
    expect([fold(facts).right, tasks(facts)]).toEqual(['active', ['refundFailed re_5']])
})

test('a bank that took back one of two payments took no right, also where a report says it again without an amount', () => {
  const lost = fact('dispute.lost', 5, { ref: 'dp', of: 'pi_2', amountMinor: 5000 })
  const reported = fact('dispute.lost', 6, { ref: 'dispute:pi_2', of: 'pi_2' })
  for (const facts of [[lost], [reported], [lost, reported]])
    expect(fold([placed, paid, twice, ...facts])).toMatchObject({ dispute: 'lost', right: 'active' })
  expect(fold([placed, paid, twice, reported, { ...reported, ext: 'r1', ref: 'r1', of: 'pi_1' }]).right).toBe('revoked')
  expect(fold([placed, paid, twice, fact('dispute.lost', 6, { ref: 'dp_2' })]).right).toBe('revoked')
})

test('two payments that come to more than the total are a task, also when neither is too much by itself', () => {
  const parts = [3000, 4000].map((amountMinor, index) => ({ ...paid, ext: `p${index}`, ref: `p${index}`, amountMinor }))
  for (const facts of permuted([placed, ...parts])) expect(tasks(facts)).toEqual(['overpaid undefined'])
  expect(tasks([placed, { ...paid, amountMinor: 5001 }])).toEqual(['overpaid undefined'])
  expect(tasks([placed, paid, twice])).toEqual(['secondPayment pi_2'])
  expect(tasks([placed, paid])).toEqual([])
})

test('what one processor says of a payment is nothing about that of another with the same number', () => {
  const other = fact('pay.captured', 2, { source: 'regnow', ref: 'pi_1', amountMinor: 5000, currency: 'EUR' })
  const voided = { ...other, ext: 'v', kind: 'pay.voided' } as const
  expect(fold([placed, paid, other]).capturedMinor).toBe(10_000)
  expect(fold([placed, paid, voided])).toMatchObject({ payment: 'paid', right: 'active' })
})

test('what is left of a payment is what nobody asked back: a rejected refund gives it free again, a dispute blocks it', () => {
  const asked = back(5, 3000, { kind: 'refund.requested' })
  const leftAfter = (...facts: Fact[]): number => {
    const state = fold([placed, paid, ...facts])
    return state.payments.reduce((sum, payment) => sum + leftOf(state, payment), 0)
  }
  expect([leftAfter(), leftAfter(asked), leftAfter(asked, back(6, 2500))]).toEqual([5000, 2000, 0])
  for (const kind of ['refund.cancelled', 'refund.failed'] as const)
    expect(leftAfter(asked, { ...asked, ext: 'rejected', kind })).toBe(5000)
  const { of: _of, ...nameless } = asked
  expect([leftAfter(nameless), leftAfter({ ...nameless, currency: 'USD' })]).toEqual([2000, 5000])
  const states = ['dispute.warned', 'dispute.opened', 'dispute.won', 'dispute.lost'] as const
  const blocks = states.map((kind) => fold([placed, paid, twice, fact(kind, 6, { ref: 'dp', of: 'pi_2' })]))
  expect(blocks.map((state) => blockedBy(state, { ref: 'pi_2' }))).toEqual([
    undefined,
    'disputeOpen',
    undefined,
    'disputeLost',
  ])
  expect(blocks.map((state) => blockedBy(state, { ref: 'pi_1' }))).toEqual(blocks.map(() => undefined))
})

test('a refund before the payment, and a late failure of the payment, change nothing of the end', () => {
  const failed = fact('pay.failed', 9, { ref: 'pi_1' })
  for (const facts of permuted([placed, back(5, 5000), paid, failed]))
    expect(fold(facts)).toMatchObject({ right: 'revoked', headline: 'refunded', payment: 'paid' })
  expect(fold([placed, back(5, 5000)])).toMatchObject({ right: 'none', headline: 'awaiting' })
  expect(isOver(fold([placed, back(5, 5000)]))).toBe(false)
})

test('what a processor kept and paid as tax is known when it is known, and moves no axis', () => {
  const fee = fact('money.fee', 5, { ref: 'pi_1', amountMinor: 150, currency: 'EUR' })
  const tax = fact('money.tax', 6, { ref: 'pi_1', amountMinor: 868, currency: 'EUR' })
  const plain = fold([placed, paid])
  expect(plain.payments).toMatchObject([{ source: 'stripe', netMinor: undefined }])
  const state = fold([fee, placed, tax, paid])
  expect(state.payments).toMatchObject([{ fee: { minor: 150, currency: 'EUR' }, tax: { minor: 868 }, netMinor: 3982 }])
  expect({ ...state, payments: [] }).toEqual({ ...plain, payments: [] })
  const dollars = { ...fee, currency: 'USD', ext: 'usd', at: at(7) }
  expect(fold([placed, paid, fee, dollars]).payments).toMatchObject([{ fee: { currency: 'USD' }, netMinor: undefined }])
})

test('every fact that can change a right is work of its own, and no other is', () => {
  const keys = (facts: readonly Fact[]): string[] =>
    desired('o' as OrderId, fold(facts)).flatMap((job) => (job.kind === 'licences.follow' ? [job.key] : []))
  const story: Fact[] = [placed, paid]
  const seen = new Set<string>()
  for (const one of [
    back(3, 100, { reason: 'asked' }),
    staff('right.withdrawn', 4, 0),
    staff('right.given', 5, 0),
    fact('dispute.opened', 6, { ref: 'dp' }),
    fact('dispute.won', 7, { ref: 'dp' }),
    back(8, 100, { ref: 're_3', kind: 'refund.failed' }),
  ]) {
    story.push(one)
    for (const key of keys(story)) seen.add(key)
  }
  expect(seen.size).toBe(6)
  expect(keys([...story, fact('money.fee', 9, { ref: 'pi_1', amountMinor: 1 })])).toEqual(keys(story))
  expect(keys([...story, ...story])).toEqual(keys(story))
})

const voided = fact('pay.voided', 4, { ref: 'pi_1', amountMinor: 5000, currency: 'EUR' })
const follows = (facts: readonly Fact[]): string[] =>
  desired('o' as OrderId, fold(facts)).flatMap(({ kind, key }) => (kind.startsWith('licences.') ? [key] : []))

test('a payment that is voided after it came in takes the keys and is a task, whichever is told first', () => {
  for (const facts of permuted([placed, paid, voided])) {
    const state = fold(facts)
    expect(state).toMatchObject({ payment: 'failed', headline: 'failed', capturedMinor: 0, right: 'revoked' })
    expect([isOver(state), isToSend(state), state.paidAt]).toEqual([true, false, undefined])
    expect(tasks(facts)).toEqual(['paymentVoided pi_1'])
    expect(follows(facts)).toEqual(['order:o:licences.issue', 'order:o:licences.follow:2'])
  }
})

test('what is voided before it came in takes nothing, and what is paid otherwise keeps its keys', () => {
  expect(fold([placed, voided])).toMatchObject({ headline: 'failed', right: 'none', voided: [] })
  expect([tasks([placed, voided]), follows([placed, voided])]).toEqual([[], []])
  for (const facts of permuted([placed, paid, voided, twice])) {
    expect(fold(facts)).toMatchObject({ payment: 'paid', headline: 'paid', right: 'active', surplus: [] })
    expect([tasks(facts), follows(facts).length]).toEqual([['paymentVoided pi_1'], 2])
  }
})

test('staff may give a key back although its payment was voided', () => {
  for (const facts of permuted([placed, paid, voided, staff('right.given', 5, 2)]))
    expect(rights(facts)).toEqual(['revoked', 'revoked', 'active', 'revoked', 'revoked'])
})

test('of a part that is voided no key was ever given', () => {
  const part = fact('pay.captured', 1, { ref: 'pi_1', amountMinor: 2000, currency: 'EUR' })
  expect(fold([placed, part, voided])).toMatchObject({ payment: 'failed', right: 'none' })
  expect([tasks([placed, part, voided]), follows([placed, part, voided])]).toEqual([['paymentVoided pi_1'], []])
})

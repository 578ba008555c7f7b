import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instant } from '../../../lib/index.ts'
import { fold, type Fact, type Quote } from '../../orders/index.ts'
import type { PaymentEvent } from '../adapter.ts'
import { openProcessors } from '../open.ts'
import { adjustmentEvents, readAdjustments } from './adjustments.ts'
import { eventTypes, parseEvent } from './parse.ts'
import { kindOf, readTransaction, type Transaction } from './transaction.ts'

const AT = '2026-01-05T09:00:00.123456Z'
const at = instant(AT)
const order = '01900000-0000-7000-8000-000000000001'
const refundId = '01900000-0000-7000-8000-0000000000aa'

const message = (type: string, data: object, id = 'evt_01'): string =>
  JSON.stringify({ event_id: id, event_type: type, occurred_at: AT, notification_id: 'ntf_01', data })
const totals = (grand: string, more: object = {}): object => ({ grand_total: grand, tax: '1029', fee: '346', ...more })
const transaction = (status: string, more: object = {}): object => ({
  id: 'txn_01',
  status,
  custom_data: { order },
  currency_code: 'EUR',
  customer_id: 'ctm_01',
  items: [{ quantity: 1, price: { id: 'pri_01', unit_price: { amount: '5929', currency_code: 'EUR' } } }],
  details: { totals: totals('5929'), line_items: [{ id: 'txnitm_01' }] },
  payments: [{ status: 'captured', method_details: { card: { last4: '4242', cardholder_name: 'Ada Lovelace' } } }],
  checkout: { url: 'https://pay.vendor.example/?_ptxn=txn_01' },
  created_at: AT,
  updated_at: AT,
  ...more,
})
const adjustment = (action: string, status: string, more: object = {}): object => ({
  id: 'adj_01',
  action,
  type: 'full',
  status,
  transaction_id: 'txn_01',
  reason: 'asked by the buyer',
  currency_code: 'EUR',
  totals: { total: '5929' },
  created_at: AT,
  updated_at: AT,
  ...more,
})
const known = (more: object = {}): Transaction => readTransaction(transaction('completed', more)) as Transaction
const factsOf = (events: readonly PaymentEvent[]): Fact[] =>
  events.flatMap((event) => ('fact' in event ? [event.fact] : []))
const adjusted = (adjustments: readonly object[], of = known()): Fact[] =>
  factsOf(adjustmentEvents(of, readAdjustments(adjustments)))
const placed: Fact = {
  source: 'desk',
  ext: 'p',
  kind: 'order.placed',
  at,
  amountMinor: 5929,
  currency: 'EUR',
  units: 1,
}
const paid = (of: object): Fact[] => factsOf(parseEvent(message('transaction.completed', of)))

test('a completed transaction becomes a payment with its tax and fee, and nothing of the buyer comes along', () => {
  const told = parseEvent(message('transaction.completed', transaction('completed')))
  const held = { source: 'paddle', at, ref: 'txn_01', currency: 'EUR' }
  expect(told).toEqual([
    { orderRef: order, fact: { ...held, ext: 'evt_01', kind: 'pay.captured', amountMinor: 5929 } },
    { orderRef: order, fact: { ...held, ext: 'txn_01:money.tax', kind: 'money.tax', amountMinor: 1029 } },
    { orderRef: order, fact: { ...held, ext: 'txn_01:money.fee', kind: 'money.fee', amountMinor: 346 } },
  ])
  expect(JSON.stringify(told)).not.toMatch(/Ada|4242|ctm_/)
})

test('what is paid and not completed is on its way: fee and tax are not known, and it gives no right', () => {
  const early = factsOf(
    parseEvent(
      message(
        'transaction.paid',
        transaction('paid', { details: { totals: totals('5929', { fee: null }), line_items: [] } }),
      ),
    ),
  )
  expect(early.map(({ kind }) => kind)).toEqual(['pay.pending'])
  expect(fold([placed, ...early])).toMatchObject({ payment: 'pending', right: 'none' })
  expect(fold([placed, ...paid(transaction('completed')), ...early])).toMatchObject({
    payment: 'paid',
    right: 'active',
  })
})

test('each kind of message about a transaction says what it says', () => {
  const kind = (type: string, more?: object): string | undefined =>
    factsOf(parseEvent(message(type, transaction('ready', more))))[0]?.kind
  expect(kind('transaction.payment_failed')).toBe('pay.failed')
  expect(kind('transaction.canceled')).toBe('order.expired')
  expect(kind('transaction.updated')).toBeUndefined()
  expect(kind('transaction.updated', { payments: [{ status: 'pending_no_action_required' }] })).toBe('pay.pending')
  expect(kind('transaction.ready')).toBeUndefined()
  expect(kind('constructor')).toBeUndefined()
  for (const custom_data of [null, {}, { order: 7 }, 'text'])
    expect(kind('transaction.completed', { custom_data })).toBeUndefined()
})

test('a state that was asked for means the same as the message about it', () => {
  const states = ['draft', 'ready', 'billed', 'paid', 'completed', 'canceled', 'past_due', 'something new']
  expect(states.map((status) => kindOf(readTransaction(transaction(status)) as Transaction))).toEqual([
    undefined,
    undefined,
    undefined,
    'pay.pending',
    'pay.captured',
    'order.expired',
    'pay.failed',
    undefined,
  ])
})

test('an event that is told to several targets and again is one fact', () => {
  const [first, again] = ['ntf_01', 'ntf_02'].map((notification_id) =>
    parseEvent(
      JSON.stringify({
        ...(JSON.parse(message('transaction.completed', transaction('completed'))) as object),
        notification_id,
      }),
    ),
  )
  expect(first).toEqual(again)
})

test('a business that pays no tax has paid, and its whole refund is whole', () => {
  const untaxed = { details: { totals: totals('4900', { tax: '0' }), line_items: [{ id: 'txnitm_01' }] } }
  const facts = [placed, ...paid(transaction('completed', untaxed))]
  expect(fold(facts)).toMatchObject({ payment: 'paid', right: 'active', capturedMinor: 5929 })
  const back = adjusted([adjustment('refund', 'approved', { totals: { total: '4900' } })], known(untaxed))
  expect(fold([...facts, ...back])).toMatchObject({ refund: 'full', right: 'revoked' })
  const [half] = adjusted([adjustment('refund', 'approved', { totals: { total: '826' } })], known(untaxed))
  expect(half?.amountMinor).toBe(1000)
})

test('whoever opened the checkout for something cheaper, naming our order, has not paid it', () => {
  const cheap = {
    items: [{ quantity: 1, price: { unit_price: { amount: '100', currency_code: 'EUR' } } }],
    details: { totals: totals('100'), line_items: [] },
  }
  expect(fold([placed, ...paid(transaction('completed', cheap))])).toMatchObject({
    payment: 'partlyPaid',
    right: 'none',
  })
  const foreign = {
    ...cheap,
    items: [{ quantity: 1, price: { unit_price: { amount: '5929', currency_code: 'JPY' } } }],
  }
  expect(fold([placed, ...paid(transaction('completed', foreign))])).toMatchObject({
    payment: 'partlyPaid',
    right: 'none',
  })
})

test('a free trial, or a change of card, that somebody opened with our order’s id is no payment', () => {
  const price = { unit_price: { amount: '5929', currency_code: 'EUR' } }
  const free = { details: { totals: totals('0', { tax: '0' }), line_items: [] } }
  const trial = [{ quantity: 1, price: { ...price, trial_period: { interval: 'day', frequency: 30 } } }]
  for (const one of [
    { ...free, origin: 'web' },
    { ...free, origin: 'subscription_payment_method_change' },
    { ...free, origin: 'api', items: trial },
  ])
    expect(fold([placed, ...paid(transaction('completed', one))])).toMatchObject({ capturedMinor: 0, right: 'none' })
  // What we asked for ourselves counts as asked, also with a coupon of the vendor's.
  expect(fold([placed, ...paid(transaction('completed', { ...free, origin: 'api' }))]).right).toBe('active')
})

test('an adjustment names no order, so the processor is asked about its transaction', () => {
  for (const type of ['adjustment.created', 'adjustment.updated'])
    expect(parseEvent(message(type, adjustment('chargeback_reverse', 'approved')))).toEqual([{ askAbout: 'txn_01' }])
})

test.each([
  ['pending_approval', 'refund.requested', 'active'],
  ['approved', 'refund.succeeded', 'revoked'],
  ['rejected', 'refund.failed', 'active'],
  ['reversed', 'refund.failed', 'active'],
] as const)('a refund that is %s is %s', (status, kind, right) => {
  const back = adjusted([adjustment('refund', status)])
  expect(back).toMatchObject([{ ext: `adj_01:${status}`, kind, ref: 'adj_01', of: 'txn_01', amountMinor: 5929 }])
  expect(fold([placed, ...paid(transaction('completed')), ...back]).right).toBe(right)
})

test('a refund that waited and was refused leaves the right as it was, whatever is told first', () => {
  const told = ['pending_approval', 'rejected'].flatMap((status) => adjusted([adjustment('refund', status)]))
  const facts = [placed, ...paid(transaction('completed')), ...told]
  for (const all of [facts, facts.toReversed()]) expect(fold(all)).toMatchObject({ refund: 'none', right: 'active' })
})

test('a refund of ours is known by our number in its reason, and by nothing like it', () => {
  const refs = [`Refund ${refundId}`, `refund ${refundId}`, `Refund ${refundId} twice`, null].map(
    (reason) => adjusted([adjustment('refund', 'approved', { reason })])[0]?.ref,
  )
  expect(refs).toEqual([refundId, 'adj_01', 'adj_01', 'adj_01'])
})

test('a chargeback suspends; its taking back gives the right again, told by either of its two signs', () => {
  const facts = [placed, ...paid(transaction('completed'))]
  const made = adjustment('chargeback', 'approved')
  const back = adjustment('chargeback_reverse', 'approved', { id: 'adj_02', created_at: '2026-01-09T09:00:00Z' })
  expect(fold([...facts, ...adjusted([made])])).toMatchObject({ dispute: 'open', right: 'suspended' })
  for (const all of [
    [made, back],
    [back, adjustment('chargeback', 'reversed')],
    [adjustment('chargeback', 'reversed')],
  ])
    expect(fold([...facts, ...adjusted([made]), ...adjusted(all)])).toMatchObject({ dispute: 'won', right: 'active' })
})

test('a second chargeback after the first was taken back is open', () => {
  const first = adjustment('chargeback', 'reversed')
  const back = adjustment('chargeback_reverse', 'approved', { id: 'adj_02', created_at: '2026-01-09T09:00:00Z' })
  const second = adjustment('chargeback', 'approved', { id: 'adj_03', created_at: '2026-02-09T09:00:00Z' })
  const facts = [placed, ...paid(transaction('completed')), ...adjusted([second, back, first])]
  expect(fold(facts)).toMatchObject({ dispute: 'open', right: 'suspended' })
})

test('a warning is a warning and suspends nothing', () => {
  const warned = adjusted([adjustment('chargeback_warning', 'approved')])
  expect(warned).toMatchObject([{ kind: 'dispute.warned', ref: 'adj_01' }])
  const over = adjusted([
    adjustment('chargeback_warning', 'approved'),
    adjustment('chargeback_warning_reverse', 'approved', { id: 'adj_02' }),
  ])
  expect(over.map(({ kind }) => kind)).toEqual(['dispute.warned', 'dispute.won'])
  expect(fold([placed, ...paid(transaction('completed')), ...warned]).right).toBe('active')
})

test('a credit is no refund, and of somebody else’s transaction nothing is said', () => {
  expect(adjusted([adjustment('credit', 'approved'), adjustment('credit_reverse', 'approved')])).toEqual([])
  expect(adjusted([adjustment('refund', 'approved')], known({ custom_data: null }))).toEqual([])
})

test('payouts are expected, and come', () => {
  const payout = { id: 'pay_01', status: 'paid', amount: '4500', currency_code: 'JPY' }
  const as = (state: string): unknown => [{ payout: { id: 'pay_01', state, amountMinor: 4500, currency: 'JPY', at } }]
  expect([parseEvent(message('payout.created', payout)), parseEvent(message('payout.paid', payout))]).toEqual(
    ['expected', 'paid'].map(as),
  )
})

test('a message that names our order and cannot be read is for staff; one of somebody else’s is not', () => {
  const odd = { items: 'as nobody knows them' }
  expect(parseEvent(message('transaction.completed', transaction('completed', odd)))).toEqual([{ unclear: 'evt_01' }])
  for (const custom_data of [null, { order: 'theirs' }])
    expect(parseEvent(message('transaction.completed', transaction('completed', { ...odd, custom_data })))).toEqual([])
})

test('anything else at all says nothing', () => {
  const odd = fc.oneof(
    fc.string(),
    fc.jsonValue().map((value) => JSON.stringify(value)),
  )
  fc.assert(
    fc.property(odd, (text) => {
      expect(parseEvent(text)).toEqual([])
    }),
  )
  fc.assert(
    fc.property(fc.constantFrom(...eventTypes), fc.object(), (type, object) => {
      expect(parseEvent(message(type, object))).toEqual([])
    }),
  )
  for (const amount of ['-5', '1e3', '12.5', '', '9'.repeat(20)])
    expect(parseEvent(message('payout.paid', { id: 'pay_01', amount, currency_code: 'EUR' }))).toEqual([])
})

test('of a cart with a box in it nothing is offered there, whatever else is in it', () => {
  const settings = { api: 'http://localhost:1', page: 'http://localhost:1', apiKey: 'k', webhookSecrets: ['s'] }
  const of = { live: false, now: () => at, sold: { offers: [], currency: 'EUR' }, noticeKeys: () => [], byHand: false }
  const { choices } = openProcessors({ stripe: settings, paddle: settings }, of)
  const offered = (...goods: ('download' | 'box')[]): string[] => {
    const lines = goods.map((one) => ({ offer: { goods: one } })) as unknown as Quote['lines']
    return choices({ lines, total: { minor: 1900, currency: 'EUR' } }).map(({ facts }) => facts.id)
  }
  expect(offered('download', 'download')).toEqual(['stripe', 'paddle'])
  for (const cart of [['box'], ['download', 'box'], ['box', 'download']] as const)
    expect(offered(...cart)).toEqual(['stripe'])
})

import fc from 'fast-check'
import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { fold, type Fact } from '../../orders/index.ts'
import type { PaymentEvent } from '../adapter.ts'
import { moneyBackFacts } from './moneyBack.ts'
import { eventTypes, parseEvent, parseSession } from './parse.ts'
import { verifySignature } from './signature.ts'

const AT = 1_767_603_600
const at = new Date(AT * 1000)
const order = '01900000-0000-7000-8000-000000000001'

const message = (type: string, object: object, id = 'evt_1'): string =>
  JSON.stringify({ id, object: 'event', type, created: AT, livemode: false, data: { object } })
const session = (more: object = {}): object => ({
  id: 'cs_1',
  client_reference_id: order,
  payment_intent: 'pi_1',
  payment_status: 'paid',
  status: 'complete',
  amount_total: 5929,
  currency: 'eur',
  customer_details: { name: 'Ada Lovelace', email: 'ada@mail.example', address: { country: 'BE' } },
  payment_method_details: { card: { last4: '4242' } },
  ...more,
})
const refund = (status: string | null, more: object = {}): object => ({
  id: 're_1',
  payment_intent: 'pi_1',
  amount: 1000,
  currency: 'eur',
  created: AT,
  status,
  metadata: { order, refund: 'refund-1' },
  ...more,
})
const factsOf = (events: readonly PaymentEvent[]): Fact[] =>
  events.flatMap((event) => ('fact' in event ? [event.fact] : []))
const back = (more: Partial<Record<'refunds' | 'disputes' | 'warnings', unknown[]>>, now = at): Fact[] =>
  moneyBackFacts({ refunds: [], disputes: [], warnings: [], ...more }, now)
const dispute = (status: string): object => ({
  id: 'du_1',
  payment_intent: { id: 'pi_1' },
  amount: 5929,
  currency: 'eur',
  created: AT - 60,
  status,
})

test('a paid page becomes a payment, and nothing of the buyer comes along', () => {
  const told = parseEvent(message('checkout.session.completed', session()))
  const fact = {
    source: 'stripe',
    ext: 'evt_1',
    kind: 'pay.captured',
    at,
    ref: 'pi_1',
    amountMinor: 5929,
    currency: 'EUR',
  }
  expect(told).toEqual([{ orderRef: order, fact }])
  expect(JSON.stringify(told)).not.toMatch(/Ada|mail\.example|4242/)
})

test('what is counted in hundredths there and not here is counted our way', () => {
  const paid = message('checkout.session.completed', session({ currency: 'isk', amount_total: 990_000 }))
  expect(factsOf(parseEvent(paid))).toMatchObject([{ amountMinor: 9900, currency: 'ISK' }])
})

test('a page that needed no payment is paid with nothing, under its own name', () => {
  const free = session({ payment_status: 'no_payment_required', payment_intent: null, amount_total: 0 })
  const [fact] = factsOf(parseEvent(message('checkout.session.completed', free)))
  expect(fact).toMatchObject({ kind: 'pay.captured', ref: 'cs_1', amountMinor: 0 })
  const placed: Fact = {
    source: 'desk',
    ext: 'placed',
    kind: 'order.placed',
    at,
    amountMinor: 0,
    currency: 'EUR',
    units: 1,
  }
  expect(fold([placed, ...(fact ? [fact] : [])]).right).toBe('active')
})

test('tax that the processor worked out is told beside the payment, once', () => {
  const taxed = session({ total_details: { amount_tax: 1029, amount_discount: 0 } })
  const twice = ['evt_1', 'evt_2'].flatMap((id) => parseEvent(message('checkout.session.completed', taxed, id)))
  const tax = factsOf(twice).filter(({ kind }) => kind === 'money.tax')
  expect(tax.map(({ ext, ref, amountMinor }) => [ext, ref, amountMinor])).toEqual([
    ['pi_1:tax', 'pi_1', 1029],
    ['pi_1:tax', 'pi_1', 1029],
  ])
})

test('each kind of message about a page says what it says', () => {
  const kindOf = (type: string, more?: object): string | undefined =>
    factsOf(parseEvent(message(type, session(more))))[0]?.kind
  expect(kindOf('checkout.session.completed', { payment_status: 'unpaid' })).toBe('pay.pending')
  expect(kindOf('checkout.session.async_payment_succeeded')).toBe('pay.captured')
  expect(kindOf('checkout.session.async_payment_failed')).toBe('pay.failed')
  expect(kindOf('checkout.session.expired')).toBe('order.expired')
  expect(kindOf('checkout.session.updated')).toBeUndefined()
  expect(kindOf('constructor')).toBeUndefined()
  expect(kindOf('checkout.session.completed', { client_reference_id: null })).toBeUndefined()
})

test.each([
  ['succeeded', 'refund.succeeded'],
  ['pending', 'refund.requested'],
  ['requires_action', 'refund.requested'],
  ['failed', 'refund.failed'],
  ['canceled', 'refund.cancelled'],
] as const)('a refund that is %s is %s, whichever message tells it', (status, kind) => {
  const wanted = { ext: `re_1:${status}`, kind, ref: 'refund-1', of: 'pi_1', amountMinor: 1000, currency: 'EUR' }
  for (const type of ['refund.created', 'refund.updated', 'refund.failed'])
    expect(parseEvent(message(type, refund(status)))).toMatchObject([{ orderRef: order, fact: wanted }])
  const charge = {
    id: 'ch_1',
    payment_intent: 'pi_1',
    currency: 'eur',
    metadata: { order },
    refunds: { data: [refund(status)] },
  }
  expect(parseEvent(message('charge.refunded', charge))).toMatchObject([{ orderRef: order, fact: wanted }])
  expect(back({ refunds: [refund(status)] })).toMatchObject([wanted])
})

test('why money went back is known as far as the processor says it', () => {
  const reasons = ['duplicate', 'fraudulent', 'requested_by_customer', 'expired_uncaptured_charge', null, 'constructor']
  expect(
    back({ refunds: reasons.map((reason) => refund('succeeded', { reason })) }).map(({ reason }) => reason),
  ).toEqual(['duplicate', 'fraud', 'asked', 'unknown', 'unknown', 'unknown'])
})

test('what names a payment and no order is asked about', () => {
  const ask = [{ askAbout: 'pi_1' }]
  expect(parseEvent(message('refund.created', refund('succeeded', { metadata: {} })))).toEqual(ask)
  for (const what of ['created', 'updated', 'closed'])
    expect(parseEvent(message(`charge.dispute.${what}`, dispute('lost')))).toEqual(ask)
  expect(parseEvent(message('radar.early_fraud_warning.created', { id: 'issfr_1', payment_intent: 'pi_1' }))).toEqual(
    ask,
  )
  expect(parseEvent(message('charge.dispute.created', { ...dispute('lost'), payment_intent: null }))).toEqual([])
})

test.each([
  ['warning_needs_response', 'dispute.warned'],
  ['warning_under_review', 'dispute.warned'],
  ['warning_closed', 'dispute.won'],
  ['needs_response', 'dispute.opened'],
  ['under_review', 'dispute.opened'],
  ['won', 'dispute.won'],
  ['lost', 'dispute.lost'],
  ['prevented', 'dispute.won'],
] as const)('a dispute that is %s is %s', (status, kind) => {
  expect(back({ disputes: [dispute(status)] })).toMatchObject([
    { ext: `du_1:${status}`, kind, ref: 'du_1', of: 'pi_1' },
  ])
  expect(back({ disputes: [dispute('something new')] })).toEqual([])
})

test('a warning of fraud is a warning, and a dispute about the same payment something else', () => {
  const warnings = [{ id: 'issfr_1', payment_intent: 'pi_1', created: AT, fraud_type: 'made_with_stolen_card' }]
  const facts = back({ warnings, disputes: [dispute('needs_response')] })
  expect(facts.map(({ kind, ref }) => [kind, ref])).toEqual([
    ['dispute.opened', 'du_1'],
    ['dispute.warned', 'issfr_1'],
  ])
})

test('three part refunds come to the whole, in whatever order and however often they are told', () => {
  const placed: Fact = {
    source: 'desk',
    ext: 'p',
    kind: 'order.placed',
    at,
    amountMinor: 5929,
    currency: 'EUR',
    units: 1,
  }
  const paid = factsOf(parseEvent(message('checkout.session.completed', session())))
  const parts = [2000, 2000, 1929].flatMap((amount, index) => {
    const of = { id: `re_${index}`, amount, metadata: { order } }
    return ['pending', 'succeeded'].flatMap((status) =>
      factsOf(parseEvent(message('refund.updated', refund(status, of)))),
    )
  })
  const told = fc.shuffledSubarray([...parts, ...parts, ...paid, ...paid], { minLength: 14, maxLength: 14 })
  fc.assert(
    fc.property(told, (facts) => {
      const once = [...new Map([placed, ...facts].map((fact) => [fact.ext, fact])).values()]
      expect(fold(once)).toMatchObject({ refund: 'full', refundedMinor: 5929, right: 'revoked' })
    }),
  )
})

test('a refund that failed after all is no refund, whichever is told last', () => {
  const placed: Fact = {
    source: 'desk',
    ext: 'p',
    kind: 'order.placed',
    at,
    amountMinor: 5929,
    currency: 'EUR',
    units: 1,
  }
  const paid = factsOf(parseEvent(message('checkout.session.completed', session())))
  const [done, failed] = ['succeeded', 'failed'].map((status) =>
    factsOf(parseEvent(message('refund.updated', refund(status, { amount: 5929 })))),
  )
  for (const facts of [
    [done, failed],
    [failed, done],
  ])
    expect(fold([placed, ...paid, ...facts.flatMap((one) => one ?? [])])).toMatchObject({
      refund: 'none',
      right: 'active',
    })
})

test('a page that was asked for says the same however often it is asked', () => {
  expect(parseSession(session(), at, 'paid')).toEqual(parseSession(session(), at, 'paid'))
  expect(factsOf(parseSession(session({ status: 'open' }), at, 'pending'))).toEqual([])
  expect(factsOf(parseSession(session({ status: 'expired' }), at, 'pending'))[0]?.kind).toBe('order.expired')
  expect(factsOf(parseSession(session(), at, 'failed'))[0]?.kind).toBe('pay.failed')
})

test('a message that names our order and cannot be read is for staff; one of somebody else’s is not', () => {
  for (const odd of [{ payment_status: 'held' }, { amount_total: null }])
    expect(parseEvent(message('checkout.session.completed', session(odd)))).toEqual([{ unclear: 'evt_1' }])
  const theirs = session({ amount_total: null, client_reference_id: 'theirs' })
  expect(parseEvent(message('checkout.session.completed', theirs))).toEqual([])
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
  expect(eventTypes.length).toBeLessThanOrEqual(20)
})

test('a message of the other mode is another shop’s, though the signature is right', () => {
  const trusted = (live: boolean) => ({ webhookSecrets: ['whsec'], live })
  const verdict = (body: string, live: boolean): unknown => {
    const mac = createHmac('sha256', 'whsec').update(`${AT}.${body}`).digest('hex')
    const headers = { 'stripe-signature': `t=${AT},v1=${mac}` }
    const verified = verifySignature({ endpoint: 'webhook', body: Buffer.from(body), headers }, trusted(live), at)
    return verified.ok ? 'ok' : verified.because
  }
  const [test, live] = [false, true].map((livemode) => JSON.stringify({ livemode })) as [string, string]
  expect([verdict(test, false), verdict(live, true)]).toEqual(['ok', 'ok'])
  expect([verdict(test, true), verdict(live, false)]).toEqual(['other shop', 'other shop'])
  expect([verdict('no JSON', true), verdict('null', true)]).toEqual(['ok', 'ok'])
})

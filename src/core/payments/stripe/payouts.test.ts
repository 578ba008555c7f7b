import { expect, test } from 'vitest'
import { parseEvent } from './parse.ts'
import { feeFact, holdsOf } from './payouts.ts'

const AT = 1_767_603_600
const at = new Date(AT * 1000)
const order = '01900000-0000-7000-8000-000000000001'

test('payouts are expected, are put together, come, and may be sent back', () => {
  const payout = { id: 'po_1', amount: 4500, currency: 'jpy', status: 'paid', arrival_date: AT }
  const told = (what: string): unknown =>
    parseEvent(JSON.stringify({ id: 'evt_1', type: `payout.${what}`, created: AT, data: { object: payout } }))
  const as = (state: string): unknown => [{ payout: { id: 'po_1', state, amountMinor: 4500, currency: 'JPY', at } }]
  expect([told('created'), told('reconciliation_completed'), told('paid'), told('failed'), told('canceled')]).toEqual(
    ['expected', 'expected', 'paid', 'failed', 'failed'].map(as),
  )
})

const charge = {
  id: 'ch_1',
  payment_intent: 'pi_1',
  amount: 1900,
  currency: 'eur',
  metadata: { order },
  billing_details: { name: 'Ada' },
}
/** A line of the book about a charge, or about something else. */
const lineOf = (source: unknown, more: object = {}): object => ({
  id: 'txn_1',
  type: 'charge',
  net: 1825,
  fee: 175,
  currency: 'usd',
  created: AT,
  source,
  ...more,
})

test('a line of the book tells what was kept of a payment of ours, in the currency of the payout', () => {
  const fact = {
    source: 'stripe',
    ext: 'txn_1:fee',
    kind: 'money.fee',
    at,
    ref: 'pi_1',
    amountMinor: 175,
    currency: 'USD',
  }
  expect(feeFact(lineOf(charge))).toEqual([{ orderRef: order, fact }])
  for (const source of ['ch_1', null, { ...charge, metadata: {} }, { ...charge, payment_intent: null }])
    expect(feeFact(lineOf(source))).toEqual([])
})

test('a line about a refund names payment and order too, and is no fee of nothing on the payment', () => {
  expect(feeFact(lineOf({ ...charge, id: 're_1' }, { type: 'refund', net: -1900, fee: 0 }))).toEqual([])
})

test('a payout holds what its lines come to, and of payments those of ours in the currency that was charged', () => {
  const itself = lineOf('po_1', { type: 'payout', net: -1325, fee: 0 })
  const back = lineOf({ ...charge, id: 're_1' }, { type: 'refund', net: -500, fee: 0 })
  const payments = [{ orderRef: order, ref: 'pi_1', amountMinor: 1900, currency: 'EUR' }]
  expect(holdsOf([back, lineOf(charge), itself], { currency: 'USD' })).toEqual({ netMinor: 1325, payments })
  expect(holdsOf([lineOf({ ...charge, metadata: {} })], { currency: 'USD' })).toEqual({ netMinor: 1825, payments: [] })
  expect(holdsOf([lineOf(charge)], { currency: 'GBP' })).toEqual({ payments })
  expect(holdsOf([lineOf(charge), { id: 'txn_2' }], { currency: 'USD' })).toBeUndefined()
})

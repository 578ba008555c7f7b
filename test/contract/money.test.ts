import Stripe from 'stripe'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addFault } from '../../sim/faults/rules.ts'
import { DAY, openScene, typesOf, type Scene } from './stripe.ts'

let scene: Scene
let { stripe, state, paid, control, events } = {} as Scene
beforeAll(async () => {
  scene = await openScene()
  ;({ stripe, state, paid, control, events } = scene)
})
afterAll(() => scene.close())

test('three refunds give back the whole, each is told and can be found, and there is no fourth', async () => {
  const { intent, charge } = await paid(1000)
  for (const amount of [300, 300])
    await stripe.refunds.create({ payment_intent: intent, amount, metadata: { refund: 'r' } })
  const part = await stripe.charges.retrieve(charge)
  expect([part.amount_refunded, part.refunded]).toEqual([600, false])
  await expect(stripe.refunds.create({ payment_intent: intent, amount: 401 })).rejects.toMatchObject({
    param: 'amount',
  })
  const told = await events(() => stripe.refunds.create({ charge, reason: 'requested_by_customer' }))
  expect(typesOf(told)).toEqual(['charge.refunded', 'refund.created'])
  expect(told[1]?.data.object).toMatchObject({
    amount: 400,
    status: 'succeeded',
    reason: 'requested_by_customer',
    charge,
  })
  const whole = await stripe.charges.retrieve(charge)
  expect([whole.amount_refunded, whole.refunded]).toEqual([1000, true])
  await expect(stripe.refunds.create({ charge })).rejects.toMatchObject({ code: 'charge_already_refunded' })
  const all = await stripe.refunds.list({ payment_intent: intent })
  expect(all.data.map(({ amount }) => amount)).toEqual([400, 300, 300])
})

test('a refund is pending and is then done, fails or is called off; one that seemed done can fail', async () => {
  const { intent, charge } = await paid(900)
  const refunded = async (): Promise<number> => (await stripe.charges.retrieve(charge)).amount_refunded
  const ask = () => stripe.refunds.create({ payment_intent: intent, amount: 300 })
  addFault(state, { fault: 'refundPending', by: DAY, next: 3 })
  const [done, failing, off] = [await ask(), await ask(), await ask()]
  expect([done, failing, off].map(({ status }) => status)).toEqual(['pending', 'pending', 'pending'])
  expect(typesOf(await events(() => control(`refunds/${failing.id}/fails`)))).toEqual([
    'refund.updated',
    'refund.failed',
  ])
  expect((await stripe.refunds.cancel(off.id)).status).toBe('canceled')
  expect(await refunded()).toBe(300)
  const late = await events(() => undefined, DAY)
  expect(late.map(({ data }) => (data.object as Stripe.Refund).id)).toContain(done.id)
  expect((await stripe.refunds.retrieve(done.id)).status).toBe('succeeded')
  await expect(stripe.refunds.cancel(done.id)).rejects.toBeInstanceOf(Stripe.errors.StripeInvalidRequestError)
  expect(await control(`refunds/${done.id}/fails`)).toEqual({ done: true })
  expect(await control(`refunds/${done.id}/fails`)).toEqual({ done: false })
  expect([await refunded(), (await stripe.refunds.retrieve(done.id)).failure_reason]).toEqual([
    0,
    'expired_or_canceled_card',
  ])
})

test('a dispute takes the money, is answered, and won or lost; a warning comes before one', async () => {
  const [winner, loser] = [await paid(), await paid()]
  const opened = await events(() => control(`intents/${winner.intent}/dispute?reason=product_not_received`))
  expect(typesOf(opened)).toEqual(['charge.dispute.created', 'charge.dispute.funds_withdrawn'])
  const { data } = await stripe.disputes.list({ payment_intent: winner.intent })
  const [dispute] = data
  expect(dispute).toMatchObject({ status: 'needs_response', reason: 'product_not_received', amount: 1900 })
  await expect(stripe.refunds.create({ payment_intent: winner.intent })).rejects.toMatchObject({
    code: 'charge_disputed',
  })
  const id = dispute?.id ?? ''
  expect(typesOf(await events(() => stripe.disputes.update(id, { submit: true })))).toEqual(['charge.dispute.updated'])
  const won = await events(() => control(`disputes/${id}/won`))
  expect(typesOf(won)).toEqual(['charge.dispute.closed', 'charge.dispute.funds_reinstated'])
  const after = await stripe.disputes.retrieve(id)
  expect([after.status, after.balance_transactions.map(({ net }) => net)]).toEqual(['won', [-3900, 3900]])
  await control(`intents/${loser.intent}/dispute`)
  const [other] = (await stripe.disputes.list({ charge: loser.charge })).data
  const lost = await events(() => stripe.disputes.close(other?.id ?? ''))
  expect([typesOf(lost), (lost[0]!.data.object as Stripe.Dispute).status]).toEqual([['charge.dispute.closed'], 'lost'])
  const [warning] = await events(() => control(`intents/${winner.intent}/warn`))
  expect(warning).toMatchObject({
    type: 'radar.early_fraud_warning.created',
    data: { object: { payment_intent: winner.intent } },
  })
})

test('a payout adds up from its lines; it comes late, in part, in another currency, or fails', async () => {
  await control('payouts')
  const { charge } = await paid(10_000)
  const { intent } = await paid(5000)
  await stripe.refunds.create({ payment_intent: intent, amount: 1000 })
  expect(typesOf(await events(() => control('payouts')))).toEqual([
    'payout.created',
    'payout.reconciliation_completed',
    'payout.paid',
  ])
  const [payout] = (await stripe.payouts.list({ status: 'paid', limit: 1 })).data
  const lines = await stripe.balanceTransactions.list({ payout: payout?.id ?? '' })
  const [itself, ...parts] = lines.data
  expect(parts.map(({ type, amount, fee }) => [type, amount, fee])).toEqual([
    ['refund', -1000, 0],
    ['charge', 5000, 100],
    ['charge', 10_000, 175],
  ])
  expect([payout?.amount, itself?.net, parts.at(-1)?.source]).toEqual([13_725, -13_725, charge])
  const fails = await events(() => control(`payouts/${payout?.id}/fails`))
  expect([typesOf(fails), (fails[0]!.data.object as Stripe.Payout).failure_code]).toEqual([
    ['payout.failed'],
    'account_closed',
  ])

  addFault(state, { fault: 'payoutLate', by: 9 * DAY, next: 1 })
  addFault(state, { fault: 'payoutPartial', by: 50, next: 1 })
  addFault(state, { fault: 'payoutWrongCurrency', next: 1 })
  expect(typesOf(await events(() => control('payouts')))).toEqual(['payout.created', 'payout.reconciliation_completed'])
  const [late] = (await stripe.payouts.list({ limit: 1 })).data
  expect([late?.amount, late?.currency, late?.status]).toEqual([6862, 'usd', 'in_transit'])
  expect(typesOf(await events(() => undefined, 9 * DAY))).toEqual(['payout.paid'])
  expect((await stripe.payouts.retrieve(late?.id ?? '')).status).toBe('paid')
})

test('the processor pays back what it likes: the next so many, then all', async () => {
  const [one] = [await paid(), await paid()]
  const strike = async (next?: number): Promise<unknown> =>
    (
      await scene.ask('/_sim/faults', {
        method: 'POST',
        body: JSON.stringify({ fault: 'massRefund', face: 'stripe', next }),
      })
    ).json()
  expect(await strike(1)).toEqual({ refunded: 1 })
  const rest = (await strike()) as { refunded: number }
  expect(rest.refunded).toBeGreaterThan(0)
  expect(await strike()).toEqual({ refunded: 0 })
  expect((await stripe.charges.retrieve(one.charge)).refunded).toBe(true)
})

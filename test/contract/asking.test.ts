import { serve, type ServerType } from '@hono/node-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { simApp } from '../../sim/app.tsx'
import { virtualClock } from '../../sim/clock.ts'
import { newState, type SimState } from '../../sim/state.ts'
import { refund } from '../../sim/stripe/deeds.ts'
import { closeDispute, openDispute, warn } from '../../sim/stripe/disputes.ts'
import { payOut } from '../../sim/stripe/payouts.ts'
import type { Intent } from '../../sim/stripe/state.ts'
import type { Adapter, PaymentEvent, ToProcessor } from '../../src/core/payments/adapter.ts'
import { stripeAdapter } from '../../src/core/payments/stripe/adapter.ts'
import { parseEvent } from '../../src/core/payments/stripe/parse.ts'

// Our adapter, by the official package, over a socket of this machine.
const clock = virtualClock()
let [state, adapter, server]: [SimState, Adapter, ServerType] = [] as never
beforeAll(async () => {
  const post = () => Promise.resolve({ status: 200, text: '' })
  const account = { apiKey: 'sk_test_asking', webhookSecret: 'whsec_asking' }
  state = newState({ port: 1, shop: 'http://shop.test', seed: 7, stripe: account }, { clock, post })
  server = await new Promise<ServerType>((ready) => {
    const one = serve({ fetch: simApp(state).fetch, port: 0, hostname: '127.0.0.1' }, () => ready(one))
  })
  const api = `http://127.0.0.1:${(server.address() as { port: number }).port}`
  const settings = { api, page: api, apiKey: account.apiKey, webhookSecrets: [account.webhookSecret], live: false }
  adapter = stripeAdapter(settings, () => new Date(clock.now()))
})
afterAll(() => new Promise<void>((done) => void server.close(() => done())))

const released = (values: Record<string, string | number>): ToProcessor => ({ values }) as unknown as ToProcessor
let orders = 0

/** An order that was paid at the processor. */
async function paid(currency = 'EUR', amountMinor = 1900): Promise<{ order: string; ref: string; intent: Intent }> {
  const order = `order-${(orders += 1)}`
  const values = {
    orderId: order,
    orderNumber: '1',
    amountMinor,
    currency,
    description: 'Tally',
    returnUrl: 'http://shop.test/r/1',
  }
  const { ref } = (await adapter.startCheckout?.(released(values), `${order}:1`)) ?? { ref: '' }
  await simApp(state).request(`/_sim/stripe/sessions/${ref}/pay/approve`, { method: 'POST' })
  return { order, ref, intent: [...state.stripe.intents.values()].at(-1) as Intent }
}
const said = (events: readonly PaymentEvent[]): unknown[] =>
  events.map((event) => ('orderRef' in event ? [event.orderRef, event.fact?.kind, event.fact?.amountMinor] : event))

test('asked by its page or by its payment, Stripe tells what went back, each thing once however often it is asked', async () => {
  const { order, ref, intent } = await paid()
  refund(state, intent, { amount: 400, metadata: {} })
  warn(state, intent)
  const dispute = openDispute(state, intent)
  const back = [
    [order, 'refund.succeeded', 400],
    [order, 'dispute.opened', 1500],
    [order, 'dispute.warned', undefined],
  ]
  expect(said(await adapter.fetchState(intent.id))).toEqual(back)
  expect(said(await adapter.fetchState(ref))).toEqual([[order, 'pay.captured', 1900], ...back])
  expect(await adapter.fetchState(intent.id)).toEqual(await adapter.fetchState(intent.id))
  closeDispute(state, dispute, 'won')
  expect(said(await adapter.fetchState(intent.id))).toContainEqual([order, 'dispute.won', 1500])
  expect(await adapter.fetchState('pi_unknown')).toEqual([])
  expect(await adapter.fetchState('cs_unknown')).toEqual([])
})

test('every message of the simulator about disputes, warnings and refunds leads to the question that answers it', async () => {
  const { intent } = await paid()
  warn(state, intent)
  closeDispute(state, openDispute(state, intent), 'lost')
  const told = [...state.messages.values()].filter(({ body }) => body.includes(intent.id))
  const asked = told.flatMap(({ body }) => parseEvent(body)).filter((event) => 'askAbout' in event)
  expect(asked).toEqual(asked.map(() => ({ askAbout: intent.id })))
  expect(asked.length).toBe(3)
})

test('a refund of ours is counted as the processor counts, and asked twice it is one', async () => {
  const { order, intent } = await paid('ISK', 9900)
  expect(intent.amount).toBe(990_000)
  const values = { orderId: order, refundId: 'refund-1', paymentRef: intent.id, amountMinor: 900 }
  const [first, again] = [
    await adapter.refund?.(released(values), 'refund-1'),
    await adapter.refund?.(released(values), 'refund-1'),
  ]
  expect(first).toEqual(again)
  expect(first).toMatchObject([
    { orderRef: order, fact: { ref: 'refund-1', of: intent.id, amountMinor: 900, currency: 'ISK' } },
  ])
  expect([...state.stripe.refunds.values()].filter((one) => one.payment_intent === intent.id)).toMatchObject([
    { amount: 90_000 },
  ])
})

test('all that happened since a moment is read, over more than a page, with what was kept of each payment that was paid out', async () => {
  await clock.advance(86_400_000)
  const since = new Date(clock.now())
  const many = []
  for (let count = 0; count < 120; count += 1) many.push(await paid())
  const [first] = many
  if (first) refund(state, first.intent, { amount: 400, metadata: { order: first.order, refund: 'refund-2' } })
  const [payout] = payOut(state)
  const read: PaymentEvent[] = []
  for await (const event of adapter.eventsSince?.(since) ?? []) read.push(event)
  const of = (kind: string): string[] =>
    read.flatMap((event) => ('orderRef' in event && event.fact?.kind === kind ? [event.orderRef] : [])).toSorted()
  const names = many.map(({ order }) => order).toSorted()
  expect(of('pay.captured')).toEqual(names)
  expect(new Set(of('money.fee')).size).toBe(of('money.fee').length)
  expect(of('money.fee')).toEqual(expect.arrayContaining(names))
  expect(read).toContainEqual({
    payout: expect.objectContaining({ id: payout?.id, state: 'paid', amountMinor: payout?.amount }) as never,
  })
  const last = read.at(-1)
  const holds = last && 'payout' in last ? last.payout.holds : undefined
  expect(holds?.netMinor).toBe(payout?.amount)
  expect(holds?.payments).toEqual(
    expect.arrayContaining(
      many.map(({ order, intent }) => ({ orderRef: order, ref: intent.id, amountMinor: 1900, currency: 'EUR' })),
    ),
  )
})

test('of a payout whose book is not complete, or that was made by hand, nobody says what it is made of', async () => {
  for (const status of ['in_progress', 'not_applicable'] as const) {
    await clock.advance(86_400_000)
    const since = new Date(clock.now())
    await paid()
    const [payout] = payOut(state)
    if (payout) payout.reconciliation_status = status
    const read: PaymentEvent[] = []
    for await (const event of adapter.eventsSince?.(since) ?? []) read.push(event)
    expect(read.filter((event) => 'payout' in event).length).toBeGreaterThan(1)
    expect(read.filter((event) => 'payout' in event && event.payout.holds)).toEqual([])
  }
})

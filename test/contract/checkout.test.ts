import Stripe from 'stripe'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addFault } from '../../sim/faults/rules.ts'
import { signature } from '../../sim/stripe/webhooks.ts'
import { DAY, idOf, line, openScene, typesOf, type Scene } from './stripe.ts'

let scene: Scene
let { stripe, state, open, paid, control, events } = {} as Scene
beforeAll(async () => {
  scene = await openScene()
  ;({ stripe, state, open, paid, control, events } = scene)
})
afterAll(() => scene.close())

test('the signature is the one that was computed elsewhere', () => {
  const body = '{"id":"evt_1","type":"checkout.session.completed"}'
  const known = 't=1700000000,v1=749721cbedbfa4cc1aa6c9c2bec1edd93766a07906c9d9b3dbc7626e4e660caf'
  expect(signature('whsec_test', body, 1_700_000_000)).toBe(known)
})

test('a page is opened, paid, told and found again; the sum is of all its lines', async () => {
  const session = await open(1900, { line_items: [line(1900, 'eur', 2), line(500)] })
  expect([session.amount_total, session.status, session.url]).toEqual([
    4300,
    'open',
    `http://localhost:1/c/pay/${session.id}`,
  ])
  const page = await (await scene.ask(`/c/pay/${session.id}`)).text()
  for (const words of ['Stripe: simulator, no money moves', 'Pay €43.00']) expect(page).toContain(words)
  const [event] = await events(() => control(`sessions/${session.id}/pay/approve`))
  expect(event).toMatchObject({
    type: 'checkout.session.completed',
    livemode: false,
    data: { object: { id: session.id, payment_status: 'paid', client_reference_id: 'order-1' } },
  })
  const found = await stripe.checkout.sessions.retrieve(session.id)
  const intent = await stripe.paymentIntents.retrieve(idOf(found.payment_intent), { expand: ['latest_charge'] })
  expect(intent).toMatchObject({ status: 'succeeded', amount_received: 4300, metadata: { order: 'order-1' } })
  expect(intent.latest_charge).toMatchObject({ object: 'charge', paid: true, amount: 4300 })
  const { data } = await stripe.checkout.sessions.list({ payment_intent: intent.id })
  expect(data.map(({ id }) => id)).toEqual([session.id])
})

test('the same key gives the same page, and with another order an error; a wrong key of the account nothing', async () => {
  const [once, again] = [await open(1900), await open(1900)]
  expect(once.id).not.toBe(again.id)
  const params = { mode: 'payment', success_url: 'http://shop.test/r', line_items: [line(100)] } as const
  const first = await stripe.checkout.sessions.create({ ...params, line_items: [line(100)] }, { idempotencyKey: 'k1' })
  const second = await stripe.checkout.sessions.create({ ...params, line_items: [line(100)] }, { idempotencyKey: 'k1' })
  expect(second.id).toBe(first.id)
  const other = stripe.checkout.sessions.create({ ...params, line_items: [line(200)] }, { idempotencyKey: 'k1' })
  await expect(other).rejects.toBeInstanceOf(Stripe.errors.StripeIdempotencyError)
  await expect(scene.stranger.payouts.list()).rejects.toBeInstanceOf(Stripe.errors.StripeAuthenticationError)
})

test('what cannot be asked is refused: prices that are none, two currencies, times too near and too far', async () => {
  const now = Math.floor(state.clock.now() / 1000)
  const wrong: Partial<Stripe.Checkout.SessionCreateParams>[] = [
    { line_items: [] },
    { line_items: [line(-1)] },
    { line_items: [line(1.5)] },
    { line_items: [line(100), line(100, 'usd')] },
    { line_items: [line(100, 'euro')] },
    { success_url: 'nowhere' },
    { mode: 'subscription' },
    { expires_at: now + 60 },
    { expires_at: now + 2 * 86_400 },
  ]
  for (const more of wrong)
    await expect(open(1900, more)).rejects.toBeInstanceOf(Stripe.errors.StripeInvalidRequestError)
  await expect(stripe.checkout.sessions.retrieve('cs_none')).rejects.toMatchObject({
    statusCode: 404,
    code: 'resource_missing',
  })
  await expect(stripe.refunds.create({ payment_intent: 'pi_none' })).rejects.toMatchObject({ statusCode: 404 })
})

test('a page that nobody pays ends by itself, and one can be ended', async () => {
  const left = await open()
  expect(typesOf(await events(() => undefined, DAY))).toContain('checkout.session.expired')
  expect((await stripe.checkout.sessions.retrieve(left.id)).status).toBe('expired')
  const ended = await open()
  expect(typesOf(await events(() => stripe.checkout.sessions.expire(ended.id)))).toEqual(['checkout.session.expired'])
  await expect(stripe.checkout.sessions.expire(ended.id)).rejects.toBeInstanceOf(
    Stripe.errors.StripeInvalidRequestError,
  )
  expect((await scene.ask(`/c/pay/${ended.id}`)).status).toBe(404)
})

test('what costs nothing needs no payment', async () => {
  const free = await open(0)
  const [event] = await events(() => control(`sessions/${free.id}/pay/approve`))
  expect(event?.data.object).toMatchObject({ payment_status: 'no_payment_required', payment_intent: null })
})

test('asked, it says unpaid for a time of what it has told to be paid', async () => {
  const { session, intent } = await paid()
  addFault(state, { fault: 'apiDisagrees', forMs: 60_000 })
  const ask = async (): Promise<unknown> => [
    (await stripe.checkout.sessions.retrieve(session.id)).payment_status,
    (await stripe.paymentIntents.retrieve(intent)).status,
  ]
  expect(await ask()).toEqual(['unpaid', 'processing'])
  await state.clock.advance(60_000)
  expect(await ask()).toEqual(['paid', 'succeeded'])
})

test('all that was told can be asked for, by kind, page by page', async () => {
  const made = await Promise.all([paid(), paid(), paid()])
  const first = await stripe.events.list({ type: 'checkout.session.completed', limit: 2 })
  expect([first.data.length, first.has_more]).toEqual([2, true])
  const next = await stripe.events.list({
    type: 'checkout.session.completed',
    limit: 2,
    starting_after: first.data[1]?.id ?? '',
  })
  const ids = [...first.data, ...next.data].slice(0, 3).map(({ data }) => (data.object as { id: string }).id)
  expect(ids.sort()).toEqual(made.map(({ session }) => session.id).sort())
  await control('payouts')
  const kinds = await stripe.events.list({ types: ['payout.paid', 'payout.created'] })
  expect(new Set(typesOf(kinds.data))).toEqual(new Set(['payout.paid', 'payout.created']))
  expect((await stripe.events.retrieve(first.data[0]?.id ?? '')).id).toBe(first.data[0]?.id)
  const walked = await stripe.events.list({ limit: 3 }).autoPagingToArray({ limit: 1000 })
  expect(walked).toHaveLength(state.messages.size)
  await expect(stripe.events.list({ starting_after: 'evt_none' })).rejects.toBeInstanceOf(
    Stripe.errors.StripeInvalidRequestError,
  )
})

test('a form that is sent twice at once pays once', async () => {
  const { id } = await open()
  const send = () =>
    scene.ask(`/c/pay/${id}`, { method: 'POST', body: new URLSearchParams({ card: '4242424242424242' }) })
  const told = await events(async () => {
    const answers = await Promise.all([send(), send(), send()])
    expect(answers.map(({ status }) => status)).toEqual([303, 410, 410])
  })
  expect(typesOf(told)).toEqual(['checkout.session.completed'])
})

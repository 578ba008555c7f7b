import { expect, test } from 'vitest'
import { simApp } from './app.tsx'
import { cards } from './cards.ts'
import { virtualClock } from './clock.ts'
import { tell } from './paddle/webhooks.ts'
import { money } from './pages.tsx'
import { payRoutes, type Paid } from './paying.tsx'
import type { Outgoing } from './post.ts'
import { readSettings } from './settings.ts'
import { newState, type SimState } from './state.ts'
import { emit } from './stripe/webhooks.ts'

const secrets = { apiKey: 'sk_secret', webhookSecret: 'whsec_secret' }
const settings = { port: 1, shop: 'http://shop.test', seed: 4, stripe: secrets, paddle: secrets }

/** A simulator whose shop is never there. */
function alone(more: Partial<typeof settings> = {}): { state: SimState; told: Outgoing[] } {
  const told: Outgoing[] = []
  const post = (sent: Outgoing) => {
    told.push(sent)
    return Promise.resolve({ status: 0, text: '' })
  }
  return { told, state: newState({ ...settings, ...more }, { clock: virtualClock(), post }) }
}

test('the front page names each processor with how true it is, the seed and the fault desk; one without settings is not played', async () => {
  const page = await (await simApp(alone().state).request('/')).text()
  for (const words of ['Stripe', 'Paddle', 'official documentation', 'href="/faults"', '<code>4</code>'])
    expect(page).toContain(words)
  const app = simApp(newState({ port: 1, shop: 'http://shop.test', stripe: secrets }))
  expect(await (await app.request('/')).text()).not.toContain('Paddle')
  expect([(await app.request('/paddle/events')).status, (await app.request('/v1/events')).status]).toEqual([404, 401])
})

test('each processor tries as long as it says, then gives up', async () => {
  const { state, told } = alone()
  emit(state, 'checkout.session.completed', { client_reference_id: 'order-1' })
  tell(state, 'transaction.completed', { custom_data: { order: 'order-2' } })
  await state.clock.advance(4 * 86_400_000)
  const to = (face: string): number => told.filter(({ url }) => url === `http://shop.test/in/${face}`).length
  expect([to('stripe'), to('paddle')]).toEqual([21, 61])
  expect([...state.messages.values()].map(({ order, state: end }) => [order, end])).toEqual([
    ['order-1', 'dropped'],
    ['order-2', 'dropped'],
  ])
})

test('what the control shows of messages holds no secret, and a message can be sent again by hand', async () => {
  const { state, told } = alone()
  const { id } = emit(state, 'payout.paid', {})
  const app = simApp(state)
  const shown = await (await app.request('/_sim/messages')).text()
  expect([shown.includes(id), shown.includes('secret')]).toEqual([true, false])
  const post = async (path: string) => (await app.request(`/_sim/${path}`, { method: 'POST' })).json() as unknown
  expect(await post(`messages/${id}/send`)).toEqual({ status: 0 })
  expect(await post('advance/499')).toEqual({ now: state.clock.now() })
  expect(told).toHaveLength(2)
  expect((await app.request('/_sim/advance/-1', { method: 'POST' })).status).toBe(400)
})

test('the card page takes its own cards only, asks the bank where a card says so, and tells why it says no', async () => {
  const played: unknown[] = []
  const pay = (story: string, reason?: string): Paid => {
    played.push([story, reason])
    return story === 'decline' ? { stay: 'declined' } : story === 'closedTab' ? { stay: 'closed' } : { goTo: '/back' }
  }
  const sheet = { plays: 'Any', title: 'Pay', amount: 1900, currency: 'jpy', description: 'Tally', action: '/pay/1' }
  const page = payRoutes('/pay/:id', (id) => (id === '1' ? { sheet, pay } : undefined))
  const send = async (values: Record<string, string>): Promise<[number, string]> => {
    const answer = await page.request('/pay/1', { method: 'POST', body: new URLSearchParams(values) })
    return [answer.status, answer.headers.get('location') ?? (await answer.text())]
  }
  expect(await (await page.request('/pay/1')).text()).toContain('Pay ¥1,900')
  for (const card of ['4111 1111 1111 1111', '', '4242', 'x'.repeat(10_000)])
    expect((await send({ card }))[0]).toBe(422)
  expect(played).toEqual([])
  expect(await send({ card: '4242-4242 4242 4242' })).toEqual([303, '/back'])
  expect(await send({ card: '4000 0000 0000 0069' })).toEqual([402, expect.stringContaining('expired')])
  const [status, bank] = await send({ card: '4000 0027 6000 3184' })
  expect([status, bank.includes('Your bank asks'), played.length]).toEqual([200, true, 2])
  expect(await send({ bank: 'refuse' })).toEqual([402, expect.stringContaining('not confirmed')])
  expect(await send({ bank: 'confirm' })).toEqual([303, '/back'])
  expect((await send({ card: '4000 0000 0000 0101' }))[1]).toContain('closed the tab')
  expect(played.slice(2)).toEqual([
    ['decline', 'unconfirmed'],
    ['approve', 'declined'],
    ['closedTab', 'declined'],
  ])
  expect((await page.request('/pay/2', { method: 'POST' })).status).toBe(410)
  expect(Object.keys(cards).every((number) => /^4\d{15}$/.test(number))).toBe(true)
})

test('amounts have as many decimals as their currency', () => {
  expect([money(1900, 'eur'), money(1900, 'jpy'), money(1900, 'kwd')]).toEqual(['€19.00', '¥1,900', 'KWD\u00a01.900'])
})

test('settings come as one value, and a seed may come beside it', () => {
  const env = { SIM_SETTINGS: JSON.stringify(settings) }
  expect([readSettings(env), readSettings({ ...env, SIM_SEED: '9' }).seed]).toEqual([settings, 9])
  expect(() => readSettings({})).toThrow(SyntaxError)
})

test('a form that is sent twice at once pays once, also where the card is sealed in between', async () => {
  const sheet = { plays: 'Any', title: 'Pay', amount: 1900, currency: 'eur', description: 'Tally', action: '/pay/1' }
  for (const typed of [undefined, () => new Promise<void>((done) => setImmediate(done))]) {
    let paid = 0
    const pay = (): Paid => ({ goTo: `/back/${++paid}` })
    const page = payRoutes('/pay/:id', () => (paid === 0 ? { sheet, pay, ...(typed && { typed }) } : undefined))
    const body = new URLSearchParams({ card: '4242 4242 4242 4242' })
    const send = async (): Promise<number> => (await page.request('/pay/1', { method: 'POST', body })).status
    expect((await Promise.all([send(), send(), send()])).sort()).toEqual([303, 410, 410])
    expect(paid).toBe(1)
  }
})

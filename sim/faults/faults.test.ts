import { expect, test } from 'vitest'
import { simApp } from '../app.tsx'
import { virtualClock } from '../clock.ts'
import { backOff, emit, send, type Message } from '../outgoing.ts'
import { fetchPost, type Answer, type Outgoing } from '../post.ts'
import { newState, type SimState } from '../state.ts'
import { addFault, secondsAt, strikes, type Asked } from './rules.ts'

const DAY = 86_400_000
type Told = Outgoing & { readonly at: number }
type Quiet = { state: SimState; told: Told[]; tell: (kind?: string, body?: string) => Message }

/** A simulator with a time of its own and these faults; the shop takes everything. */
function quiet(...asked: Asked[]): Quiet {
  const told: Told[] = []
  const clock = virtualClock()
  const post = (sent: Outgoing): Promise<Answer> => {
    told.push({ ...sent, at: clock.now() })
    return Promise.resolve({ status: 200, text: '' })
  }
  const stripe = { apiKey: 'sk_test_1', webhookSecret: 'whsec_1' }
  const state = newState({ port: 1, shop: 'http://shop.test', seed: 3, stripe }, { clock, post })
  for (const one of asked) addFault(state, one)
  const tell = (kind = 'paid', body = '{"paid":true}'): Message =>
    emit(state, {
      id: state.random.id('msg'),
      face: 'stripe',
      kind,
      order: '',
      method: 'POST',
      url: 'http://shop.test/in/stripe',
      body,
      secret: 'secret',
      headers: (at, secret) => ({ at: String(at), secret }),
      plan: { timeoutMs: 1000, waitMs: backOff(20, 3 * DAY, 500) },
    })
  return { state, told, tell }
}

test('drop: the message never comes, and nobody sends it again', async () => {
  const { state, told, tell } = quiet({ fault: 'drop', next: 1 })
  const [lost, next] = [tell(), tell()]
  await state.clock.advance(4 * DAY)
  expect([told.length, lost.state, next.state]).toEqual([1, 'lost', 'delivered'])
})

test('delay: it comes so much later, signed when it goes', async () => {
  const { state, told, tell } = quiet({ fault: 'delay', by: 90_000 })
  const message = tell()
  await state.clock.advance(89_999)
  expect(told).toEqual([])
  await state.clock.advance(1)
  expect([told[0]?.at, told[0]?.headers['at']]).toEqual([message.made + 90_000, String(message.made + 90_000)])
})

test('duplicate: it comes so many times more', async () => {
  const { state, told, tell } = quiet({ fault: 'duplicate', by: 3 })
  tell()
  await state.clock.advance(0)
  expect(told).toHaveLength(4)
})

test('reorder: what is gathered for a while comes in another order, all of it', async () => {
  const { state, told, tell } = quiet({ fault: 'reorder', by: 1000 })
  const bodies = Array.from({ length: 12 }, (_, index) => `{"index":${index}}`)
  for (const body of bodies) tell('paid', body)
  await state.clock.advance(999)
  expect(told).toEqual([])
  await state.clock.advance(1)
  const came = told.map(({ body }) => body)
  expect([...came].sort()).toEqual([...bodies].sort())
  expect(came).not.toEqual(bodies)
})

test('corrupt: one byte is another, of the body or of the query of an address', async () => {
  const { state, told, tell } = quiet({ fault: 'corrupt' })
  tell('paid', '{"paid":"žluťoučký"}')
  emit(state, { ...tell(), id: 'get', method: 'GET', url: 'http://shop.test/in/x?o_no=1&pc=2', body: '' })
  await state.clock.advance(0)
  const apart = (a = '', b = ''): number => a.split('').filter((sign, at) => sign !== b[at]).length
  expect(apart(told[0]?.body, '{"paid":"žluťoučký"}')).toBe(1)
  expect(Buffer.byteLength(told[0]?.body ?? '')).toBe(Buffer.byteLength('{"paid":"žluťoučký"}'))
  expect(apart(told[2]?.url, 'http://shop.test/in/x?o_no=1&pc=2')).toBe(1)
  expect(told[2]?.url).toMatch(/^http:\/\/shop\.test\/in\/x\?/)
})

test('wrongSecret, staleTime, futureTime: the signature is of another secret or another time', async () => {
  const { state, told, tell } = quiet(
    { fault: 'wrongSecret', kind: 'a' },
    { fault: 'staleTime', kind: 'b', by: 301_000 },
    { fault: 'futureTime', kind: 'c', by: 301_000 },
  )
  const { made } = tell('a')
  tell('b')
  tell('c')
  await state.clock.advance(0)
  expect(told.map(({ headers }) => [headers['secret'] === 'secret', Number(headers['at']) - made])).toEqual([
    [false, 0],
    [true, -301_000],
    [true, 301_000],
  ])
})

test('answer500 and answerTimeout: the shop took it, and the processor sends it again', async () => {
  for (const [fault, status] of [
    ['answer500', 500],
    ['answerTimeout', 0],
  ] as const) {
    const { state, told, tell } = quiet({ fault, next: 2 })
    const message = tell()
    await state.clock.advance(0)
    expect([told.length, message.state, message.status]).toEqual([1, 'waiting', status])
    await state.clock.advance(DAY)
    expect([told.length, message.state, message.status]).toEqual([3, 'delivered', 200])
  }
})

test('slowBody: the body comes in pieces, and whole', async () => {
  const { state, told, tell } = quiet({ fault: 'slowBody', by: 1 })
  tell()
  await state.clock.advance(0)
  const [sent] = told
  const { createServer } = await import('node:http')
  const chunks: string[] = []
  const server = createServer((request, answer) => {
    request.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk))
    request.on('end', () => answer.end('taken'))
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as { port: number }
  const answer = await fetchPost({ ...(sent as Outgoing), url: `http://127.0.0.1:${port}/` })
  expect([answer, chunks.join(''), chunks.length > 1]).toEqual([{ status: 200, text: 'taken' }, '{"paid":true}', true])
  await new Promise((closed) => server.close(closed))
  expect(await fetchPost({ ...(sent as Outgoing), url: `http://127.0.0.1:${port}/` })).toEqual({ status: 0, text: '' })
})

test('disableEndpoint: after so many failures in a row nothing more is sent, until somebody lets it', async () => {
  const { state, told, tell } = quiet({ fault: 'disableEndpoint', by: 3 }, { fault: 'answer500', next: 3 })
  const first = tell()
  await state.clock.advance(DAY)
  const second = tell()
  await state.clock.advance(DAY)
  expect([told.length, first.state, second.state, second.tries]).toEqual([3, 'waiting', 'waiting', 0])
  expect(await send(state, second)).toEqual({ status: 0, text: '' })
  await simApp(state).request('/_sim/faults/enable/stripe', { method: 'POST' })
  expect([told.length, first.state, second.state]).toEqual([5, 'delivered', 'delivered'])
})

test('clockSkew: the processor’s whole time is wrong, its signatures too', async () => {
  const { state, told, tell } = quiet({ fault: 'clockSkew', by: -120_000, face: 'stripe' })
  const { made } = tell()
  await state.clock.advance(0)
  expect(Number(told[0]?.headers['at'])).toBe(made - 120_000)
  expect(secondsAt(state, 'stripe')).toBe(Math.floor(made / 1000) - 120)
  expect(secondsAt(state, 'paddle')).toBe(Math.floor(made / 1000))
})

test('apiDown and apiHangs: the API answers 503, or late', async () => {
  const { state } = quiet({ fault: 'apiDown', kind: '/v1/refunds*' }, { fault: 'apiHangs', next: 1, by: 1000 })
  const app = simApp(state)
  const headers = { authorization: 'Bearer sk_test_1' }
  const hung = Promise.resolve(app.request('/v1/checkout/sessions/none', { headers }))
  let answered = false
  void hung.then(() => (answered = true))
  await new Promise((next) => setImmediate(next))
  expect(answered).toBe(false)
  await state.clock.advance(1000)
  expect((await hung).status).toBe(504)
  expect((await app.request('/v1/refunds', { method: 'POST', headers })).status).toBe(503)
  expect((await app.request('/v1/checkout/sessions/none', { headers })).status).toBe(404)
})

test('a rule strikes in its share, its number, its time, and only what it names', () => {
  const { state } = quiet({ fault: 'drop', share: 0.25, face: 'paddle' }, { fault: 'delay', forMs: 1000 })
  const at = { face: 'paddle', kind: 'x' }
  const hits = Array.from({ length: 10_000 }, () => strikes(state, 'drop', at)).filter((by) => by !== undefined)
  expect(Math.abs(hits.length - 2500)).toBeLessThan(200)
  expect(strikes(state, 'drop', { face: 'stripe', kind: 'x' })).toBeUndefined()
  expect(strikes(state, 'delay', at)).toBe(5000)
  void state.clock.advance(1000)
  expect([strikes(state, 'delay', at), state.faults.rules.size]).toEqual([undefined, 1])
})

test('the desk takes faults by JSON and by form, shows them, ends them, and refuses what is none', async () => {
  const { state } = quiet()
  const app = simApp(state)
  const post = (body: unknown) => app.request('/_sim/faults', { method: 'POST', body: JSON.stringify(body) })
  for (const wrong of [
    {},
    { fault: 'toString' },
    { fault: 'drop', share: 2 },
    { fault: 'drop', next: 0 },
    { fault: 'drop', next: 1.5 },
    { fault: 'delay', by: 'soon' },
    { fault: 'drop', face: 7 },
    'drop',
    null,
  ])
    expect([wrong, (await post(wrong)).status]).toEqual([wrong, 400])
  expect((await app.request('/_sim/faults', { method: 'POST', body: '{' })).status).toBe(400)
  const made = (await (await post({ fault: 'delay', share: 0, by: 7 })).json()) as { id: string }
  const form = new URLSearchParams({
    fault: 'drop',
    face: 'stripe',
    kind: '',
    share: '0.5',
    next: '',
    by: '',
    forMs: '',
  })
  expect((await app.request('/faults', { method: 'POST', body: form })).status).toBe(303)
  const page = await (await app.request('/faults')).text()
  for (const words of ['simulator', 'A message is lost', 'stripe', 'share 0.5', '7 ms']) expect(page).toContain(words)
  expect(page).not.toContain('<script')
  await app.request(`/faults/${made.id}/clear`, { method: 'POST' })
  const { rules } = (await (await app.request('/_sim/faults')).json()) as { rules: { fault: string; share: number }[] }
  expect(rules).toMatchObject([{ fault: 'drop', share: 0.5 }])
  await app.request('/_sim/faults', { method: 'DELETE' })
  expect(await (await app.request('/faults')).text()).toContain('Nothing goes wrong now.')
  expect((await app.request('/faults', { method: 'POST', body: new URLSearchParams({ fault: 'x' }) })).status).toBe(422)
})

import { expect, test } from 'vitest'
import { virtualClock } from './clock.ts'
import { backOff, emit, release, send, type Draft, type Message } from './outgoing.ts'
import type { Answer, Outgoing } from './post.ts'
import { newState, type SimState } from './state.ts'

const DAY = 86_400_000
type Told = Outgoing & { readonly at: number }

/** A simulator with a time of its own, whose messages are answered here. */
function quiet(answers: (told: Told) => number, seed = 7): { state: SimState; told: Told[] } {
  const told: Told[] = []
  const clock = virtualClock()
  const post = (sent: Outgoing): Promise<Answer> => {
    told.push({ ...sent, at: clock.now() })
    return Promise.resolve({ status: answers({ ...sent, at: clock.now() }), text: '' })
  }
  return { told, state: newState({ port: 1, shop: 'http://shop.test', seed }, { clock, post }) }
}

const draft = (state: SimState, more: Partial<Draft> = {}): Draft => ({
  id: state.random.id('msg'),
  face: 'any',
  kind: 'paid',
  order: 'order-1',
  method: 'POST',
  url: 'http://shop.test/in/any',
  body: '{"paid":true}',
  secret: 'secret',
  headers: (at, secret) => ({ signed: `${at} ${secret}` }),
  plan: { timeoutMs: 1000, waitMs: backOff(20, 3 * DAY, 500) },
  ...more,
})

test('a message is sent once, signed at the time it goes, and not again when it was answered', async () => {
  const { state, told } = quiet(() => 204)
  const message = emit(state, draft(state))
  expect(told).toEqual([])
  await state.clock.advance(4 * DAY)
  expect(told.map(({ headers }) => headers)).toEqual([{ signed: `${message.made} secret` }])
  expect([message.state, message.tries, message.status]).toEqual(['delivered', 1, 204])
})

test('three days of tries pass in a moment: ever more seldom, each newly signed, and then never more', async () => {
  const { state, told } = quiet(() => 500)
  let gaveUp = 0
  const message = emit(state, draft(state, { gaveUp: () => (gaveUp += 1) }))
  await state.clock.advance(10 * DAY)
  const waits = told.slice(1).map(({ at }, index) => at - (told[index]?.at ?? 0))
  expect(told).toHaveLength(21)
  expect(waits).toEqual([...waits].sort((a, b) => a - b))
  expect(waits[0]).toBe(500)
  const whole = (told.at(-1)?.at ?? 0) - message.made
  expect(Math.abs(whole - 3 * DAY)).toBeLessThan(1000)
  expect(new Set(told.map(({ headers }) => headers['signed'])).size).toBe(21)
  expect([message.state, gaveUp]).toEqual(['dropped', 1])
})

test('a shop that comes back after two days hears everything then', async () => {
  let open = false
  const { state, told } = quiet(() => (open ? 200 : 0))
  const messages = Array.from({ length: 50 }, () => emit(state, draft(state)))
  await state.clock.advance(2 * DAY)
  open = true
  const before = told.length
  await state.clock.advance(DAY)
  expect([told.length - before, new Set(messages.map((one) => one.state))]).toEqual([50, new Set(['delivered'])])
})

test('what is held is sent when it is released, and sending by hand makes no second row of tries', async () => {
  const { state, told } = quiet(() => 500)
  state.held = true
  const message = emit(state, draft(state))
  await state.clock.advance(DAY)
  expect(told).toEqual([])
  await release(state)
  await Promise.all([send(state, message), send(state, message), send(state, message)])
  expect(told).toHaveLength(4)
  await state.clock.advance(10 * DAY)
  expect(told).toHaveLength(21)
})

test('a face decides by itself what a good answer is', async () => {
  const { state } = quiet(() => 200)
  const heard: Answer[] = []
  const judge = (answer: Answer): boolean => heard.push(answer) > 2
  const message: Message = emit(state, draft(state, { heard: judge }))
  await state.clock.advance(DAY)
  expect([heard.length, message.state, message.tries]).toEqual([3, 'delivered', 3])
})

test('the same seed and the same calls give the same run, and another seed another', async () => {
  const run = async (seed: number): Promise<unknown> => {
    const { state, told } = quiet(({ at }) => (at % 3 === 0 ? 500 : 200), seed)
    const { addFault } = await import('./faults/rules.ts')
    for (const fault of ['drop', 'delay', 'duplicate', 'reorder', 'corrupt', 'staleTime'] as const)
      addFault(state, { fault, share: 0.3 })
    for (let index = 0; index < 40; index += 1) {
      emit(state, draft(state, { body: `{"index":${index}}` }))
      await state.clock.advance(state.random.below(2000))
    }
    await state.clock.advance(4 * DAY)
    return [told, [...state.messages.values()].map(({ id, tries, state: end }) => [id, tries, end])]
  }
  const [once, again, other] = [await run(11), await run(11), await run(12)]
  expect(again).toEqual(once)
  expect(other).not.toEqual(once)
})

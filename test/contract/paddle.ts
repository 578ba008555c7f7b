import { serve, type ServerType } from '@hono/node-server'
import { Paddle, type Environment, type EventEntity, type Transaction } from '@paddle/paddle-node-sdk'
import { vi } from 'vitest'
import { simApp } from '../../sim/app.tsx'
import { virtualClock } from '../../sim/clock.ts'
import type { Outgoing } from '../../sim/post.ts'
import { newState, type SimState } from '../../sim/state.ts'

const secrets = { apiKey: 'pdl_sdbx_contract', webhookSecret: 'pdl_ntfset_contract' }

/** The official package, unchanged, against the simulator: what it accepts here it accepts from Paddle. */
export type Scene = {
  readonly state: SimState
  readonly paddle: Paddle
  /** The same package with another key of the account. */
  readonly stranger: Paddle
  readonly open: (...amounts: string[]) => Promise<Transaction>
  /** A transaction that was paid and told. */
  readonly paid: (...amounts: string[]) => Promise<Transaction>
  readonly ask: (path: string, init?: RequestInit) => Promise<Response>
  /** Something that processor or bank does by itself. */
  readonly control: (path: string) => Promise<unknown>
  /** Does something, lets so much time pass, and answers the events that the official package takes for real. */
  readonly events: (deed: () => unknown, ms?: number) => Promise<EventEntity[]>
  /** What went out, as it went. */
  readonly told: () => readonly Outgoing[]
  readonly close: () => Promise<void>
}

/** Opens the simulator with a time of its own, and the package that asks it. */
export async function openScene(): Promise<Scene> {
  let told: Outgoing[] = []
  const post = (sent: Outgoing) => {
    told.push(sent)
    return Promise.resolve({ status: 200, text: '' })
  }
  const clock = virtualClock()
  const state = newState({ port: 1, shop: 'http://shop.test', seed: 5, paddle: secrets }, { clock, post })
  const app = simApp(state)
  const server = await new Promise<ServerType>((ready) => {
    const one = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => ready(one))
  })
  const { port } = server.address() as { port: number }
  const client = (key: string): Paddle =>
    new Paddle(key, { environment: `http://127.0.0.1:${port}/paddle` as Environment })
  const paddle = client(secrets.apiKey)
  const ask: Scene['ask'] = async (path, init) => app.request(path, init)
  const control: Scene['control'] = async (path) => (await ask(`/_sim/paddle/${path}`, { method: 'POST' })).json()
  const open: Scene['open'] = (...amounts) =>
    paddle.transactions.create({
      items: (amounts.length > 0 ? amounts : ['1900']).map((amount) => ({
        quantity: 1,
        price: {
          description: 'Tally, order 1',
          taxMode: 'internal',
          unitPrice: { amount, currencyCode: 'EUR' },
          product: { name: 'Tally', taxCategory: 'standard' },
        },
      })),
      customData: { order: 'order-1' },
      checkout: { url: 'http://shop.test/r/1' },
    })
  return {
    state,
    paddle,
    stranger: client('pdl_sdbx_other'),
    open,
    ask,
    control,
    told: () => told,
    paid: async (...amounts) => {
      const { id } = await open(...amounts)
      await control(`transactions/${id}/pay/approve`)
      await clock.advance(0)
      return paddle.transactions.get(id)
    },
    events: async (deed, ms = 0) => {
      await clock.advance(0)
      told = []
      await deed()
      await clock.advance(ms)
      // The package takes five seconds of the machine's time and no more, so the machine is given the simulator's.
      vi.useFakeTimers({ toFake: ['Date'], now: clock.now() })
      try {
        const taken = told.map(({ body, headers }) =>
          paddle.webhooks.unmarshal(body, secrets.webhookSecret, headers['paddle-signature'] ?? ''),
        )
        return await Promise.all(taken)
      } finally {
        vi.useRealTimers()
      }
    },
    close: () => new Promise((done) => void server.close(() => done())),
  }
}

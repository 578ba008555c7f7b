import { Hono } from 'hono'
import { release, send, type Message } from './outgoing.ts'
import type { SimState } from './state.ts'

/** What whoever tests may do whatever the processor: see, hold and repeat messages, and move the time. */
export function controlApi(state: SimState): Hono {
  const control = new Hono()
  control.get('/messages', (c) => c.json([...state.messages.values()].map(shown)))
  control.post('/messages/:id/send', async (c) => {
    const message = state.messages.get(c.req.param('id'))
    return message ? c.json({ status: (await send(state, message)).status }) : c.notFound()
  })
  control.post('/hold', (c) => {
    state.held = true
    return c.json({ held: true })
  })
  control.post('/release', async (c) => {
    await release(state)
    return c.json({ held: false })
  })
  control.post('/advance/:ms', async (c) => {
    const ms = Number(c.req.param('ms'))
    if (!Number.isFinite(ms) || ms < 0) return c.json({ error: 'Not a length of time.' }, 400)
    await state.clock.advance(ms)
    return c.json({ now: state.clock.now() })
  })
  return control
}

/** Without what is secret or has been written for the shop alone. */
function shown({ id, face, kind, order, made, tries, status, state }: Message): object {
  return { id, face, kind, order, made, tries, status, state }
}

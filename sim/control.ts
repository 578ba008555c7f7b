import { Hono } from 'hono'
import { expire, pay, refund, settlePending } from './stripe/deeds.ts'
import { release, send } from './stripe/webhooks.ts'
import type { CardStory } from './cards.ts'
import type { SimState } from './state.ts'

/** The desk of whoever tests: see what happened, play a story, hold and repeat events. */
export function controlApi(state: SimState): Hono {
  const control = new Hono()
  control.get('/sessions', (c) => c.json([...state.sessions.values()]))
  control.get('/intents', (c) => c.json([...state.intents.values()]))
  control.get('/events', (c) =>
    c.json([...state.events.values()].map(({ id, type, tries, delivered }) => ({ id, type, tries, delivered }))),
  )
  control.post('/sessions/:id/pay/:story', (c) => {
    const session = state.sessions.get(c.req.param('id'))
    return session ? c.json(pay(state, session, c.req.param('story') as CardStory)) : c.notFound()
  })
  control.post('/sessions/:id/expire', (c) => {
    const session = state.sessions.get(c.req.param('id'))
    if (!session) return c.notFound()
    expire(state, session)
    return c.json(session)
  })
  control.post('/intents/:id/refund', (c) => {
    const intent = state.intents.get(c.req.param('id'))
    return intent
      ? c.json(refund(state, intent, { amount: intent.amount - intent.refunded, metadata: {} }))
      : c.notFound()
  })
  control.post('/intents/:id/settle/:end', (c) => {
    const intent = state.intents.get(c.req.param('id'))
    if (!intent) return c.notFound()
    settlePending(state, intent, c.req.param('end') === 'succeeds')
    return c.json(intent)
  })
  control.post('/events/:id/send', async (c) => {
    const event = state.events.get(c.req.param('id'))
    return event ? c.json({ status: await send(state, event) }) : c.notFound()
  })
  control.post('/hold', (c) => {
    state.held = true
    return c.json({ held: true })
  })
  control.post('/release', async (c) => {
    await release(state)
    return c.json({ held: false })
  })
  return control
}

import { Hono } from 'hono'
import type { CardStory } from '../cards.ts'
import type { SimState } from '../state.ts'
import { expire, pay, refund, settlePending } from './deeds.ts'

/** What whoever tests may do at Stripe: see what happened, and play a story. */
export function stripeControl(state: SimState): Hono {
  const { sessions, intents } = state.stripe
  const control = new Hono()
  control.get('/sessions', (c) => c.json([...sessions.values()]))
  control.get('/intents', (c) => c.json([...intents.values()]))
  control.post('/sessions/:id/pay/:story', (c) => {
    const session = sessions.get(c.req.param('id'))
    return session ? c.json(pay(state, session, c.req.param('story') as CardStory)) : c.notFound()
  })
  control.post('/sessions/:id/expire', (c) => {
    const session = sessions.get(c.req.param('id'))
    if (!session) return c.notFound()
    expire(state, session)
    return c.json(session)
  })
  control.post('/intents/:id/refund', (c) => {
    const intent = intents.get(c.req.param('id'))
    return intent
      ? c.json(refund(state, intent, { amount: intent.amount - intent.refunded, metadata: {} }))
      : c.notFound()
  })
  control.post('/intents/:id/settle/:end', (c) => {
    const intent = intents.get(c.req.param('id'))
    if (!intent) return c.notFound()
    settlePending(state, intent, c.req.param('end') === 'succeeds')
    return c.json(intent)
  })
  return control
}

import { Hono, type Context } from 'hono'
import { storyOf } from './cards.ts'
import { controlApi } from './control.ts'
import { EndPage, PayPage, simCss } from './pages.tsx'
import type { Session, SimState } from './state.ts'
import { stripeApi } from './stripe/api.ts'
import { pay } from './stripe/deeds.ts'

/** The whole simulator: hosted page, API, control desk. */
export function simApp(state: SimState): Hono {
  const app = new Hono()
  app.use(async (c, next) => {
    await next()
    c.header('cache-control', 'no-store')
    c.header('referrer-policy', 'no-referrer')
  })
  app.get('/sim.css', (c) => c.body(simCss, 200, { 'content-type': 'text/css' }))
  app.get('/', (c) =>
    c.html(
      <EndPage
        title="Simulator"
        text="This program plays the card processor for the example shop. Start an order in the shop to see a payment page here."
      />,
    ),
  )
  app.route('/v1', stripeApi(state))
  app.route('/_sim', controlApi(state))
  app.get('/c/pay/:id', (c) => {
    const session = state.sessions.get(c.req.param('id'))
    return session?.status === 'open' ? payPage(c, session) : c.notFound()
  })
  app.post('/c/pay/:id', (c) => takeCard(state, c, state.sessions.get(c.req.param('id'))))
  return app
}

async function takeCard(state: SimState, c: Context, session: Session | undefined): Promise<Response> {
  if (session?.status !== 'open')
    return c.html(<EndPage title="This page is closed" text="It was paid, or its time is over." />, 410)
  const body = await c.req.parseBody()
  const story = storyOf(typeof body['card'] === 'string' ? body['card'] : '')
  if (!story)
    return payPage(c, session, {
      status: 422,
      text: 'This is not one of the test cards below. Please type no real card here.',
    })
  const paid = pay(state, session, story)
  if ('goTo' in paid) return c.redirect(paid.goTo, 303)
  if (paid.stay === 'declined')
    return payPage(c, session, { status: 402, text: 'The bank declined this card. Nothing was taken; try another.' })
  return c.html(
    <EndPage
      title="Paid"
      text="You closed the tab here, so the shop does not see you come back. It is told about the payment all the same."
    />,
  )
}

type Wrong = { readonly status: 402 | 422; readonly text: string }

function payPage(c: Context, session: Session, wrong?: Wrong): Response | Promise<Response> {
  const page = <PayPage session={session} {...(wrong && { error: wrong.text })} />
  return c.html(`<!doctype html>${page.toString()}`, wrong?.status ?? 200)
}

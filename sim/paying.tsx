import { Hono, type Context } from 'hono'
import { cardOf, declines, type CardStory, type Decline } from './cards.ts'
import { ConfirmPage, EndPage, PayPage, asHtml, type Sheet } from './pages.tsx'

/** Where the browser goes after the story of a card, or why it stays on the processor's page. Shape: `because` when the processor has words of its own. */
export type Paid = { readonly goTo: string } | { readonly stay: 'declined' | 'closed'; readonly because?: string }

/** One payment page: what it shows, and what a card does to it. */
export type Till = {
  readonly sheet: Sheet
  /** Takes a test card as it was typed, before anything becomes of it. */
  readonly typed?: (card: string) => Promise<void>
  readonly pay: (story: CardStory, reason?: Decline) => Paid | Promise<Paid>
}

/** The payment page of a face. Shape: `path` has `:id`; the till of an id is there as long as it can be paid. */
export function payRoutes(path: string, tillOf: (id: string) => Till | undefined): Hono {
  const routes = new Hono()
  routes.get(path, (c) => {
    const till = tillOf(c.req.param('id') ?? '')
    return till ? payPage(c, till) : c.notFound()
  })
  routes.post(path, async (c) => {
    const id = c.req.param('id') ?? ''
    const typed = await c.req.parseBody()
    const number = testCard(typed)
    if (number) await tillOf(id)?.typed?.(number)
    const till = tillOf(id) // asked after every wait, so that a form sent twice at once pays once
    return till ? take(c, till, typed) : c.html(asHtml(<EndPage title="This page is closed" text={CLOSED} />), 410)
  })
  return routes
}

const CLOSED = 'It was paid, or its time is over.'
const REAL = 'This is not one of the test cards below. Please type no real card here.'
const PAID =
  'You closed the tab here, so the shop does not see you come back. It is told about the payment all the same.'

type Wrong = { readonly status: 402 | 422; readonly text: string }

function payPage(c: Context, till: Till, wrong?: Wrong): Response | Promise<Response> {
  return c.html(asHtml(<PayPage of={till.sheet} error={wrong?.text} />), wrong?.status ?? 200)
}

/** The number that was typed, if it is one of the simulator's. */
function testCard({ card }: Record<string, unknown>): string | undefined {
  return typeof card === 'string' && cardOf(card) ? card : undefined
}

function take(c: Context, till: Till, typed: Record<string, unknown>): Response | Promise<Response> {
  const { bank } = typed
  if (bank === 'confirm') return played(c, till, { story: 'approve' })
  if (bank === 'refuse') return played(c, till, { story: 'decline', reason: 'unconfirmed' })
  const card = cardOf(testCard(typed) ?? '')
  if (!card) return payPage(c, till, { status: 422, text: REAL })
  return card.confirm ? c.html(asHtml(<ConfirmPage of={till.sheet} />)) : played(c, till, card)
}

type Played = { readonly story: CardStory; readonly reason?: Decline }

async function played(c: Context, till: Till, { story, reason = 'declined' }: Played): Promise<Response> {
  const paid = await till.pay(story, reason)
  if ('goTo' in paid) return c.redirect(paid.goTo, 303)
  if (paid.stay === 'declined')
    return payPage(c, till, {
      status: 402,
      text: `${paid.because ?? declines[reason]} Nothing was taken; try another.`,
    })
  return c.html(asHtml(<EndPage title="Paid" plays={till.sheet.plays} text={PAID} />))
}

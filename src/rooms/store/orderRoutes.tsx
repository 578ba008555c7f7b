import { Hono, type Context } from 'hono'
import type { OrderId } from '../../core/orders/index.ts'
import { later } from '../../lib/index.ts'
import { processorOf, tryAgain } from '../../core/payments/index.ts'
import { formsMayGoTo, linkPaths, type LinkKind } from '../../web/index.ts'
import { noteTry } from './checkout.ts'
import { MessagePage } from './checkoutPage.tsx'
import type { StoreContext } from './context.ts'
import { askLater, mayDownload, orderOfLink, viewByLink } from './order.ts'
import { areKeysComing, OrderPage, ReturnPage, type OrderView } from './orderPage.tsx'
import { en } from './words.ts'

/** The pages of an order, each opened by a secret link: after the payment (`/r/`) and from the mail (`/o/`). */
export function orderRoutes(ctx: StoreContext): Hono {
  return new Hono()
    .get('/r/:token', (c) => showReturn(ctx, c))
    .post('/r/:token/again', (c) => payAgain(ctx, c))
    .get('/r/:token/files/:file', (c) => giveFile(ctx, c, 'return'))
    .get('/o/:token', (c) => showOrder(ctx, c))
    .get('/o/:token/files/:file', (c) => giveFile(ctx, c, 'order'))
}

/** A file of the vendor's, for saving; undefined when there is none of that name. */
export async function download(
  ctx: Pick<StoreContext, 'files'>,
  c: Context,
  name: string,
): Promise<Response | undefined> {
  const bytes = await ctx.files(name)
  if (!bytes) return undefined
  return c.body(bytes, 200, {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'private, no-store',
  })
}

function closed(ctx: StoreContext, c: Context): Response | Promise<Response> {
  return c.html(<MessagePage ctx={ctx} title={en.closedTitle} text={en.closed} />, 410)
}

function tokenOf(c: Context): string {
  return c.req.param('token') ?? ''
}

async function showReturn(ctx: StoreContext, c: Context): Promise<Response> {
  const view = await viewByLink(ctx, { kind: 'return', token: tokenOf(c) })
  if (!view) return closed(ctx, c)
  const waiting = isWaiting(view)
  const keysComing = view.state.paidAt && areKeysComing(view)
  const page = (await processorOf(ctx.payments, view.order.id))?.page
  if (page) formsMayGoTo(c, page)
  if (waiting && isSilent(ctx, view)) await askLater(ctx, view.order.id)
  if (waiting || keysComing) c.header('Refresh', '4')
  return c.html(<ReturnPage ctx={ctx} view={view} path={linkPaths.return + tokenOf(c)} />)
}

/** Whether a processor has still to tell; who pays by hand is not kept looking. */
function isWaiting({ state, toPay }: OrderView): boolean {
  return !state.paidAt && !state.cancelled && !toPay
}

const SILENT_MS = 15_000

/** A processor mostly tells within seconds; it is asked only when it did not. */
function isSilent({ now }: StoreContext, { order }: OrderView): boolean {
  return now() >= later(order.placed_at, SILENT_MS)
}

async function showOrder(ctx: StoreContext, c: Context): Promise<Response> {
  const view = await viewByLink(ctx, { kind: 'order', token: tokenOf(c) })
  return view ? c.html(<OrderPage ctx={ctx} view={view} path={linkPaths.order + tokenOf(c)} />) : closed(ctx, c)
}

async function giveFile(ctx: StoreContext, c: Context, kind: LinkKind): Promise<Response> {
  const orderId = await orderOfLink(ctx, { kind, token: tokenOf(c) })
  const name = c.req.param('file') ?? ''
  const may = orderId !== undefined && (await mayDownload(ctx, orderId, name))
  return (may && (await download(ctx, c, name))) || closed(ctx, c)
}

/** One more try: the page of the try before is ended first, then a new one is opened under a return link of its own. */
async function payAgain(ctx: StoreContext, c: Context): Promise<Response> {
  const here = linkPaths.return + tokenOf(c)
  const orderId: OrderId | undefined = await orderOfLink(ctx, { kind: 'return', token: tokenOf(c) })
  if (!orderId) return closed(ctx, c)
  const processor = (await processorOf(ctx.payments, orderId))?.facts.id
  if (!processor) return closed(ctx, c)
  const started = await tryAgain(ctx.payments, orderId, {
    note: (attempt) => ctx.db.tx((tx) => noteTry(ctx, tx, { orderId, attempt, processor })),
  })
  if (started.outcome === 'go') return c.redirect(started.url, 303)
  if (started.outcome !== 'shut' && started.outcome !== 'silent') return c.redirect(here, 303)
  return c.html(
    <MessagePage
      ctx={ctx}
      title={started.outcome === 'shut' ? en.errors.shutTitle : en.errors.processorSilentTitle}
      text={started.outcome === 'shut' ? en.errors.shut : en.errors.processorSilent}
      href={here}
      label={en.checkAgain}
    />,
    503,
  )
}

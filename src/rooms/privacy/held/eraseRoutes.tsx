import { Hono, type Context } from 'hono'
import { ordersOf } from '../../../core/orders/index.ts'
import { hashToken } from '../../../lib/index.ts'
import { clockOf, untilText, type Field } from '../../../policy/index.ts'
import type { Holding, PersonId } from '../../../vault/index.ts'
import { formOf } from '../../../web/index.ts'
import type { PrivacyContext } from '../context.ts'
import { eraseAll, openBoxOrders, type BoxChoice } from '../eraseAll.ts'
import { certificateOf } from '../queries.ts'
import { closed, ErasedPage, ErasePage } from '../requestPages.tsx'
import { en } from '../words.ts'

type Open = { readonly persons: readonly PersonId[]; readonly path: string }
type WithPersons = (ctx: PrivacyContext, c: Context, use: (open: Open) => Promise<Response>) => Promise<Response>

/** Erasing everything of an address, and the certificate. */
export function eraseRoutes(ctx: PrivacyContext, withPersons: WithPersons): Hono {
  return new Hono()
    .get('/p/open/:token/erase', (c) => withPersons(ctx, c, (open) => askErase(ctx, c, open)))
    .post('/p/open/:token/erase', (c) => withPersons(ctx, c, (open) => doErase(ctx, c, open)))
    .get('/p/erased/:token', (c) => showCertificate(ctx, c))
}

async function askErase(
  ctx: PrivacyContext,
  c: Context,
  { persons, path, wrong = false }: { persons: readonly PersonId[]; path: string; wrong?: boolean },
): Promise<Response> {
  if (persons.length === 0) return closed(ctx, c)
  const open = await openBoxOrders(ctx, persons)
  const grounds = (await Promise.all(persons.map((person) => ctx.vault.held(person)))).flat()
  const pending = (await ordersOf(ctx.orders.db.query, persons)).filter((order) => order.headline === 'pending')
  return c.html(
    <ErasePage
      ctx={ctx}
      path={path}
      openOrders={open.map((order) => order.number)}
      pending={pending.map((order) => order.number)}
      stays={whatStays(ctx, grounds)}
      wrong={wrong}
    />,
    wrong ? 422 : 200,
  )
}

/** What the law makes us keep, in words that the policy gives; undefined when nothing stays. */
function whatStays(ctx: PrivacyContext, grounds: readonly Holding[]): string | undefined {
  const tax = grounds.find((ground) => ground.class === 'tax')
  if (!tax) return undefined
  const fields = Object.keys(ctx.policy.purposes.tax?.fields ?? {}) as Field[]
  const labels = fields.map((field) => ctx.policy.fields[field].label.en.toLowerCase())
  return en.eraseStays(
    labels,
    tax.until ? en.untilDay(ctx.web.dates.day(tax.until)) : untilText(clockOf(ctx.policy, 'tax')),
  )
}

async function doErase(
  ctx: PrivacyContext,
  c: Context,
  { persons, path }: { persons: readonly PersonId[]; path: string },
): Promise<Response> {
  // Whoever was erased by another tab is gone from the link: nothing is left that a certificate could speak of.
  if (persons.length === 0) return closed(ctx, c)
  const sent = formOf(c)['choice']
  const choice: BoxChoice = sent === 'after' || sent === 'cancel' ? sent : undefined
  const done = await eraseAll(ctx, { persons, choice })
  if (done.outcome === 'choose') return askErase(ctx, c, { persons, path, wrong: true })
  return c.redirect(`/p/erased/${done.certificate}`, 303)
}

async function showCertificate(ctx: PrivacyContext, c: Context): Promise<Response> {
  const certificate = await certificateOf(ctx.db.query, hashToken(c.req.param('token') ?? ''), ctx.now())
  return certificate ? c.html(<ErasedPage ctx={ctx} certificate={certificate} />) : closed(ctx, c)
}

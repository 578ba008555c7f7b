import { Hono, type Context } from 'hono'
import { formOf, type AtDesk, type RailItem } from '../../web/index.ts'
import type { RetentionContext } from './context.ts'
import { RetentionPage } from './pages.tsx'
import { runsWorthSeeing } from './queries.ts'
import { lookAhead, runRetention } from './run.ts'
import { en } from './words.ts'

const HERE = '/desk/retention'

/** The page of the clocks. */
export function retentionRoutes(ctx: RetentionContext): Hono {
  return new Hono()
    .get(HERE, (c) => ctx.desk.at(c, (at) => show(ctx, c, at)))
    .post(HERE, (c) => ctx.desk.at(c, (at) => run(ctx, c, at)))
}

/** The rail's entry. */
export function retentionRail(): RailItem {
  return { href: HERE, label: en.rail }
}

async function show(ctx: RetentionContext, c: Context, at: AtDesk): Promise<Response> {
  const ahead = await lookAhead(ctx)
  const past = await runsWorthSeeing(ctx.db.query, 30)
  return c.html(<RetentionPage ctx={ctx} at={at} ahead={ahead} past={past} />)
}

/** Only the owner may let a run go on that was held. */
async function run(ctx: RetentionContext, c: Context, { staff }: AtDesk): Promise<Response> {
  const asked = formOf(c)['do']
  await runRetention(ctx, asked === 'anyway' && staff.role === 'owner')
  return c.redirect(HERE, 303)
}

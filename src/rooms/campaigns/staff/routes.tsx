import { Hono, type Context } from 'hono'
import { isId, newId, readableCode } from '../../../lib/index.ts'
import { asDownload, formOf, refuse, type AtDesk } from '../../../web/index.ts'
import type { CampaignContext } from '../context.ts'
import { addCampaign, campaignById, campaigns, changeDraft, dropDraft, marksOf, type Campaign } from '../queries.ts'
import { refOf } from '../refs.ts'
import { countAudience } from '../send/audience.ts'
import { sendTest } from '../send/compose.ts'
import { finish, goOn, pause, sendUnknownAgain, start } from '../send/deeds.ts'
import { recipientCounts } from '../send/queries.ts'
import { nextCall, noteOutcome, showCall } from '../calls/routes.tsx'
import { readDraft, type ReadDraft } from './draft.ts'
import { listRoutes } from '../lists/routes.tsx'
import { deskPath, DraftPage, ListPage, pathOf, type Work } from './pages.tsx'
import { printRun } from './print.ts'
import { RunPage, type Run } from './runPage.tsx'

const one = `${deskPath}/:id`

/** The desk's campaign pages. */
export function deskRoutes(ctx: CampaignContext): Hono {
  return new Hono()
    .get(deskPath, (c) => ctx.desk.at(c, (at) => list(ctx, c, { at })))
    .post(deskPath, (c) => ctx.desk.at(c, (at) => make(ctx, c, at)))
    .route('/', listRoutes(ctx))
    .route('/', stepRoutes(ctx))
    .route('/', workRoutes(ctx))
}

const steps = { start, pause, 'go-on': goOn, finish, again: sendUnknownAgain }

/** Each step of a campaign is a button that leads back to its page. */
function stepRoutes(ctx: CampaignContext): Hono {
  const routes = new Hono()
  for (const [name, step] of Object.entries(steps))
    routes.post(`${one}/${name}`, (c) =>
      withCampaign(ctx, c, async ({ campaign }) => {
        await step(ctx, campaign.id)
        return c.redirect(pathOf(campaign), 303)
      }),
    )
  return routes
}

function workRoutes(ctx: CampaignContext): Hono {
  type Deed = (ctx: CampaignContext, work: Work) => Promise<Response>
  const on = (deed: Deed) => (c: Context) => withCampaign(ctx, c, (work) => deed(ctx, work))
  return new Hono()
    .get(one, on(show))
    .post(one, on(save))
    .post(`${one}/test`, on(test))
    .post(`${one}/drop`, on(drop))
    .post(`${one}/print`, on(print))
    .get(`${one}/calls`, on(showCall))
    .post(`${one}/calls`, on(nextCall))
    .post(`${one}/calls/outcome`, on(noteOutcome))
}

function withCampaign(ctx: CampaignContext, c: Context, deed: (work: Work) => Promise<Response>): Promise<Response> {
  return ctx.desk.at(c, async (at) => {
    const id = c.req.param('id') ?? ''
    const campaign = isId(id) ? await campaignById(ctx.db.query, id) : undefined
    return campaign ? deed({ c, at, campaign }) : refuse(c, ctx.web, 404)
  })
}

type Listed = { at: AtDesk; wrong?: Extract<ReadDraft, { ok: false }> }

async function list(ctx: CampaignContext, c: Context, { at, wrong }: Listed): Promise<Response> {
  const all = await campaigns(ctx.db.query)
  return c.html(<ListPage ctx={ctx} at={at} all={all} {...wrong} />, wrong ? 422 : 200)
}

async function make(ctx: CampaignContext, c: Context, at: AtDesk): Promise<Response> {
  const read = readDraft(ctx, formOf(c))
  if (!read.ok) return list(ctx, c, { at, wrong: read })
  const now = ctx.now()
  const id = newId<'campaign'>(now)
  const made = { ...read.draft, id, code: `N${readableCode(5)}`, madeAt: now, madeBy: at.staff.id }
  await addCampaign(ctx.db.query, made)
  return c.redirect(pathOf({ id }), 303)
}

async function show(ctx: CampaignContext, { c, at, campaign }: Work): Promise<Response> {
  if (campaign.state === 'draft') return showDraft(ctx, { c, at, campaign })
  return c.html(<RunPage ctx={ctx} at={at} run={await runOf(ctx, campaign)} />)
}

type Draft = Work & {
  readonly wrong?: Extract<ReadDraft, { ok: false }>
  readonly tested?: boolean
  /** Whether those of one country are to be counted, for which each is looked at. */
  readonly looks?: boolean
}

async function showDraft(ctx: CampaignContext, draft: Draft): Promise<Response> {
  const { c, at, campaign, wrong, tested = false, looks = false } = draft
  const audience = await countAudience(ctx, campaign, looks ? at.staff : undefined)
  const page = { campaign, audience, tested, counted: looks, ...wrong }
  return c.html(<DraftPage ctx={ctx} at={at} {...page} />, wrong ? 422 : 200)
}

async function runOf(ctx: CampaignContext, campaign: Campaign): Promise<Run> {
  return {
    campaign,
    recipients: await recipientCounts(ctx.db.query, campaign.id),
    tally: await ctx.contact.many.tally(refOf(campaign.id)),
    marks: await marksOf(ctx.db.query, campaign.id),
  }
}

async function save(ctx: CampaignContext, work: Work): Promise<Response> {
  const { c, campaign } = work
  const read = readDraft(ctx, formOf(c))
  if (!read.ok && campaign.state === 'draft') return showDraft(ctx, { ...work, wrong: read })
  const saved = read.ok && (await changeDraft(ctx.db.query, campaign.id, read.draft))
  return saved
    ? goOnWith(ctx, { ...work, campaign: { ...campaign, ...read.draft } })
    : c.redirect(pathOf(campaign), 303)
}

/** What was typed is saved whichever button was pressed. */
async function goOnWith(ctx: CampaignContext, work: Work): Promise<Response> {
  const wanted = formOf(work.c)['do']
  if (wanted === 'test') return test(ctx, work)
  if (wanted === 'count') return showDraft(ctx, { ...work, looks: true })
  if (wanted === 'start') await start(ctx, work.campaign.id)
  return work.c.redirect(pathOf(work.campaign), 303)
}

async function test(ctx: CampaignContext, work: Work): Promise<Response> {
  const { c, campaign } = work
  if (campaign.state !== 'draft' || campaign.channel !== 'mail') return c.redirect(pathOf(campaign), 303)
  await sendTest(ctx, campaign.id)
  return showDraft(ctx, { ...work, tested: true })
}

async function drop(ctx: CampaignContext, { c, campaign }: Work): Promise<Response> {
  await dropDraft(ctx.db.query, campaign.id)
  return c.redirect(deskPath, 303)
}

/** The print is made anew each time, so that who said no since is not in it; nothing of it is kept. */
async function print(ctx: CampaignContext, { c, at, campaign }: Work): Promise<Response> {
  if (campaign.state !== 'sending' || campaign.channel !== 'post') return c.redirect(pathOf(campaign), 303)
  const what = formOf(c)['what'] === 'labels' ? 'labels' : 'letters'
  const bytes = await printRun(ctx, campaign, { what, actor: at.staff })
  return asDownload(c, { name: `${what}.pdf`, bytes, type: 'application/pdf' })
}

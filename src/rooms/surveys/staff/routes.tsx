import { Hono, type Context } from 'hono'
import { isId } from '../../../lib/index.ts'
import { asDownload, formOf, refuse, type AtDesk, oneText } from '../../../web/index.ts'
import { invitedCount, namedCount } from '../answer/queries.ts'
import { ballotsOf } from '../box/opened.ts'
import type { SurveysContext } from '../context.ts'
import { fileJson, readDefinition, readFileText } from '../form/definition.ts'
import { invite } from '../invite.ts'
import { changeDraft, dropDraft, surveyById, surveys, type Survey } from '../queries.ts'
import { countsCsv } from '../results/csv.ts'
import { judgeText } from '../results/judgeText.ts'
import { resultsOf } from '../results/look.ts'
import { namedSheets } from '../results/named.ts'
import { NamedPage } from '../results/namedPage.tsx'
import { ResultsPage } from '../results/page.tsx'
import { draft } from './drafts.ts'
import { CalledOffPage, deskPath, DraftPage, ListPage, OpenPage, pathOf, seenMark } from './pages.tsx'
import { callOff, close, publish, terms } from './publish.ts'
import { readDraft } from './readDraft.ts'
import { en } from './words.ts'

type Work = { readonly c: Context; readonly at: AtDesk; readonly survey: Survey }

/** The desk's survey pages. */
export function deskRoutes(ctx: SurveysContext): Hono {
  const one = `${deskPath}/:id`
  const on = (deed: (work: Work) => Promise<Response> | Response) => (c: Context) => withSurvey(ctx, c, deed)
  return new Hono()
    .get(deskPath, (c) => ctx.desk.at(c, (at) => list(ctx, c, at)))
    .post(deskPath, (c) => ctx.desk.at(c, (at) => start(ctx, c, at)))
    .post(`${deskPath}/import`, (c) => ctx.desk.at(c, (at) => takeIn(ctx, c, at)))
    .get(`${one}/questions.json`, on(giveQuestions))
    .get(
      `${one}/results.csv`,
      on((work) => giveCounts(ctx, work)),
    )
    .get(
      one,
      on((work) => show(ctx, work)),
    )
    .post(
      one,
      on((work) => save(ctx, work)),
    )
    .get(
      `${one}/answers`,
      on((work) => showNamed(ctx, work)),
    )
    .post(
      `${one}/publish`,
      on((work) => doPublish(ctx, work)),
    )
    .post(
      `${one}/discard`,
      on((work) => discard(ctx, work)),
    )
    .post(
      `${one}/invite`,
      on((work) => doInvite(ctx, work)),
    )
    .post(
      `${one}/texts`,
      on((work) => judge(ctx, work)),
    )
    .post(
      `${one}/close`,
      on(({ c, survey }) => then(c, survey, close(ctx, survey.id))),
    )
    .post(
      `${one}/call-off`,
      on(({ c, survey }) => then(c, survey, callOff(ctx, survey.id))),
    )
}

async function withSurvey(
  ctx: SurveysContext,
  c: Context,
  deed: (work: Work) => Promise<Response> | Response,
): Promise<Response> {
  return ctx.desk.at(c, async (at) => {
    const id = c.req.param('id')
    const survey = isId(id) ? await surveyById(ctx.db.query, id) : undefined
    return survey ? deed({ c, at, survey }) : refuse(c, ctx.web, 404)
  })
}

/** Whatever the deed came to, the survey's page says how it stands now. */
async function then(c: Context, survey: Survey, deed: Promise<unknown>): Promise<Response> {
  await deed
  return c.redirect(pathOf(survey), 303)
}

async function list(ctx: SurveysContext, c: Context, at: AtDesk): Promise<Response> {
  return c.html(<ListPage ctx={ctx} at={at} all={await surveys(ctx.db.query)} />)
}

async function start(ctx: SurveysContext, c: Context, at: AtDesk): Promise<Response> {
  const title = oneText(formOf(c), 'title')
  const read = readDefinition({ title, intro: '', questions: [] })
  if (!read.ok) return listAgain(ctx, c, { at, title, errors: { title: en.faults.title } })
  return c.redirect(pathOf({ id: await draft(ctx, read.definition) }), 303)
}

async function takeIn(ctx: SurveysContext, c: Context, at: AtDesk): Promise<Response> {
  const file = oneText(formOf(c), 'file')
  const read = readFileText(file)
  if (read.ok) return c.redirect(pathOf({ id: await draft(ctx, read.definition) }), 303)
  return listAgain(ctx, c, { at, file, errors: { file: en.importFaults(read.faults.slice(0, 5)) } })
}

type Refused = { at: AtDesk; title?: string; file?: string; errors: { title?: string; file?: string } }

/** The list with what was typed and what is wrong with it. */
async function listAgain(ctx: SurveysContext, c: Context, typed: Refused): Promise<Response> {
  return c.html(<ListPage ctx={ctx} {...typed} all={await surveys(ctx.db.query)} />, 422)
}

async function show(ctx: SurveysContext, { c, at, survey }: Work, done?: string): Promise<Response> {
  switch (survey.standing) {
    case 'draft':
      return c.html(<DraftPage ctx={ctx} at={at} survey={survey} />)
    case 'open':
      return c.html(<OpenPage ctx={ctx} at={at} survey={survey} done={done} {...await countsOf(ctx, survey)} />)
    case 'closed':
      return c.html(
        <ResultsPage ctx={ctx} at={at} survey={survey} results={await resultsOf(ctx, survey, actorOf(at))} />,
      )
    case 'calledOff':
      return c.html(<CalledOffPage ctx={ctx} at={at} survey={survey} />)
  }
}

const actorOf = ({ staff }: AtDesk) => ({ role: staff.role, id: staff.id })

async function countsOf(ctx: SurveysContext, { id, mode }: Survey): Promise<{ answers: number; invitations: number }> {
  const answers = mode === 'named' ? await namedCount(ctx.db.query, id) : (await ballotsOf(ctx, id)).length
  return { answers, invitations: await invitedCount(ctx.db.query, id) }
}

async function save(ctx: SurveysContext, work: Work): Promise<Response> {
  const { c, at, survey } = work
  const read = readDraft(formOf(c))
  if (survey.standing !== 'draft') return show(ctx, work)
  if (!read.ok)
    return c.html(<DraftPage ctx={ctx} at={at} survey={survey} typed={read.typed} errors={read.errors} />, 422)
  return then(c, survey, changeDraft(ctx.db.query, survey.id, fileJson(read.definition)))
}

function discard(ctx: SurveysContext, { c, survey }: Work): Promise<Response> {
  return dropDraft(ctx.db.query, survey.id).then((gone) => c.redirect(gone ? deskPath : pathOf(survey), 303))
}

async function doPublish(ctx: SurveysContext, { c, at, survey }: Work): Promise<Response> {
  const sent = formOf(c)
  const mode = (['anonymous', 'named'] as const).find((one) => one === sent['mode'])
  const term = terms.find((one) => one === sent['term'])
  const isSeen = sent['seen'] === seenMark(survey) && survey.standing === 'draft'
  if (mode && term && isSeen && survey.definition.questions.length > 0)
    return then(c, survey, publish(ctx, { survey, mode, term }))
  if (survey.standing !== 'draft') return c.redirect(pathOf(survey), 303)
  const wrong = isSeen ? en.chooseMode : en.changed
  return c.html(<DraftPage ctx={ctx} at={at} survey={survey} wrong={wrong} />, 422)
}

async function doInvite(ctx: SurveysContext, work: Work): Promise<Response> {
  const product = ctx.products.find(({ id }) => id === formOf(work.c)['product'])
  if (!product || work.survey.standing !== 'open') return show(ctx, work)
  const { invited, notAgain } = await invite(ctx, work.survey, product)
  return show(ctx, work, en.invited(invited, notAgain))
}

async function judge(ctx: SurveysContext, { c, survey }: Work): Promise<Response> {
  const { ref, do: verdict } = formOf(c)
  if (survey.standing !== 'closed' || typeof ref !== 'string') return c.redirect(pathOf(survey), 303)
  return then(c, survey, judgeText(ctx, survey, { ref, verdict: verdict === 'pass' ? 'pass' : 'remove' }))
}

/** Answers under a name, with whose they are: opened for whoever looks, which is logged. */
async function showNamed(ctx: SurveysContext, { c, at, survey }: Work): Promise<Response> {
  if (survey.mode !== 'named' || survey.standing === 'calledOff') return refuse(c, ctx.web, 404)
  const page = Math.max(1, Number(/^\d{1,4}$/.exec(c.req.query('page') ?? '1')?.[0] ?? 1))
  const { sheets, more } = await namedSheets(ctx, survey, { page, actor: actorOf(at) })
  return c.html(<NamedPage ctx={ctx} at={at} survey={survey} sheets={sheets} page={page} more={more} />)
}

function giveQuestions({ c, survey }: Work): Response {
  const bytes = Buffer.from(fileJson(survey.definition))
  return asDownload(c, { name: `${survey.slug}.json`, bytes, type: 'application/json' })
}

async function giveCounts(ctx: SurveysContext, { c, at, survey }: Work): Promise<Response> {
  if (survey.standing !== 'closed') return refuse(c, ctx.web, 404)
  const { tally } = await resultsOf(ctx, survey, actorOf(at))
  if (tally.outcome === 'tooFew') return refuse(c, ctx.web, 404)
  const bytes = Buffer.from(countsCsv(tally))
  return asDownload(c, { name: `${survey.slug}.csv`, bytes, type: 'text/csv; charset=utf-8' })
}

import { Hono, type Context } from 'hono'
import { isId } from '../../../lib/index.ts'
import type { Field, Purpose } from '../../../policy/index.ts'
import { formOf, refuse, type AtDesk, type FormBody, type RailItem } from '../../../web/index.ts'
import { ask, aboutOf, type NewQuestion } from '../ask.ts'
import { askable } from '../askable.ts'
import type { About, Kind, QuestionContext } from '../context.ts'
import { AskPage, ListPage } from './pages.tsx'
import { newestQuestions, waitingQuestions } from '../queries.ts'
import type { Reason } from '../tables.ts'
import { en } from '../words.ts'

const PATH = '/desk/questions'
const MOST_LETTERS = 500

/** The desk's pages: what was asked of whom, and asking. */
export function deskRoutes(ctx: QuestionContext): Hono {
  return new Hono()
    .get(PATH, (c) => ctx.desk.at(c, (at) => showList(ctx, c, at)))
    .get(`${PATH}/:kind/:id`, (c) =>
      ctx.desk.at(c, (at) => withAbout(ctx, c, (work) => showAsk(ctx, c, { at, ...work }))),
    )
    .post(`${PATH}/:kind/:id`, (c) =>
      ctx.desk.at(c, (at) => withAbout(ctx, c, (work) => takeAsk(ctx, c, { at, ...work }))),
    )
}

/** The rail's entry of this room, with how many questions wait. */
export async function questionsRail(ctx: QuestionContext): Promise<RailItem> {
  return { href: PATH, label: en.railLabel, count: await waitingQuestions(ctx.db.query) }
}

async function showList(ctx: QuestionContext, c: Context, at: AtDesk): Promise<Response> {
  const questions = await newestQuestions(ctx.db.query, 100)
  const rows = await Promise.all(questions.map(async (question) => ({ question, about: await aboutOf(ctx, question) })))
  return c.html(<ListPage ctx={ctx} at={at} rows={rows} />)
}

type Work = { readonly about: About; readonly ref: string; readonly path: string }
type AtWork = Work & { readonly at: AtDesk }

async function withAbout(ctx: QuestionContext, c: Context, use: (work: Work) => Promise<Response>): Promise<Response> {
  const { kind = '', id = '' } = c.req.param() as { kind?: string; id?: string }
  const isKind = kind === 'order' || kind === 'ticket'
  const about = isKind && isId(id) ? await ctx.about(kind as Kind, id) : undefined
  return about ? use({ about, ref: `${kind}:${id}`, path: `${PATH}/${kind}/${id}` }) : refuse(c, ctx.web, 404)
}

type Typed = { readonly values?: FormBody; readonly errors?: Readonly<Record<string, string>> }

async function showAsk(
  ctx: QuestionContext,
  c: Context,
  { at, about, ref, path, ...typed }: AtWork & Typed,
): Promise<Response> {
  const open = await askable(ctx, { person: about.person, about: ref }, at.staff)
  const page = <AskPage ctx={ctx} at={at} about={about} path={path} askable={open} {...typed} />
  return c.html(page, typed.errors ? 422 : 200)
}

async function takeAsk(ctx: QuestionContext, c: Context, work: AtWork): Promise<Response> {
  const values = formOf(c)
  const read = readAsk(values)
  if ('errors' in read) return showAsk(ctx, c, { ...work, values, errors: read.errors })
  // Each purpose has a question of its own, so that a person can answer one and decline the other.
  for (const [purpose, fields] of read.byPurpose) {
    const asked: NewQuestion = { ...read.asked, person: work.about.person, about: work.ref, purpose, fields }
    const done = await ask(ctx, asked, work.at.staff)
    if (done !== 'asked') return showAsk(ctx, c, { ...work, values, errors: { form: en.chooseFields } })
  }
  return c.redirect(PATH, 303)
}

type ReadAsk =
  | { readonly errors: Readonly<Record<string, string>> }
  | {
      readonly asked: Pick<NewQuestion, 'reason' | 'sentence' | 'period'>
      readonly byPurpose: ReadonlyMap<Purpose, Field[]>
    }

/** Reads what staff chose. Shape: each chosen field is sent as `purpose.field`. */
function readAsk(sent: FormBody): ReadAsk {
  const chosen = [sent['field'] ?? []].flat()
  const { reason, sentence = '', period } = sent
  const text = String(sentence).trim()
  const errors = {
    ...(chosen.length === 0 && { field: en.chooseFields }),
    ...(!Object.hasOwn(en.reasons, String(reason)) && { reason: en.chooseReason }),
    ...(text.length > MOST_LETTERS && { sentence: en.tooLong }),
    ...(!Object.hasOwn(en.periods, String(period)) && { period: en.untilLegend }),
  }
  if (Object.keys(errors).length > 0) return { errors }
  const asked = { reason: reason as Reason, sentence: text, period: period as NewQuestion['period'] }
  return { asked, byPurpose: byPurposeOf(chosen) }
}

function byPurposeOf(chosen: readonly string[]): ReadonlyMap<Purpose, Field[]> {
  const byPurpose = new Map<Purpose, Field[]>()
  for (const one of chosen) {
    const [purpose, field] = one.split('.') as [Purpose, Field]
    byPurpose.set(purpose, [...(byPurpose.get(purpose) ?? []), field])
  }
  return byPurpose
}

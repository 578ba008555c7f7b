import { Hono, type Context } from 'hono'
import { fill, formOf, linkPaths } from '../../web/index.ts'
import { answer, decline, formOfQuestion, questionOf, sentenceOf } from './answer.ts'
import { aboutOf } from './ask.ts'
import type { About, QuestionContext } from './context.ts'
import { deskRoutes } from './asking/routes.tsx'
import { AskedPage, EndedPage } from './pages.tsx'
import type { Question } from './queries.ts'
import { en } from './words.ts'

/** Questions to people: the page of the mailed link, and the desk's pages. */
export function questionRoutes(ctx: QuestionContext): Hono {
  return new Hono()
    .route('/', deskRoutes(ctx))
    .get('/a/:token', (c) => withQuestion(ctx, c, (open) => show(ctx, c, { open })))
    .post('/a/:token', (c) => withQuestion(ctx, c, (open) => takeAnswer(ctx, c, open)))
    .post('/a/:token/decline', (c) => withQuestion(ctx, c, (open) => takeDecline(ctx, c, open)))
}

type Open = { readonly question: Question; readonly about: About; readonly path: string }

/** A question that was answered or declined says so as long as its link lives; nothing can be changed by it any more. */
async function withQuestion(
  ctx: QuestionContext,
  c: Context,
  use: (open: Open) => Promise<Response>,
): Promise<Response> {
  const token = c.req.param('token') ?? ''
  const question = await questionOf(ctx, token)
  const about = question && (await aboutOf(ctx, question))
  if (question?.outcome) return c.html(<EndedPage ctx={ctx} outcome={question.outcome} />)
  if (!question || !about) return c.html(<EndedPage ctx={ctx} outcome={undefined} />, 410)
  return use({ question, about, path: linkPaths.asked + token })
}

type Shown = {
  readonly open: Open
  readonly values?: Readonly<Record<string, string | undefined>>
  readonly errors?: Readonly<Record<string, string>>
}

async function show(ctx: QuestionContext, c: Context, { open, ...typed }: Shown): Promise<Response> {
  const form = formOfQuestion(ctx, open.question)
  const sentence = await sentenceOf(ctx, open.question)
  return c.html(<AskedPage ctx={ctx} {...open} form={form} sentence={sentence} {...typed} />, typed.errors ? 422 : 200)
}

async function takeAnswer(ctx: QuestionContext, c: Context, open: Open): Promise<Response> {
  const { countries, web } = ctx
  const form = formOfQuestion(ctx, open.question)
  const filled = fill(form, formOf(c), { notice: web.policyVersion(), countries })
  if (!filled.ok) return show(ctx, c, { open, values: filled.values, errors: filled.errors })
  const done = await answer(ctx, open.question, filled.value)
  if (done === 'answered' || done === 'over') return c.redirect(open.path, 303)
  return show(ctx, c, { open, values: filled.value, errors: { form: en[done] } })
}

async function takeDecline(ctx: QuestionContext, c: Context, { question, path }: Open): Promise<Response> {
  await decline(ctx, question)
  return c.redirect(path, 303)
}

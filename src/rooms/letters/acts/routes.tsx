import { Hono, type Context } from 'hono'
import { isId, newId } from '../../../lib/index.ts'
import { asDownload, fill, formOf, type FormBody, refuse, type AtDesk, oneText } from '../../../web/index.ts'
import { askRight, deceased, moved, putAway, returned, type Act, type ReportedBy } from './deeds.ts'
import { printAnswer, type PrintedAnswer } from '../answers/print.ts'
import { writeAnswer } from '../answers/write.ts'
import type { LettersContext, RequestKind } from '../context.ts'
import { countries } from '../countries.ts'
import { addressForm, type Refused } from '../arrive/form.ts'
import { answerById, type LetterRow } from '../queries.ts'
import type { Shown } from '../pages/letter.tsx'
import { en } from '../words.ts'

const PATH = '/desk/letters/:id'

type Ways = {
  readonly withLetter: (
    ctx: LettersContext,
    c: Context,
    use: (row: LetterRow) => Promise<Response>,
  ) => Promise<Response>
  readonly showLetter: (ctx: LettersContext, c: Context, shown: Shown) => Promise<Response>
}

/** What a deed came to: done, a form to be shown again, or why not. */
type Came = { readonly done: true } | { readonly refused: Refused } | { readonly saying: string }
type Deed = (ctx: LettersContext, c: Context, act: Act) => Promise<Came>

const done: Came = { done: true }

/** What can be done about one letter: each is a form that comes back to its page. */
export function actRoutes(ctx: LettersContext, ways: Ways): Hono {
  const on = (deed: Deed) => (c: Context) =>
    ctx.desk.at(c, (at) => ways.withLetter(ctx, c, (row) => run(c, { at, row }, deed)))
  const run = async (c: Context, { at, row }: { at: AtDesk; row: LetterRow }, deed: Deed): Promise<Response> => {
    const came = await deed(ctx, c, { row, staff: at.staff })
    if ('done' in came) return c.redirect(`/desk/letters/${row.id}`, 303)
    return ways.showLetter(ctx, c, { at, row, ...came })
  }
  const print = (c: Context): Promise<Response> =>
    ctx.desk.at(c, (at) => ways.withLetter(ctx, c, (row) => printed(ctx, c, { at, row, ways })))
  return new Hono()
    .post(`${PATH}/answer`, on(answer))
    .post(`${PATH}/answers/:answer/print`, print)
    .post(`${PATH}/returned`, on(cameBack))
    .post(`${PATH}/moved`, on(move))
    .post(`${PATH}/deceased`, on(die))
    .post(`${PATH}/right`, on(right))
    .post(
      `${PATH}/done`,
      on(async (_, __, act) => (await putAway(ctx, act), done)),
    )
}

const answer: Deed = async (ctx, c, act) => {
  const text = oneText(formOf(c), 'answer').trim().replaceAll('\r\n', '\n')
  const way = oneText(formOf(c), 'way')
  const isWay = way === 'post' || way === 'mail'
  const errors = {
    ...(text === '' || text.length > 8000 ? { answer: en.errors.answer } : {}),
    ...(isWay ? {} : { way: en.errors.way }),
  }
  if (!isWay || Object.keys(errors).length > 0) return { refused: { values: { answer: text, way }, errors } }
  const written = await writeAnswer(ctx, act, { id: formId(ctx, formOf(c)), text, way })
  if (written === 'written') return done
  const wrong = written === 'noMail' ? { way: en.errors.noMail } : { answer: en.refusals.gone }
  return { refused: { values: { answer: text, way }, errors: wrong } }
}

/** The id that the form was made with, so that the same form lands on what it did the first time. */
function formId(ctx: LettersContext, body: FormBody): string {
  const sent = oneText(body, 'form')
  return isId<'form'>(sent) ? sent : newId<'form'>(ctx.now())
}

const cameBack: Deed = async (ctx, _, act) =>
  (await returned(ctx, act)) === 'done' ? done : { saying: en.refusals.noAddress }

const move: Deed = async (ctx, c, act) => {
  const body = formOf(c)
  const notice = ctx.web.policyVersion()
  const filled = fill(addressForm(ctx.policy), body, { notice, also: ['known'], countries })
  const known = oneText(body, 'known').trim()
  if (!filled.ok) return { refused: { form: 'moved', values: { ...filled.values, known }, errors: filled.errors } }
  const corrected = await moved(ctx, act, { known, address: filled.value })
  if (corrected > 0) return done
  const wrong = known ? { known: en.refusals.notHeldUnder } : { street: en.refusals.notHeld }
  return { refused: { form: 'moved', values: { ...filled.value, known }, errors: wrong } }
}

const die: Deed = async (ctx, c, act) => {
  const [by, known] = [oneText(formOf(c), 'by').trim(), oneText(formOf(c), 'known').trim()]
  if (!Object.hasOwn(en.reportedBy, by))
    return { refused: { form: 'deceased', values: { known }, errors: { by: en.errors.by } } }
  const came = await deceased(ctx, act, { known, by: by as ReportedBy })
  if (came === 'done') return done
  return { refused: { form: 'deceased', values: { by, known }, errors: { known: en.refusals.nobody } } }
}

const right: Deed = async (ctx, c, act) => {
  const kind = oneText(formOf(c), 'right')
  if (!Object.hasOwn(en.rights, kind)) return { refused: { values: {}, errors: { right: en.errors.right } } }
  await askRight(ctx, act, { kind: kind as RequestKind, form: formId(ctx, formOf(c)) })
  return done
}

async function printed(
  ctx: LettersContext,
  c: Context,
  { at, row, ways }: { at: AtDesk; row: LetterRow; ways: Ways },
): Promise<Response> {
  const id = c.req.param('answer')
  const found = isId<'answer'>(id) ? await answerById(ctx.db.query, id) : undefined
  if (found?.letter !== row.id || found.way !== 'post') return refuse(c, ctx.web, 404)
  const came = await printAnswer(ctx, { row, staff: at.staff }, found)
  if (came.outcome !== 'printed') return ways.showLetter(ctx, c, { at, row, saying: whyNot(came) })
  const bytes = Buffer.concat((await came.pdf.toArray()) as Buffer[])
  return asDownload(c, { name: `${en.reference(row.id)}.pdf`, bytes, type: 'application/pdf' })
}

function whyNot(came: Exclude<PrintedAnswer, { outcome: 'printed' }>): string {
  if (came.outcome === 'unprintable') return en.refusals.unprintable(came.signs.join(' '))
  if (came.outcome === 'mayNot') return en.refusals.mayNot(came.because)
  return en.refusals[came.outcome]
}

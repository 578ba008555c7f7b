import { Hono, type Context } from 'hono'
import { newToken } from '../../../lib/index.ts'
import { formFor, type FormField } from '../../../policy/index.ts'
import { fill, formOf, linkPaths, openLink, refuse, type Filled, oneText } from '../../../web/index.ts'
import type { SurveysContext } from '../context.ts'
import { namesOf, readAnswers, type Answers } from '../form/read.ts'
import { isOpen, surveyById, surveyBySlug, type Survey } from '../queries.ts'
import { hasObjected } from '../objections.ts'
import { en } from '../words.ts'
import { EndPage, ONCE_FIELD, SurveyPage, ThanksPage, WithdrawnPage, WithdrawPage, withdrawPath } from './pages.tsx'
import { invitationById, type InvitationId } from './queries.ts'
import { isOnce } from './receipt.ts'
import { takeAnswer } from './take.ts'
import { takeNamed, type NamedTaken } from './takeNamed.ts'
import { withdraw } from './withdraw.ts'

/** A survey as somebody came to it. Shape: `invitation` is absent on the open link. */
type Asked = { readonly survey: Survey; readonly path: string; readonly invitation?: InvitationId }

/** The survey pages that people see: by the open link, by an invitation, and to take an answer back. */
export function answerRoutes(ctx: SurveysContext): Hono {
  return new Hono()
    .get(withdrawPath, (c) => c.html(<WithdrawPage ctx={ctx} />))
    .post(withdrawPath, (c) => takeBack(ctx, c))
    .get('/surveys/:slug', (c) => byOpenLink(ctx, c, (asked) => show(ctx, c, asked)))
    .post('/surveys/:slug', (c) => byOpenLink(ctx, c, (asked) => take(ctx, c, asked)))
    .get(`${linkPaths.survey}:token`, (c) => byInvitation(ctx, c, (asked) => show(ctx, c, asked)))
    .post(`${linkPaths.survey}:token`, (c) => byInvitation(ctx, c, (asked) => take(ctx, c, asked)))
}

type Use = (asked: Asked) => Promise<Response> | Response

async function byOpenLink(ctx: SurveysContext, c: Context, use: Use): Promise<Response> {
  const survey = await surveyBySlug(ctx.db.query, c.req.param('slug') ?? '')
  if (!survey) return refuse(c, ctx.web, 404)
  const open = isOpen(survey, ctx.now())
  return open ? use({ survey, path: `/surveys/${survey.slug}` }) : end(ctx, c, { outcome: 'ended', survey })
}

async function byInvitation(ctx: SurveysContext, c: Context, use: Use): Promise<Response> {
  const token = c.req.param('token') ?? ''
  const link = await openLink(ctx.links.query, { kind: 'survey', token, now: ctx.now() })
  const invitation = link?.subject ? await invitationById(ctx.db.query, link.subject) : undefined
  const survey = invitation && (await surveyById(ctx.db.query, invitation.survey))
  if (!survey) return end(ctx, c, { outcome: 'gone' })
  if (!isOpen(survey, ctx.now())) return end(ctx, c, { outcome: 'ended', survey })
  if (await hasObjected(ctx, invitation.person)) return end(ctx, c, { outcome: 'objected' })
  // A form that was sent twice is answered as the one answer that it is, so the used one is told below.
  if (invitation.used && c.req.method !== 'POST') return end(ctx, c, { outcome: 'used', survey })
  return use({ survey, path: linkPaths.survey + token, invitation: invitation.id })
}

/** Only the open link of a survey under a name asks who answers. */
function fieldsOf(ctx: SurveysContext, { survey, invitation }: Asked): FormField[] {
  return survey.mode === 'named' && !invitation ? formFor(ctx.policy, ['survey']) : []
}

function show(ctx: SurveysContext, c: Context, asked: Asked): Response | Promise<Response> {
  const { survey, path, invitation } = asked
  const page = { survey, path, once: newToken(), invited: invitation !== undefined }
  return c.html(<SurveyPage ctx={ctx} {...page} form={fieldsOf(ctx, asked)} />)
}

async function take(ctx: SurveysContext, c: Context, asked: Asked): Promise<Response> {
  const { survey, invitation } = asked
  const body = formOf(c)
  const form = fieldsOf(ctx, asked)
  const read = readAnswers(survey.definition, body)
  const filled = fill(form, body, {
    notice: ctx.web.policyVersion(),
    also: [ONCE_FIELD, ...namesOf(survey.definition)],
  })
  const sentOnce = body[ONCE_FIELD]
  const once = isOnce(sentOnce) ? sentOnce : undefined
  if (!filled.ok || !once || Object.keys(read.errors).length > 0)
    return again(ctx, c, { asked, form, filled, ...read, once: once ?? newToken() })
  const sent = { answers: read.answers, once, invitation }
  const taken =
    survey.mode === 'named'
      ? await takeNamed(ctx, { ...sent, survey, email: filled.value.email, notice: ctx.web.policyVersion() })
      : await takeAnswer(ctx, { ...sent, survey: survey.id })
  if (taken.outcome !== 'taken') return end(ctx, c, { outcome: taken.outcome, survey })
  return c.html(
    <ThanksPage
      ctx={ctx}
      code={taken.code}
      findable={survey.mode === 'named' && (invitation !== undefined || Boolean(filled.value.email))}
    />,
  )
}

type Again = {
  readonly asked: Asked
  readonly form: readonly FormField[]
  readonly filled: Filled
  readonly answers: Answers
  readonly errors: Readonly<Record<string, string>>
  readonly once: string
}

/** The same form with what was sent and what is wrong with it. */
function again(ctx: SurveysContext, c: Context, of: Again): Response | Promise<Response> {
  const { asked, form, filled, answers, once } = of
  const errors = { ...of.errors, ...(filled.ok ? {} : filled.errors) }
  const values = filled.ok ? filled.value : filled.values
  const page = { survey: asked.survey, path: asked.path, once, invited: asked.invitation !== undefined }
  return c.html(<SurveyPage ctx={ctx} {...page} form={form} values={values} answers={answers} errors={errors} />, 422)
}

type End = { readonly outcome: Exclude<NamedTaken['outcome'], 'taken'> | 'objected' | 'gone'; readonly survey?: Survey }

const ends = {
  ended: { title: en.endedTitle, text: en.ended },
  calledOff: { title: en.calledOffTitle, text: en.calledOff },
  used: { title: en.usedTitle, text: en.used },
  objected: { title: en.objectedTitle, text: en.objected },
  left: { title: en.leftTitle, text: en.left },
  full: { title: en.fullTitle, text: en.full },
  gone: { title: en.goneTitle, text: en.gone },
} as const

/** Says why no answer is taken, and gives back what was typed. */
function end(ctx: SurveysContext, c: Context, { outcome, survey }: End): Response | Promise<Response> {
  const why = outcome === 'ended' && survey?.standing === 'calledOff' ? 'calledOff' : outcome
  const anew = outcome === 'used' && survey ? anewIn(ctx, survey) : ''
  return c.html(
    <EndPage ctx={ctx} title={ends[why].title} text={`${ends[why].text} ${anew}`.trim()} typed={wordsIn(c)} />,
    outcome === 'used' ? 409 : 410,
  )
}

/** How to answer anew: an anonymous answer that is taken back leads to no invitation that could be freed with it. */
function anewIn(ctx: SurveysContext, { mode, slug }: Survey): string {
  return mode === 'named' ? en.anewNamed : en.anewAnonymous(`${ctx.web.baseUrl}/surveys/${slug}`)
}

function wordsIn(c: Context): string[] {
  const sent = Object.entries(formOf(c)).filter(([name]) => /^q\d+$/.test(name))
  return sent
    .flatMap(([, value]) => value)
    .filter((text) => !/^\d*$/.test(text))
    .map((text) => text.slice(0, MOST_SHOWN))
}

const MOST_SHOWN = 20_000

async function takeBack(ctx: SurveysContext, c: Context): Promise<Response> {
  const typed = oneText(formOf(c), 'code').slice(0, 100)
  const done = await withdraw(ctx, typed)
  if (done.outcome === 'unknown')
    return c.html(<WithdrawPage ctx={ctx} typed={typed} error={en.withdrawUnknown} />, 422)
  return c.html(<WithdrawnPage ctx={ctx} />)
}

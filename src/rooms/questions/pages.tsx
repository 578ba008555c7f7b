import type { FormField } from '../../policy/index.ts'
import { Btn, ErrorSummary, Fields, Notice, Page, Part, Pii, PostForm, SayPage } from '../../web/index.ts'
import type { About, QuestionContext } from './context.ts'
import type { Question } from './queries.ts'
import { en } from './words.ts'

type AskedProps = {
  readonly ctx: QuestionContext
  readonly path: string
  readonly question: Question
  readonly about: About
  readonly sentence: string | undefined
  readonly form: readonly FormField[]
  readonly values?: Readonly<Record<string, string | undefined>>
  readonly errors?: Readonly<Record<string, string>>
}

/** A question to a person: what, for what, why, until when, and two ways to end it. */
export function AskedPage({ ctx, path, question, about, sentence, form, values = {}, errors = {} }: AskedProps) {
  const purpose = ctx.policy.purposes[question.purpose]?.title.en ?? question.purpose
  return (
    <Page web={ctx.web} title={en.title} noindex wrong={Object.keys(errors).length > 0}>
      <ErrorSummary errors={errors} />
      <div class="stack">
        <h1>{en.title}</h1>
        <p class="lede">{en.lede(ctx.policy.controller.name, about.title)}</p>
      </div>
      <Part id="why" title={en.whyTitle}>
        <p>
          {en.reasons[question.reason]} {en.purpose(purpose)}
        </p>
        {sentence ? (
          <p>
            {en.staffWrote} <Pii>{sentence}</Pii>
          </p>
        ) : null}
        <Notice>{en.needNot(ctx.web.dates.day(question.endsAt))}</Notice>
      </Part>
      <PostForm web={ctx.web} action={path} class="stack g5 narrow">
        <Fields
          notice={ctx.web.policyVersion()}
          form={form}
          values={values}
          errors={errors}
          countries={ctx.countries}
        />
        <Btn>{en.answer}</Btn>
      </PostForm>
      <PostForm web={ctx.web} action={`${path}/decline`} class="stack g3">
        <p class="small muted">{en.declineLede}</p>
        <p>
          <Btn weight="quiet">{en.decline}</Btn>
        </p>
      </PostForm>
    </Page>
  )
}

/** How a question ended, or that its link does not work. */
export function EndedPage({ ctx, outcome }: { ctx: QuestionContext; outcome: keyof typeof en.ended | undefined }) {
  const { title, text } = outcome ? en.ended[outcome] : { title: en.closedTitle, text: en.closed }
  return <SayPage web={ctx.web} title={title} text={text} />
}

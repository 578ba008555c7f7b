import type { FormField } from '../../../policy/index.ts'
import { clauseFor } from '../../../policy/index.ts'
import {
  Btn,
  ErrorSummary,
  Fields,
  Link,
  Notice,
  Page,
  Part,
  PostForm,
  Stamp,
  aria,
  Typed,
  SayPage,
} from '../../../web/index.ts'
import type { SurveysContext } from '../context.ts'
import type { Answers } from '../form/read.ts'
import type { Survey } from '../queries.ts'
import { en } from '../words.ts'
import { Questions } from './questions.tsx'

/** Where answers are taken back. */
export const withdrawPath = '/surveys/withdraw'

/** The field under which a form carries what makes it one answer. */
export const ONCE_FIELD = 'once'

type SurveyProps = {
  ctx: SurveysContext
  survey: Survey
  path: string
  once: string
  invited: boolean
  form: readonly FormField[]
  values?: Readonly<Record<string, string | undefined>>
  answers?: Answers | undefined
  errors?: Readonly<Record<string, string>>
}

/** A survey to fill in: how it is kept first, then the questions. */
export function SurveyPage({ ctx, survey, path, once, invited, form, values, answers, errors = {} }: SurveyProps) {
  const { definition } = survey
  const wrong = Object.keys(errors).length > 0
  return (
    <Page web={ctx.web} title={definition.title} noindex wrong={wrong}>
      <ErrorSummary errors={errors} />
      <div class="stack">
        <h1>{definition.title}</h1>
        {definition.intro ? <p class="lede">{definition.intro}</p> : null}
        <p>
          {en.optional} {survey.endsAt ? en.ends(ctx.web.dates.minute(survey.endsAt)) : ''}
        </p>
      </div>
      <HowKept ctx={ctx} survey={survey} invited={invited} />
      <PostForm web={ctx.web} action={path} class="stack g6 narrow">
        <input type="hidden" name={ONCE_FIELD} value={once} />
        <Questions
          questions={definition.questions}
          mode={survey.mode ?? 'anonymous'}
          answers={answers}
          errors={errors}
        />
        <Fields notice={ctx.web.policyVersion()} form={form} {...(values && { values })} errors={errors} />
        <div>
          <Btn>{en.send}</Btn>
        </div>
      </PostForm>
    </Page>
  )
}

function HowKept({ ctx, survey, invited }: { ctx: SurveysContext; survey: Survey; invited: boolean }) {
  const named = survey.mode === 'named'
  return (
    <Notice kind={named ? 'wait' : 'kept'}>
      <strong>{named ? en.namedTitle : en.anonymousTitle}</strong>{' '}
      {named
        ? invited
          ? en.namedInvited
          : en.namedOpen
        : en.anonymous(survey.endsAt ? ctx.web.dates.day(survey.endsAt) : '')}{' '}
      <Stamp clause={clauseFor(ctx.policy, 'survey')} />
    </Notice>
  )
}

/** The answers are in: the code, once. Shape: `findable` when “Your data” shows them too. */
export function ThanksPage({ ctx, code, findable }: { ctx: SurveysContext; code: string; findable: boolean }) {
  return (
    <SayPage web={ctx.web} title={en.thanksTitle} text={findable ? en.thanksNamed : en.thanks}>
      <Part id="code" title={en.thanksCode}>
        <p class="key">{code}</p>
        <p>
          {en.thanksWhere}: <Link href={withdrawPath}>{`${ctx.web.baseUrl}${withdrawPath}`}</Link>
        </p>
      </Part>
    </SayPage>
  )
}

type EndProps = { ctx: SurveysContext; title: string; text: string; typed?: readonly string[] }

/** No answer is taken, and why. What was typed is there to be copied. */
export function EndPage({ ctx, title, text, typed = [] }: EndProps) {
  return (
    <SayPage web={ctx.web} title={title} text={text}>
      {typed.length > 0 ? (
        <Part id="typed" title={en.ownWords}>
          {typed.map((words) => (
            <p class="mail" dir="auto">
              {words}
            </p>
          ))}
        </Part>
      ) : null}
    </SayPage>
  )
}

/** Take an answer back by its code. */
export function WithdrawPage({ ctx, typed = '', error }: { ctx: SurveysContext; typed?: string; error?: string }) {
  const errors = error ? { code: error } : {}
  return (
    <Page web={ctx.web} title={en.withdrawTitle} noindex wrong={error !== undefined}>
      <ErrorSummary errors={errors} />
      <div class="stack">
        <h1>{en.withdrawTitle}</h1>
        <p class="lede">{en.withdrawLede}</p>
      </div>
      <PostForm web={ctx.web} action={withdrawPath} class="stack g5 narrow">
        <Typed id="code" label={en.withdrawField} hint={en.withdrawHint} error={error}>
          <input
            id="f-code"
            name="code"
            value={typed}
            autocomplete="off"
            spellcheck={false}
            {...aria('code', error, true)}
          />
        </Typed>
        <Btn>{en.withdrawButton}</Btn>
      </PostForm>
    </Page>
  )
}

/** The answer was taken back. */
export function WithdrawnPage({ ctx }: { ctx: SurveysContext }) {
  return <EndPage ctx={ctx} title={en.withdrawnTitle} text={en.withdrawn} />
}

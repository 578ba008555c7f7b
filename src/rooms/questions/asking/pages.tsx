import {
  Btn,
  Choices,
  ErrorSummary,
  Link,
  PostForm,
  Stamp,
  Table,
  aria,
  Typed,
  Wrong,
  choicesOf,
} from '../../../web/index.ts'
import type { AtDesk, FormBody } from '../../../web/index.ts'
import type { Askable } from '../askable.ts'
import type { About, QuestionContext } from '../context.ts'
import type { Question } from '../queries.ts'
import { en } from '../words.ts'

const LIST = '/desk/questions'

type ListProps = {
  readonly ctx: QuestionContext
  readonly at: AtDesk
  readonly rows: readonly { readonly question: Question; readonly about: About | undefined }[]
}

/** What was asked of whom, and what came of it; never what was answered. */
export function ListPage({ ctx, at, rows }: ListProps) {
  const cells = rows.map(({ question, about }) => [
    about ? <Link href={about.back}>{about.title}</Link> : en.somebodyGone,
    question.fields.map((field) => ctx.policy.fields[field].label.en).join(', '),
    en.shortReasons[question.reason],
    ctx.web.dates.day(question.endsAt),
    en.states[question.outcome ?? 'waiting'],
  ])
  return (
    <ctx.desk.Page at={at} title={en.listTitle} here={LIST} may={en.may}>
      <h1>{en.listTitle}</h1>
      {cells.length > 0 ? (
        <Table label={en.listTitle} head={Object.values(en.head)} rows={cells} />
      ) : (
        <p>{en.listNone}</p>
      )}
    </ctx.desk.Page>
  )
}

type AskProps = {
  readonly ctx: QuestionContext
  readonly at: AtDesk
  readonly about: About
  readonly path: string
  readonly askable: readonly Askable[]
  readonly values?: FormBody
  readonly errors?: Readonly<Record<string, string>>
}

/** Putting a question together: only what may be asked and is not held can be chosen. */
export function AskPage({ ctx, at, about, path, askable, values = {}, errors = {} }: AskProps) {
  const title = en.askTitle(about.title)
  const reasons = choicesOf(en.reasons)
  const periods = choicesOf(en.periods)
  const chosen = (name: string): string => String(values[name] ?? '')
  return (
    <ctx.desk.Page at={at} title={title} here={LIST} may={en.may}>
      <ErrorSummary errors={errors} />
      <h1>{title}</h1>
      <p>{askable.length > 0 ? en.askLede : en.nothing}</p>
      {askable.length > 0 ? (
        <PostForm web={ctx.web} action={path} class="stack g5 narrow">
          {askable.map((one) => (
            <PurposeFields ctx={ctx} askable={one} values={values} error={errors['field']} />
          ))}
          <Choices
            name="reason"
            legend={en.reasonLegend}
            choices={reasons}
            chosen={chosen('reason')}
            error={errors['reason']}
          />
          <Sentence text={chosen('sentence')} error={errors['sentence']} />
          <Choices
            name="period"
            legend={en.untilLegend}
            choices={periods}
            chosen={chosen('period')}
            error={errors['period']}
          />
          <Btn>{en.send}</Btn>
        </PostForm>
      ) : null}
      <p>
        <Link href={about.back}>{about.title}</Link>
      </p>
    </ctx.desk.Page>
  )
}

type FieldsProps = { ctx: QuestionContext; askable: Askable; values: FormBody; error: string | undefined }

function PurposeFields({ ctx, askable, values, error }: FieldsProps) {
  const chosen = [values['field'] ?? []].flat()
  const title = ctx.policy.purposes[askable.purpose]?.title.en ?? askable.purpose
  return (
    <fieldset class={error ? 'choices wrong' : 'choices'} id="f-field" {...aria('field', error)}>
      <legend>
        {en.fieldsLegend} {title}
      </legend>
      <Wrong id="field" error={error} />
      {askable.fields.map(({ name, label, why, clause }) => (
        <label class="choice">
          <input
            type="checkbox"
            name="field"
            value={`${askable.purpose}.${name}`}
            checked={chosen.includes(`${askable.purpose}.${name}`)}
          />
          <span>
            <strong>{label}</strong> <span class="small muted">{why}</span> <Stamp clause={clause} />
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function Sentence({ text, error }: { text: string; error: string | undefined }) {
  return (
    <Typed id="sentence" label={en.sentence} hint={en.sentenceWhy} error={error}>
      <textarea id="f-sentence" name="sentence" rows={3} maxlength={500} {...aria('sentence', error, true)}>
        {text}
      </textarea>
    </Typed>
  )
}

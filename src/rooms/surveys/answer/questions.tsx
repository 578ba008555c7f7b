import { limits, optionsOf, type Question } from '../form/definition.ts'
import { nameOf, type Answers, type Said } from '../form/read.ts'
import type { Mode } from '../tables.ts'
import { en } from '../words.ts'

type SheetProps = {
  questions: readonly Question[]
  mode: Mode
  answers?: Answers | undefined
  errors?: Readonly<Record<string, string>>
}

/** Every question of a survey, empty or with what was said. */
export function Questions({ questions, mode, answers = [], errors = {} }: SheetProps) {
  return (
    <>
      {questions.map((question, place) => (
        <One
          question={question}
          name={nameOf(place)}
          mode={mode}
          said={answers[place] ?? null}
          error={errors[nameOf(place)]}
        />
      ))}
    </>
  )
}

type OneProps = { question: Question; name: string; mode: Mode; said: Said | null; error?: string | undefined }

function One(props: OneProps) {
  return props.question.kind === 'text' ? <TextQuestion {...props} /> : <ChoiceQuestion {...props} />
}

function Wrong({ name, error }: { name: string; error: string | undefined }) {
  if (!error) return null
  return (
    <p class="error" id={`e-${name}`}>
      {error}
    </p>
  )
}

const describedBy = (name: string, error: string | undefined, hint: string | undefined): string | undefined =>
  [error ? `e-${name}` : '', hint ? `w-${name}` : ''].filter(Boolean).join(' ') || undefined

function TextQuestion({ question, name, mode, said, error }: OneProps) {
  return (
    <div class={error ? 'field wrong' : 'field'}>
      <label for={`f-${name}`}>{question.text}</label>
      <Wrong name={name} error={error} />
      <textarea
        id={`f-${name}`}
        name={name}
        rows={4}
        dir="auto"
        autocomplete="off"
        aria-describedby={describedBy(name, error, 'always')}
        aria-invalid={error ? 'true' : undefined}
      >
        {typeof said === 'string' ? said : ''}
      </textarea>
      <p class="small muted" id={`w-${name}`}>
        {mode === 'anonymous' ? <strong>{en.textWarning} </strong> : null}
        {en.textHint(limits.text)}
      </p>
    </div>
  )
}

function ChoiceQuestion({ question, name, said, error }: OneProps) {
  const several = question.kind === 'choices'
  const chosen = Array.isArray(said) ? (said as readonly number[]) : []
  const hint = hintOf(question)
  return (
    <fieldset
      class={error ? 'choices wrong' : 'choices'}
      id={`f-${name}`}
      aria-describedby={describedBy(name, error, hint)}
    >
      <legend>{question.text}</legend>
      <Wrong name={name} error={error} />
      {hint ? (
        <p class="small muted" id={`w-${name}`}>
          {hint}
        </p>
      ) : null}
      <div class={question.kind === 'scale' || question.kind === 'recommend' ? 'row' : 'stack g1'}>
        {optionsOf(question).map((label, place) => (
          <Option type={several ? 'checkbox' : 'radio'} name={name} value={String(place)} on={chosen.includes(place)}>
            {label}
          </Option>
        ))}
        {several ? null : (
          <Option type="radio" name={name} value="" on={chosen.length === 0}>
            {en.noAnswer}
          </Option>
        )}
      </div>
    </fieldset>
  )
}

function hintOf({ kind }: Question): string | undefined {
  if (kind === 'choices') return en.severalHint
  if (kind === 'scale') return en.scaleHint
  return kind === 'recommend' ? en.recommendHint : undefined
}

type OptionProps = { type: 'radio' | 'checkbox'; name: string; value: string; on: boolean; children: string }

function Option({ type, name, value, on, children }: OptionProps) {
  return (
    <label class="choice">
      <input type={type} name={name} value={value} checked={on} />
      <span>{children}</span>
    </label>
  )
}

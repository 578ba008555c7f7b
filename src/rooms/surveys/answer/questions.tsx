import { aria, Typed, Wrong } from '../../../web/index.ts'
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

function TextQuestion({ question, name, mode, said, error }: OneProps) {
  const hint = (
    <>
      {mode === 'anonymous' ? <strong>{en.textWarning} </strong> : null}
      {en.textHint(limits.text)}
    </>
  )
  return (
    <Typed id={name} label={question.text} hint={hint} error={error}>
      <textarea id={`f-${name}`} name={name} rows={4} dir="auto" autocomplete="off" {...aria(name, error, true)}>
        {typeof said === 'string' ? said : ''}
      </textarea>
    </Typed>
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
      aria-describedby={aria(name, error, hint !== undefined)['aria-describedby']}
    >
      <legend>{question.text}</legend>
      <Wrong id={name} error={error} />
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

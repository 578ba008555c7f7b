import { Btn, ErrorSummary, PostForm, aria, Typed } from '../../../web/index.ts'
import type { SurveysContext } from '../context.ts'
import { kinds, limits } from '../form/definition.ts'
import type { TypedDraft, TypedQuestion } from './readDraft.ts'
import { en } from './words.ts'

type Errors = Readonly<Record<string, string>>
type FormProps = { ctx: SurveysContext; path: string; typed: TypedDraft; errors?: Errors }

/** The form in which a draft is written: its words, its questions, and room for one more. */
export function DraftForm({ ctx, path, typed, errors = {} }: FormProps) {
  const room: TypedQuestion = { kind: 'choice', text: '', options: '', place: String(typed.questions.length + 1) }
  const withRoom = typed.questions.length < limits.questions && typed.questions.at(-1)?.text !== ''
  const all = withRoom || typed.questions.length === 0 ? [...typed.questions, room] : typed.questions
  return (
    <>
      <ErrorSummary errors={errors} />
      <PostForm web={ctx.web} action={path} class="stack g6">
        <Typed id="title" label={en.newField} error={errors['title']}>
          <input id="f-title" name="title" value={typed.title} {...aria('title', errors['title'])} />
        </Typed>
        <Typed id="intro" label={en.introField} hint={en.introHint} error={errors['intro']}>
          <textarea id="f-intro" name="intro" rows={3} {...aria('intro', errors['intro'], true)}>
            {typed.intro}
          </textarea>
        </Typed>
        <input type="hidden" name="count" value={String(all.length)} />
        {all.map((question, at) => (
          <QuestionForm question={question} at={at} errors={errors} />
        ))}
        <div>
          <Btn>{en.save}</Btn>
        </div>
      </PostForm>
    </>
  )
}

function QuestionForm({ question, at, errors }: { question: TypedQuestion; at: number; errors: Errors }) {
  const [kind, text, options, place] = [`kind${at}`, `text${at}`, `options${at}`, `place${at}`]
  const isNew = question.text === '' && !errors[text]
  return (
    <fieldset class="choices">
      <legend>{isNew ? en.newQuestion : en.question(at + 1)}</legend>
      <div class="stack">
        <Typed id={kind} label={en.kindField}>
          <select id={`f-${kind}`} name={kind}>
            {kinds.map((one) => (
              <option value={one} selected={one === question.kind}>
                {en.kinds[one]}
              </option>
            ))}
          </select>
        </Typed>
        <Typed id={text} label={en.textField} hint={isNew ? undefined : en.textHint} error={errors[text]}>
          <input id={`f-${text}`} name={text} value={question.text} {...aria(text, errors[text], !isNew)} />
        </Typed>
        <Typed id={options} label={en.optionsField} hint={en.optionsHint} error={errors[options]}>
          <textarea id={`f-${options}`} name={options} rows={4} {...aria(options, errors[options], true)}>
            {question.options}
          </textarea>
        </Typed>
        <Typed id={place} label={en.placeField}>
          <input id={`f-${place}`} name={place} inputmode="numeric" value={question.place} />
        </Typed>
      </div>
    </fieldset>
  )
}

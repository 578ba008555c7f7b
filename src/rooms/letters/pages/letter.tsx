import { addressLines, contactWords } from '../../../contact/index.ts'
import { noonOf } from '../../../lib/index.ts'
import {
  AddressLabel,
  Btn,
  Choices,
  ErrorSummary,
  LinkBtn,
  Notice,
  Part,
  Pii,
  PostForm,
  Sheet,
  Split,
  type AtDesk,
  aria,
  Typed,
} from '../../../web/index.ts'
import type { LettersContext } from '../context.ts'
import type { Refused } from '../arrive/form.ts'
import type { OpenLetter } from '../look.ts'
import type { LetterRow, StepRow } from '../queries.ts'
import { en } from '../words.ts'
import { Acts } from './acts.tsx'
import { FormId } from './input.tsx'

/** One letter as it is worked on. Shape: `refused` belongs to the form that was sent, `saying` says why a deed was not done. */
export type Shown = {
  readonly at: AtDesk
  readonly row: LetterRow
  readonly refused?: Refused
  readonly saying?: string
}

type Props = Omit<Shown, 'row'> & { ctx: LettersContext; letter: OpenLetter }

/** One letter: who wrote it, what it says, its answers, and what can be done about it. */
export function LetterPage({ ctx, at, letter, refused, saying }: Props) {
  const { row } = letter
  const path = `/desk/letters/${row.id}`
  const title = en.letterTitle(en.reference(row.id))
  return (
    <ctx.desk.Page at={at} title={title} here="/desk/letters" may={en.may} purpose="correspondence">
      <ErrorSummary errors={refused?.errors} />
      <h1>{title}</h1>
      <p class="small muted">
        {en.receivedOn(row.cameBy, ctx.web.dates.day(noonOf(row.receivedOn)))} {en.opened}
      </p>
      {saying ? <Notice kind="wait">{saying}</Notice> : null}
      <Split aside={<Acts ctx={ctx} path={path} refused={refused} />}>
        <Words letter={letter} path={path} />
        <Answers ctx={ctx} letter={letter} path={path} />
        <AnswerForm ctx={ctx} letter={letter} path={path} refused={refused} />
        <Steps ctx={ctx} steps={letter.steps} />
      </Split>
    </ctx.desk.Page>
  )
}

function Words({ letter: { row, sender, text }, path }: { letter: OpenLetter; path: string }) {
  const { message: _, email, ...place } = sender
  const lines = [...addressLines(place, ''), ...(email ? [email] : [])]
  return (
    <>
      <Sheet id="sender" title={en.senderTitle}>
        {lines.length > 0 ? <AddressLabel lines={lines} /> : <p>{en.senderUnknown}</p>}
      </Sheet>
      <Sheet id="says" title={en.textTitle}>
        <Said text={text || en.textNone} />
        {row.scan ? (
          <p>
            <LinkBtn weight="quiet" href={`${path}/scan`}>
              {en.scanOpen}
            </LinkBtn>
          </p>
        ) : null}
      </Sheet>
    </>
  )
}

/** What somebody wrote, with its own lines. */
function Said({ text }: { text: string }) {
  return (
    <div class="stack g2">
      {text.split('\n').map((line) => (
        <p>
          <Pii>{line}</Pii>
        </p>
      ))}
    </div>
  )
}

function Answers({ ctx, letter, path }: { ctx: LettersContext; letter: OpenLetter; path: string }) {
  const { minute } = ctx.web.dates
  return (
    <Sheet id="answers" title={en.answersTitle}>
      {letter.answers.length === 0 ? <p>{en.answersNone}</p> : null}
      {letter.answers.map((answer) => (
        <div class="stack g3">
          <p class="small muted">{en.written(answer.way, minute(answer.madeAt), saidOf(answer, minute))}</p>
          <Said text={answer.words} />
          {answer.way === 'post' ? (
            <PostForm web={ctx.web} action={`${path}/answers/${answer.id}/print`}>
              <Btn weight="quiet">{en.printButton}</Btn>
            </PostForm>
          ) : null}
        </div>
      ))}
    </Sheet>
  )
}

/** How far an answer is: a mail as the ledger of contacts has it. */
function saidOf({ way, sentAt, mail }: OpenLetter['answers'][number], minute: (at: Date) => string): string {
  if (way === 'post') return sentAt ? en.printed(minute(sentAt)) : en.notPrinted
  if (mail?.bounce === 'lasting') return contactWords.because('bounced')
  if (!mail?.outcome) return `${contactWords.waiting}.`
  const because = mail.because ? `: ${contactWords.because(mail.because)}` : '.'
  return `${contactWords.outcome[mail.outcome]}${because}`
}

type FormProps = { ctx: LettersContext; letter: OpenLetter; path: string; refused: Refused | undefined }

function AnswerForm({ ctx, letter, path, refused }: FormProps) {
  const { values = {}, errors = {} } = refused ?? {}
  const wrong = errors['answer']
  const ways = [
    { value: 'post', label: en.way.post },
    ...(letter.sender.email ? [{ value: 'mail', label: en.way.mail }] : []),
  ]
  return (
    <Sheet id="answer" title={en.answerTitle}>
      <p>{en.answerLede}</p>
      <PostForm web={ctx.web} action={`${path}/answer`} class="stack g5">
        <FormId now={ctx.now} />
        <Typed id="answer" label={en.answerLabel} error={wrong}>
          <textarea id="f-answer" name="answer" rows={8} autocomplete="off" {...aria('answer', wrong)}>
            {values['answer'] ?? ''}
          </textarea>
        </Typed>
        <Choices name="way" legend={en.wayLegend} choices={ways} chosen={values['way']} error={errors['way']} />
        <Btn>{en.answerButton}</Btn>
      </PostForm>
    </Sheet>
  )
}

function Steps({ ctx, steps }: { ctx: LettersContext; steps: readonly StepRow[] }) {
  if (steps.length === 0) return null
  return (
    <Part id="steps" title={en.stepsTitle}>
      <ul>
        {steps.map(({ at, ...step }) => (
          <li>
            {ctx.web.dates.minute(at)}: {said(step)}
          </li>
        ))}
      </ul>
    </Part>
  )
}

function said({ step, because }: Omit<StepRow, 'at'>): string {
  const words: Readonly<Record<string, string>> = {
    ...en.reportedBy,
    ...en.rights,
    ...(step === 'answered' ? en.way : {}),
  }
  return [en.steps[step], words[because]].filter(Boolean).join(' ')
}

import { Btn, Link, PostForm, Sheet, Typed } from '../../../web/index.ts'
import { en } from '../words.ts'
import type { ShownTurn } from '../cases/read.ts'
import type { SupportContext } from '../context.ts'
import { CASES, type Back, type Work } from './atTicket.ts'

type AnswerProps = {
  readonly ctx: SupportContext
  readonly work: Work
  readonly back: Back
  readonly turns: readonly ShownTurn[]
  readonly saved: string
}

/** The answer, and what colleagues should know: two forms below the conversation. */
export function AnswerForms({ ctx, work, back, turns, saved }: AnswerProps) {
  const base = `${CASES}/${work.ticket.number}`
  return (
    <>
      <Sheet id="answer" title={en.answerTitle}>
        <p class="small">
          {en.savedTitle}:{' '}
          <span class="row">
            {en.saved.map(({ id, title }) => (
              <Link href={`${base}?saved=${id}#answer`}>{title}</Link>
            ))}
          </span>
        </p>
        <PostForm web={ctx.web} action={`${base}/answer`} class="stack">
          <input type="hidden" name="seen" value={turns.at(-1)?.turn.id ?? ''} />
          <TextArea name="answer" label={en.answerLabel} rows={8} text={back.answer ?? saved} />
          <div class="row">
            <Btn name="do" value="send">
              {en.answerButton}
            </Btn>
            {work.ticket.purpose === 'support' ? (
              <Btn weight="quiet" name="do" value="close">
                {en.answerClose}
              </Btn>
            ) : null}
          </div>
        </PostForm>
      </Sheet>
      <Sheet id="internal" title={en.internalTitle}>
        <PostForm web={ctx.web} action={`${base}/internal`} class="stack">
          <TextArea name="internal" label={en.internalLabel} rows={3} text={back.internal ?? ''} />
          <p class="small muted">{en.internalWhy}</p>
          <Btn weight="quiet">{en.internalButton}</Btn>
        </PostForm>
      </Sheet>
    </>
  )
}

function TextArea({ name, label, rows, text }: { name: string; label: string; rows: number; text: string }) {
  return (
    <Typed id={name} label={label}>
      <textarea id={`f-${name}`} name={name} rows={rows} maxlength={20_000}>
        {text}
      </textarea>
    </Typed>
  )
}

import type { FormField } from '../../policy/index.ts'
import type { PersonId } from '../../vault/index.ts'
import { Bar, Btn, ErrorSummary, Fields, LinkBtn, Mono, Notice, Page, Part, PostForm, When } from '../../web/index.ts'
import type { ShownFile, ShownPassage, ShownTurn } from './cases/read.ts'
import type { SupportContext } from './context.ts'
import { helpPath } from './form.ts'
import type { Ticket } from './queries.ts'
import type { TicketPurpose } from './tables.ts'
import { en } from './words.ts'

type Props = { readonly ctx: SupportContext }
type Typed = {
  readonly values?: Readonly<Record<string, string | undefined>>
  readonly errors?: Readonly<Record<string, string>>
}

/** What somebody wants help with comes first, since each is kept for a different time. */
export function HelpPage({ ctx, purposes }: Props & { purposes: readonly TicketPurpose[] }) {
  return (
    <Page web={ctx.web} title={en.helpTitle} description={en.helpLede}>
      <div class="stack">
        <h1>{en.helpTitle}</h1>
        <p class="lede">{en.helpLede}</p>
      </div>
      {purposes.map((purpose) => (
        <div class="stack">
          <p>
            <LinkBtn weight="quiet" href={helpPath(purpose)}>
              {en.choices[purpose].link}
            </LinkBtn>
          </p>
          <p class="small muted">{en.choices[purpose].lede}</p>
        </div>
      ))}
    </Page>
  )
}

type FormProps = Props & Typed & { form: readonly FormField[]; purpose: TicketPurpose; path: string }

/** The form of a question or a case, empty or again with what was typed. */
export function HelpFormPage({ ctx, form, purpose, path, values = {}, errors = {} }: FormProps) {
  const { title, lede, button } = en.choices[purpose]
  return (
    <Page web={ctx.web} title={title} wrong={Object.keys(errors).length > 0} description={lede}>
      <ErrorSummary errors={errors} />
      <div class="stack">
        <h1>{title}</h1>
        <p class="lede">{lede}</p>
        <p class="small muted">{en.noCards}</p>
      </div>
      <PostForm web={ctx.web} action={path} class="stack g5 narrow">
        <Fields notice={ctx.web.policyVersion()} form={form} values={values} errors={errors} />
        <Btn>{button}</Btn>
      </PostForm>
    </Page>
  )
}

type CaseProps = Props &
  Typed & {
    ticket: Ticket
    turns: readonly ShownTurn[]
    persons: readonly PersonId[]
    path: string
    form: readonly FormField[]
    sent: boolean
  }

/** A customer's own case: how far it is, what was written, and a place to write more. */
export function CasePage({ ctx, ticket, turns, persons, path, form, sent, values = {}, errors = {} }: CaseProps) {
  const wrong = Object.keys(errors).length > 0
  return (
    <Page web={ctx.web} title={en.caseTitle(ticket.number)} wrong={wrong} noindex>
      <ErrorSummary errors={errors} />
      <div class="stack">
        <h1>
          {en.caseTitle('')} <Mono>{ticket.number}</Mono>
        </h1>
        <p class="lede">{en.state[ticket.state]}</p>
      </div>
      {sent ? <Notice>{en.written}</Notice> : null}
      {turns.map((one) => (
        <div class="stack">
          <h2>{whoWrote(one, persons)}</h2>
          <p class="small muted">
            <When at={one.turn.at} text={ctx.web.dates.minute(one.turn.at)} />
          </p>
          <Said passages={one.passages} />
          <FileNames files={one.files} />
        </div>
      ))}
      <Part id="write" title={en.writeTitle}>
        <PostForm web={ctx.web} action={path} class="stack g5 narrow">
          <input type="hidden" name="seen" value={turns.at(-1)?.turn.id ?? ''} />
          <Fields notice={ctx.web.policyVersion()} form={form} values={values} errors={errors} />
          <Btn>{en.writeButton}</Btn>
        </PostForm>
        <p class="small muted">{en.linkNote}</p>
      </Part>
    </Page>
  )
}

function whoWrote({ turn, writer }: ShownTurn, persons: readonly PersonId[]): string {
  if (turn.kind === 'reply') return en.from.us
  return writer && persons.includes(writer) ? en.from.you : en.from.other
}

/** What a turn says; a part that concerns somebody else is covered, and what was destroyed is not there. */
export function Said({ passages }: { passages: readonly ShownPassage[] }) {
  if (passages.length === 0) return <p class="muted">{en.goneText}</p>
  return (
    <>
      {passages.map(({ text }) => (
        <p>{text === undefined ? <Bar width={14} label={en.covered} /> : <bdi class="said">{text}</bdi>}</p>
      ))}
    </>
  )
}

function FileNames({ files }: { files: readonly ShownFile[] }) {
  if (files.length === 0) return null
  return (
    <ul>
      {files.map(({ name, bytes }) => (
        <li>{name === undefined ? en.fileCovered : en.fileLine(name, sizeText(bytes))}</li>
      ))}
    </ul>
  )
}

/** How big a file is, as people read it. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`
}

import {
  Btn,
  Ledger,
  Link,
  LinkBtn,
  Mono,
  Notice,
  Pii,
  PostForm,
  Sheet,
  Split,
  Trail,
  type TrailEntry,
} from '../../../web/index.ts'
import type { Known, ShownTurn } from '../cases/read.ts'
import type { Beside, SupportContext } from '../context.ts'
import type { DoneStep, Ticket } from '../queries.ts'
import { purposesOn } from '../form.ts'
import { en } from '../words.ts'
import { AnswerForms } from './answerForms.tsx'
import { CASES, type Back, type Work } from './atTicket.ts'
import { TurnSheet } from './turnSheet.tsx'

/** What a ticket's page shows. Shape: `labels` names members of staff by id; `saved` is a saved answer that was chosen. */
export type TicketProps = {
  readonly ctx: SupportContext
  readonly work: Work
  readonly back: Back
  readonly turns: readonly ShownTurn[]
  readonly known: readonly Known[]
  readonly beside: Beside
  readonly steps: readonly DoneStep[]
  readonly labels: ReadonlyMap<string, string>
  readonly saved: string
}

/** A ticket with everything that is needed to answer it, beside it who wrote and what they own. */
export function TicketPage(props: TicketProps) {
  const { ctx, work, back, turns, known } = props
  const { ticket, at } = work
  const title = en.ticketTitle(en.purpose[ticket.purpose], ticket.number)
  return (
    <ctx.desk.Page at={at} title={title} here={CASES} may={en.may} purpose={ticket.purpose}>
      <h1>
        {en.purpose[ticket.purpose]} <Mono>{ticket.number}</Mono>
      </h1>
      {back.outcome && back.outcome !== 'sent' ? <Notice kind="wait">{en.outcome[back.outcome]}</Notice> : null}
      <Split aside={<Aside {...props} />}>
        <h2>{en.turnsTitle}</h2>
        {turns.map((one, index) => (
          <TurnSheet ctx={ctx} ticket={ticket} one={one} order={index + 1} known={known} />
        ))}
        <AnswerForms {...props} />
      </Split>
    </ctx.desk.Page>
  )
}

function Aside({ ctx, work, known, beside, steps, labels }: TicketProps) {
  const { ticket } = work
  return (
    <div class="stack g5">
      <Sheet id="who" title={en.whoTitle}>
        {known.map((one) => (
          <Ledger rows={whoRows(one)} />
        ))}
        <Ledger rows={besideRows(beside)} />
        {known.length > 0 ? (
          <p>
            <Link href={`/desk/questions/ticket/${ticket.id}`}>{en.askMore}</Link>
          </p>
        ) : null}
      </Sheet>
      <Sheet id="state" title={en.deskState[ticket.state]}>
        <TakeForm ctx={ctx} work={work} labels={labels} />
        <StateForms ctx={ctx} ticket={ticket} />
      </Sheet>
      <Sheet id="history" title={en.historyTitle}>
        <Trail entries={steps.map((step) => entryOf(ctx, step, labels))} />
      </Sheet>
    </div>
  )
}

function whoRows({ email, name, telephone }: Known) {
  return [
    { term: en.terms.email, text: email ? <Pii>{email}</Pii> : en.noEmail },
    { term: en.terms.name, text: name ? <Pii>{name}</Pii> : en.noName },
    ...(telephone ? [{ term: en.terms.telephone, text: <Pii>{telephone}</Pii> }] : []),
  ]
}

function besideRows({ orders, copies }: Beside) {
  const orderList = orders.map(({ number }) => <Link href={`/desk/orders/${number}`}>{number}</Link>)
  return [
    { term: en.terms.orders, text: orders.length > 0 ? <span class="row">{orderList}</span> : en.none },
    {
      term: en.terms.copies,
      text:
        copies.length > 0
          ? copies.map(({ productName, keyTail }) => en.copyLine(productName, keyTail)).join('; ')
          : en.none,
    },
  ]
}

function TakeForm({ ctx, work, labels }: Pick<TicketProps, 'ctx' | 'work' | 'labels'>) {
  const { ticket, at } = work
  const label = ticket.staff ? labels.get(ticket.staff) : undefined
  const mine = ticket.staff === at.staff.id
  return (
    <PostForm web={ctx.web} action={`${CASES}/${ticket.number}/take`} class="stack">
      {label ? <p>{en.takenBy(label)}</p> : null}
      <Btn weight="quiet" name="do" value={mine ? 'leave' : 'take'}>
        {mine ? en.leave : en.take}
      </Btn>
    </PostForm>
  )
}

function StateForms({ ctx, ticket }: { ctx: SupportContext; ticket: Ticket }) {
  const other = ticket.purpose === 'enquiry' ? 'support' : 'enquiry'
  const closed = ticket.state === 'closed'
  return (
    <>
      <PostForm web={ctx.web} action={`${CASES}/${ticket.number}/state`}>
        <Btn weight="quiet" name="do" value={closed ? 'open' : 'close'}>
          {closed ? en.openButton : en.closeButton}
        </Btn>
      </PostForm>
      {purposesOn(ctx.policy).includes(other) ? (
        <PostForm web={ctx.web} action={`${CASES}/${ticket.number}/file-as`}>
          <Btn weight="quiet" name="do" value={other}>
            {en.fileAs[other]}
          </Btn>
        </PostForm>
      ) : null}
      <p>
        <LinkBtn weight="quiet" href={CASES}>
          {en.deskTitle}
        </LinkBtn>
      </p>
    </>
  )
}

function entryOf(ctx: SupportContext, step: DoneStep, labels: ReadonlyMap<string, string>): TrailEntry {
  const label = step.staff ? labels.get(step.staff) : undefined
  const why = step.because ? en.why[step.because] : ''
  const byWhom = label ? en.by(label) : step.step === 'closed' ? en.byProgram : ''
  const text = [`${en.steps[step.step]} ${byWhom}`.trim(), why].filter(Boolean).join(': ')
  return { at: step.at, atText: ctx.web.dates.minute(step.at), text }
}

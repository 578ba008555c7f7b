import { Btn, Link, Notice, Pii, PostForm, Sheet, When } from '../../../web/index.ts'
import type { Known, ShownTurn } from '../cases/read.ts'
import type { SupportContext } from '../context.ts'
import { Said, sizeText } from '../pages.tsx'
import type { Ticket } from '../queries.ts'
import { en } from '../words.ts'
import { CASES } from './atTicket.ts'

type TurnProps = {
  readonly ctx: SupportContext
  readonly ticket: Ticket
  readonly one: ShownTurn
  /** Which turn of the conversation it is, counted from 1. */
  readonly order: number
  readonly known: readonly Known[]
}

/** One turn of a conversation, with its files and what can be done with it. */
export function TurnSheet({ ctx, ticket, one, order, known }: TurnProps) {
  const { turn, head, passages } = one
  const who = whoOf(one, known)
  const base = `${CASES}/${ticket.number}`
  return (
    <Sheet
      id={`turn-${turn.id}`}
      title={en.turnTitle(order, en.kinds[turn.kind])}
      aside={
        <span class="small muted">
          {who ? <Pii>{who}</Pii> : null} <When at={turn.at} text={ctx.web.dates.minute(turn.at)} />
        </span>
      }
    >
      {turn.automatic ? <Notice kind="wait">{en.automatic}</Notice> : null}
      {turn.proposed ? <Proposed ctx={ctx} ticket={ticket} one={one} /> : null}
      {head.subject === '' ? null : (
        <p>
          <strong>{head.subject}</strong>
        </p>
      )}
      <Said passages={passages} />
      <Files base={base} one={one} />
    </Sheet>
  )
}

function Files({ base, one }: { base: string; one: ShownTurn }) {
  const { turn, head, passages, files } = one
  if (passages.length + files.length === 0 && head.subject === '') return null
  return (
    <>
      {files.length === 0 ? null : (
        <ul>
          {files.map(({ id, name, bytes }) => (
            <li>
              <Link href={`${base}/files/${id}`}>{en.fileLine(name ?? en.fileCovered, sizeText(bytes))}</Link>
            </li>
          ))}
        </ul>
      )}
      <p class="small">
        <Link href={`${base}/parts/${turn.id}`}>{en.parts}</Link>
      </p>
    </>
  )
}

/** Who a turn is of, as far as it was given. */
function whoOf({ turn, writer }: ShownTurn, known: readonly Known[]): string | undefined {
  if (turn.kind === 'reply' || turn.kind === 'internal') return undefined
  const from = known.find(({ person }) => person === writer)
  return from?.name ?? from?.email ?? en.noName
}

function Proposed({ ctx, ticket, one }: Pick<TurnProps, 'ctx' | 'ticket' | 'one'>) {
  return (
    <Notice kind="wait">
      <p>{en.proposed}</p>
      <PostForm web={ctx.web} action={`${CASES}/${ticket.number}/turn/${one.turn.id}`} class="row">
        <Btn weight="quiet" name="do" value="join">
          {en.accept}
        </Btn>
        <Btn weight="quiet" name="do" value="part">
          {en.separate}
        </Btn>
      </PostForm>
    </Notice>
  )
}

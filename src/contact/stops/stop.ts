import type { Tx } from '../../db/index.ts'
import type { PersonId } from '../../vault/index.ts'
import type { ContactContext } from '../context.ts'
import type { Channel, ContactTables, StopReason } from '../tables.ts'
import { addStops, liftStops, liveStops, type LiveStop, type Mark, type NewStop } from './queries.ts'

/** What is stopped: one way of reaching a person, or every way. Shape: `all` is for somebody who died; a house and a telephone go on for the others. */
export type ToStop = {
  readonly person: PersonId
  readonly channel: Channel | 'all'
  readonly because: StopReason
}

type StopContext = Pick<ContactContext, 'vault' | 'now'>

/**
 * Stops reaching a person on a channel: in force when the transaction commits, for everybody who has that address now or later.
 * It also ends what is queued, since every hand-over asks. It holds for the address: whoever takes a no that was said also withdraws
 * the grounds for it, so that it holds under a corrected address. Answers false when the person has no address on that channel.
 */
export async function stop<T>(ctx: StopContext, tx: Tx<T>, { person, channel, because }: ToStop): Promise<boolean> {
  const since = ctx.now()
  const marks = marksOf(ctx, person).filter((one) => channel === 'all' || one.channel === channel)
  const stops = marks.map((one): NewStop => ({ channel: reachOf(channel, one), mark: one.mark, because, since }))
  await addStops(tx as unknown as Tx<ContactTables>, stops)
  return stops.length > 0
}

/** Only an e-mail address is of one person: a house and a telephone are a family's, so their marks stop no other way. */
function reachOf(asked: Channel | 'all', mark: Mark): Channel | 'all' {
  return asked === 'all' && mark.channel !== 'mail' ? mark.channel : asked
}

/** Why news may be asked for again by whoever reads the mailbox: what they said themselves, and what only said that the address did not work. */
const LIFTABLE: readonly StopReason[] = [
  'said-no',
  'bounced',
  'bounced-often',
  'complained',
  'wrong-number',
  'returned',
]

/** Lifts the stop of one channel, because the person asked anew and proved it from their mailbox. Nothing else lifts one. Answers how many were lifted. */
export function lift<T>(
  ctx: StopContext,
  tx: Tx<T>,
  { person, channel }: { person: PersonId; channel: Channel },
): Promise<number> {
  const marks = marksOf(ctx, person).flatMap((one) => (one.channel === channel ? [one.mark] : []))
  return liftStops(tx as unknown as Tx<ContactTables>, { channel, marks, reasons: LIFTABLE, at: ctx.now() })
}

/** The stops that concern a person on a channel. */
export async function stopsOf(
  ctx: Pick<ContactContext, 'vault' | 'db'>,
  { person, channel }: { person: PersonId; channel: Channel },
): Promise<LiveStop[]> {
  const marks = marksOf(ctx, person)
  const live = await liveStops(
    ctx.db.query,
    marks.map(({ mark }) => mark),
  )
  return live.filter((one) => concerns(one, channel))
}

/** Who of some persons may not be reached on a channel, and why. */
export async function stopsAmong(
  ctx: Pick<ContactContext, 'vault' | 'db'>,
  { persons, channel }: { persons: readonly PersonId[]; channel: Channel },
): Promise<ReadonlyMap<PersonId, StopReason>> {
  const marked = persons.flatMap((person) => marksOf(ctx, person).map(({ mark }) => ({ person, mark: hex(mark) })))
  const live = await liveStops(ctx.db.query, [...new Set(marked.map(({ mark }) => mark))].map(unhex))
  const because = new Map(live.filter((one) => concerns(one, channel)).map((one) => [hex(one.mark), one.because]))
  return new Map(
    marked.flatMap(({ person, mark }) => {
      const reason = because.get(mark)
      return reason ? [[person, reason] as const] : []
    }),
  )
}

/** Whether an address is stopped on a channel, for what is taken in from a list. */
export async function isStopped(
  ctx: Pick<ContactContext, 'vault' | 'db'>,
  { channel, value }: { channel: Channel; value: string },
): Promise<boolean> {
  const live = await liveStops(ctx.db.query, [ctx.vault.stopMarkOf(channel, value)])
  return live.some((one) => concerns(one, channel))
}

/** Whether a stop is about a channel. */
export function concerns(one: LiveStop, channel: Channel): boolean {
  return one.channel === 'all' || one.channel === channel
}

function marksOf(ctx: Pick<ContactContext, 'vault'>, person: PersonId): readonly Mark[] {
  return ctx.vault.stopMarks(person)
}

/** A mark as text, so that it can be looked up. */
export function hex(mark: Uint8Array): string {
  return Buffer.from(mark).toString('hex')
}

function unhex(mark: string): Buffer {
  return Buffer.from(mark, 'hex')
}

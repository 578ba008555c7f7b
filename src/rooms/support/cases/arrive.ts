import type { InboundFile, Mark } from '../../../contact/index.ts'
import type { Tx } from '../../../db/index.ts'
import { cutCards, hasCut, newId, readableCode } from '../../../lib/index.ts'
import type { Sealer } from '../../../vault/index.ts'
import type { SupportContext } from '../context.ts'
import { addTicket, CARD_CUT, lockTicket, type Ticket, type TicketId } from '../queries.ts'
import type { SupportTables, TicketPurpose, TurnChannel } from '../tables.ts'
import { en } from '../words.ts'
import type { Head } from './passages.ts'
import { setState, startClock } from './setState.ts'
import { note, writeTurn, type NewTurn } from './writeTurn.ts'

/**
 * Something that somebody wrote or said. Shape: `notice` is the version of the policy that is told with it; `into` a ticket that
 * it belongs to, for certain or only as proposed.
 */
export type Arrival = {
  readonly purpose: TicketPurpose
  readonly channel: Exclude<TurnChannel, 'desk'>
  readonly notice: number
  readonly email?: string | undefined
  readonly name?: string | undefined
  readonly telephone?: string | undefined
  readonly head: Head
  readonly text: string
  readonly files?: readonly InboundFile[]
  readonly automatic?: boolean
  /** Card numbers that were cut out before it came here. */
  readonly cards?: number
  readonly into?: { readonly ticket: TicketId; readonly proposed: boolean }
  /** Whether a mail says that it arrived. */
  readonly confirm: boolean
  readonly staff?: string
}

/** What became of it. */
export type Arrived = { readonly outcome: 'known' } | { readonly outcome: 'taken'; readonly number: string }

type ArriveContext = Pick<SupportContext, 'db' | 'vault' | 'contact' | 'now' | 'kick'>

const channelWords = { form: 'web form', mail: 'mail', telephone: 'telephone' } as const

/**
 * Takes in a message or a call: a person of its own, its text in passages, and a ticket that it begins or joins, in one transaction.
 * What a question is held for ends by itself; a case's clock starts when it is closed. Source: promises by-enquiry, by-support, told-first.
 */
export async function arrive(ctx: ArriveContext, arrival: Arrival, mark?: Mark): Promise<Arrived> {
  const { email, telephone } = arrival
  const sealer = await ctx.vault.newPerson(['case'], { ...(email && { email }), ...(telephone && { telephone }) })
  try {
    const done = await ctx.db.tx((tx) => takeIn(ctx, tx, { arrival, sealer, mark }))
    ctx.kick()
    return done
  } finally {
    sealer.wipe()
  }
}

type Taking = { readonly arrival: Arrival; readonly sealer: Sealer; readonly mark: Mark | undefined }

async function takeIn(ctx: ArriveContext, tx: Tx<SupportTables>, taking: Taking): Promise<Arrived> {
  const { arrival, sealer, mark } = taking
  if (mark && (await mark(tx)) === 'known') return { outcome: 'known' }
  const known = await joinedTicket(tx, arrival)
  const ticket = known ?? newTicket(ctx, arrival)
  if (!known) await begin(ctx, tx, { ticket, arrival })
  await collect(ctx, tx, { ...taking, ticket })
  const turn = await writeTurn(ctx, tx, { sealer, turn: turnOf(arrival, ticket, known !== undefined) })
  // What a program wrote opens nothing; a person who writes does, the proposed too, since staff have to look.
  if (known && !arrival.automatic) await setState(ctx, tx, { ticket: ticket.id, state: 'open' })
  if (arrival.confirm) await confirm(ctx, tx, { ticket, turn, sealer, about: aboutOf(ticket, arrival) })
  return { outcome: 'taken', number: ticket.number }
}

function turnOf(arrival: Arrival, ticket: Ticket, joins: boolean): NewTurn {
  const { channel, head, text, files, automatic, staff, into } = arrival
  return {
    ticket: ticket.id,
    kind: channel === 'telephone' ? 'call' : 'message',
    proposed: joins && into?.proposed === true,
    channel,
    automatic,
    head,
    text,
    files,
    staff,
  }
}

async function joinedTicket(tx: Tx<SupportTables>, { into }: Arrival): Promise<Ticket | undefined> {
  return into ? lockTicket(tx, into.ticket) : undefined
}

/** A ticket that begins now, open and with a number of its own. */
export function newTicket(
  ctx: Pick<SupportContext, 'now'>,
  { purpose, channel, automatic = false }: Pick<Arrival, 'purpose' | 'channel' | 'automatic'>,
): Ticket {
  const at = ctx.now()
  const number = `T-${readableCode(7)}`
  const id = newId<'ticket'>(at)
  return { id, number, purpose, channel, automatic, state: 'open', staff: null, madeAt: at, turnedAt: at }
}

async function begin(
  ctx: ArriveContext,
  tx: Tx<SupportTables>,
  { ticket, arrival }: { ticket: Ticket; arrival: Arrival },
): Promise<void> {
  await addTicket(tx, ticket)
  await note(ctx, tx, { ticket: ticket.id, step: 'begun', ...(arrival.staff && { staff: arrival.staff }) })
}

/** A joining message is held for what its ticket is for, and as long. */
async function collect(
  ctx: ArriveContext,
  tx: Tx<SupportTables>,
  { arrival, sealer, ticket }: Taking & { ticket: Ticket },
): Promise<void> {
  const { email, name, telephone, notice, channel } = arrival
  // Whoever gives nothing of themselves is still somebody, whom what they said belongs to.
  const nothing = !email && !name && !telephone
  const own = { email, name: name && cutCards(name).text, ...(nothing && { message: en.unnamed }) }
  const shared = { notice, channel: channelWords[channel], keep: true }
  const person =
    ticket.purpose === 'enquiry'
      ? await ctx.vault.collect(tx, sealer, { purposes: ['enquiry'], values: own, ...shared })
      : await ctx.vault.collect(tx, sealer, { purposes: ['support'], values: { ...own, telephone }, ...shared })
  await startClock(ctx, tx, { ...ticket, person })
}

type Confirmed = {
  readonly ticket: Ticket
  readonly turn: string
  readonly sealer: Sealer
  readonly about: `ticket:${string}`
}

/** What the mail is about: the ticket, and that a card number was cut out of what was sent, so that the sender learns it. */
function aboutOf(ticket: Ticket, { text, head, cards = 0 }: Arrival): Confirmed['about'] {
  return cards > 0 || hasCut(text) || hasCut(head.subject ?? '')
    ? `ticket:${ticket.id}:${CARD_CUT}`
    : `ticket:${ticket.id}`
}

async function confirm(
  ctx: ArriveContext,
  tx: Tx<SupportTables>,
  { ticket, turn, sealer, about }: Confirmed,
): Promise<void> {
  await ctx.contact.send(tx, {
    key: `ticket:${turn}:received`,
    kind: 'caseReceived',
    person: sealer.person,
    purpose: ticket.purpose,
    for: about,
  })
}

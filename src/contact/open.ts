import { enqueue, type JobHandler, type JobTables, type Tx } from '../db/index.ts'
import type { Purpose } from '../policy/index.ts'
import type { Teller } from '../partners/index.ts'
import type { PersonId, Ref } from '../vault/index.ts'
import type { ContactContext } from './context.ts'
import { handOver } from './handOver.ts'
import type { MailKind } from './kinds.ts'
import { mayContact, type May } from './mayContact.ts'
import { openMail, outboxMails, type OutboxMail } from './outbox.ts'
import {
  contactsFor,
  countSince,
  heldBack,
  isRepeated,
  mailCounts,
  mailsByMessage,
  mailsTo,
  tallyOf,
  waitAgain,
  waitingFor,
  type LedgerRow,
} from './queries.ts'
import { record, send, sendMany, type MadeContact, type MailOrder } from './send.ts'
import { bounced } from './stops/bounced.ts'
import { madeAfterNo } from './stops/evidence.ts'
import { stopCounts } from './stops/queries.ts'
import { isStopped, lift, stop, stopsAmong, type ToStop } from './stops/stop.ts'
import type { Channel, ContactTables, MailOutcome, StopReason } from './tables.ts'

/** What only the rooms that reach many people use. */
export type ManyContacts = {
  /** Asks for many mails at once, each as by itself. */
  readonly send: <T>(tx: Tx<T>, mails: readonly MailOrder[]) => Promise<void>
  /** Who of some persons may not be reached on a channel, and why; their grounds are not asked. */
  readonly stops: (of: { persons: readonly PersonId[]; channel: Channel }) => Promise<ReadonlyMap<PersonId, StopReason>>
  /** Whether an address is stopped, in whatever spelling it comes. */
  readonly isStopped: (of: { channel: Channel; value: string }) => Promise<boolean>
  /** How the contacts for one thing went, counted by outcome. */
  readonly tally: (ref: Ref) => Promise<Readonly<Record<string, number>>>
  /** How many contacts for one thing have no end yet; cheap enough to ask again and again. */
  readonly waiting: (ref: Ref) => Promise<number>
  readonly list: (of: {
    ref: Ref
    after: string | undefined
    most: number
    outcomes?: readonly MailOutcome[]
  }) => Promise<LedgerRow[]>
  /** The contacts of the last thirty days for some purposes, and those that were made although a no stood by then. */
  readonly madeAfterNo: (purposes: readonly Purpose[]) => Promise<{ sent: number; afterNo: number }>
  /** Goes on with mails that their composer held back. Answers how many. */
  readonly goOn: <T>(tx: Tx<T>, ref: Ref) => Promise<number>
  /** Sends once more what perhaps arrived, under the same Message-ID. Answers how many. */
  readonly again: <T>(tx: Tx<T>, ref: Ref) => Promise<number>
}

/** The second door, for the rooms above: the only way to reach a person. */
export type Contact = {
  readonly send: <T>(tx: Tx<T>, mail: MailOrder) => Promise<void>
  /** Writes letters that were printed and calls that were made. */
  readonly record: <T>(tx: Tx<T>, made: readonly MadeContact[]) => Promise<void>
  readonly mayContact: (person: PersonId, channel: Channel, purpose: Purpose) => Promise<May>
  readonly stop: <T>(tx: Tx<T>, what: ToStop) => Promise<boolean>
  /** Lifts a stop, because the person asked anew and proved it from their mailbox. */
  readonly lift: <T>(tx: Tx<T>, of: { person: PersonId; channel: Channel }) => Promise<number>
  /** Takes in that a mail came back. Shape: the Message-ID without angle brackets; `status` as in RFC 3463, such as `5.1.1`. */
  readonly bounced: (told: { messageId: string; status: string }) => Promise<'ours' | 'unknown'>
  readonly many: ManyContacts
  /** Every contact with a person: ids and words. */
  readonly ledger: (person: PersonId) => Promise<LedgerRow[]>
  /** How many mails of a kind some persons were to get since an instant. */
  readonly countSince: (of: { persons: readonly PersonId[]; kind: MailKind; since: Date }) => Promise<number>
  /** The mails of ours that went out under some Message-IDs, in the order of these. Shape: without angle brackets. */
  readonly byMessages: (messageIds: readonly string[]) => Promise<readonly LedgerRow[]>
  readonly counts: () => Promise<Readonly<Record<string, number>>>
  readonly stopCounts: () => Promise<{ live: number; lifted: number }>
  /** Whether any one thing has more than one mail of a kind: for the promises page. */
  readonly isRepeated: (kind: LedgerRow['kind']) => Promise<boolean>
  readonly jobs: Readonly<Record<'contact.handOver' | 'contact.owed' | 'contact.bulk', JobHandler>>
  /** The outbox of example mode. */
  readonly outbox: {
    readonly newest: (most?: number) => Promise<LedgerRow[]>
    readonly open: (mailId: string) => Promise<OutboxMail>
  }
  /** Answers the mail host's part of an erasure where the mail host is the outbox: its boxes died with the keys. */
  readonly outboxTeller: Teller
}

/** Opens the door. */
export function openContact(ctx: ContactContext): Contact {
  return {
    send: (tx, mail) => send(ctx, tx, mail),
    record: (tx, made) => record(ctx, tx, made),
    mayContact: (person, channel, purpose) => mayContact(ctx, { person, channel, purpose }),
    stop: (tx, what) => stop(ctx, tx, what),
    lift: (tx, of) => lift(ctx, tx, of),
    bounced: (told) => bounced(ctx, told),
    many: many(ctx),
    ledger: (person) => mailsTo(ctx.db.query, person),
    countSince: (of) => countSince(ctx.db.query, of),
    byMessages: (messageIds) => mailsByMessage(ctx.db.query, messageIds),
    counts: () => mailCounts(ctx.db.query),
    stopCounts: () => stopCounts(ctx.db.query),
    isRepeated: (kind) => isRepeated(ctx.db.query, kind),
    jobs: {
      'contact.handOver': (ids) => handOver(ctx, String(ids['mail'])),
      'contact.owed': (ids) => handOver(ctx, String(ids['mail'])),
      'contact.bulk': (ids) => handOver(ctx, String(ids['mail']), true),
    },
    outbox: { newest: (most) => outboxMails(ctx, most), open: (mailId) => openMail(ctx, mailId) },
    outboxTeller: async (person) => ((await stillHeld(ctx, person)) ? 'waiting' : 'nothing-held'),
  }
}

function many(ctx: ContactContext): ManyContacts {
  return {
    send: (tx, mails) => sendMany(ctx, tx, mails),
    stops: (of) => stopsAmong(ctx, of),
    isStopped: (of) => isStopped(ctx, of),
    madeAfterNo: (purposes) => madeAfterNo(ctx, purposes),
    tally: (ref) => tallyOf(ctx.db.query, ref),
    waiting: (ref) => waitingFor(ctx.db.query, ref),
    list: (of) => contactsFor(ctx.db.query, of),
    goOn: (tx, ref) => goOn(ctx, tx as unknown as Tx<ContactTables & JobTables>, ref),
    again: (tx, ref) => again(ctx, tx as unknown as Tx<ContactTables & JobTables>, ref),
  }
}

async function goOn(ctx: ContactContext, tx: Tx<ContactTables & JobTables>, ref: Ref): Promise<number> {
  const mails = await heldBack(tx as unknown as Tx<ContactTables>, ref)
  await askAgain(ctx, tx, mails)
  return mails.length
}

async function again(ctx: ContactContext, tx: Tx<ContactTables & JobTables>, ref: Ref): Promise<number> {
  const mails = await waitAgain(tx as unknown as Tx<ContactTables>, ref)
  await askAgain(ctx, tx, mails)
  return mails.length
}

function askAgain(ctx: ContactContext, tx: Tx<ContactTables & JobTables>, mails: readonly string[]): Promise<void> {
  const at = ctx.now()
  const jobs = mails.map((mail) => ({ key: `mail:${mail}:${at.getTime()}`, kind: 'contact.bulk', ids: { mail } }))
  return enqueue(tx, at, jobs)
}

async function stillHeld(ctx: Pick<ContactContext, 'vault'>, person: PersonId): Promise<boolean> {
  return (await ctx.vault.held(person)).some((holding) => holding.class !== 'tax')
}

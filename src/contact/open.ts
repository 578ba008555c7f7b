import type { JobHandler, Tx } from '../db/index.ts'
import type { Purpose } from '../policy/index.ts'
import type { Teller } from '../partners/index.ts'
import type { PersonId } from '../vault/index.ts'
import type { ContactContext } from './context.ts'
import { handOver } from './handOver.ts'
import { mayContact, type May } from './mayContact.ts'
import { openMail, outboxMails, type OutboxMail } from './outbox.ts'
import { isRepeated, mailCounts, mailsTo, type LedgerRow } from './queries.ts'
import { send, type MailOrder } from './send.ts'
import type { Channel } from './tables.ts'

/** The second door, for the rooms above: the only way to reach a person. */
export type Contact = {
  readonly send: <T>(tx: Tx<T>, mail: MailOrder) => Promise<void>
  readonly mayContact: (person: PersonId, channel: Channel, purpose: Purpose) => Promise<May>
  /** Every contact with a person: ids and words. */
  readonly ledger: (person: PersonId) => Promise<LedgerRow[]>
  readonly counts: () => Promise<Readonly<Record<string, number>>>
  /** Whether any one thing has more than one mail of a kind: for the promises page. */
  readonly isRepeated: (kind: string) => Promise<boolean>
  readonly jobs: Readonly<Record<'contact.handOver', JobHandler>>
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
    mayContact: (person, channel, purpose) => mayContact(ctx, { person, channel, purpose }),
    ledger: (person) => mailsTo(ctx.db.query, person),
    counts: () => mailCounts(ctx.db.query),
    isRepeated: (kind) => isRepeated(ctx.db.query, kind),
    jobs: { 'contact.handOver': (ids) => handOver(ctx, String(ids['mail'])) },
    outbox: { newest: (most) => outboxMails(ctx, most), open: (mailId) => openMail(ctx, mailId) },
    outboxTeller: async (person) => ((await stillHeld(ctx, person)) ? 'waiting' : 'nothing-held'),
  }
}

async function stillHeld(ctx: Pick<ContactContext, 'vault'>, person: PersonId): Promise<boolean> {
  return (await ctx.vault.held(person)).some((holding) => holding.class !== 'tax')
}

import type { RetentionClass } from '../policy/index.ts'
import type { Actor, PersonId, Vault } from '../vault/index.ts'
import type { AboutMail, ContactContext } from './context.ts'
import { mailById, newestMails, type LedgerRow } from './queries.ts'
import type { Delivery, ReleasedMail, Transport } from './transports/transport.ts'

const outboxActor: Actor = { role: 'program', id: 'outbox' }

/**
 * The transport of example mode: the finished mail becomes a sealed box of the person it is for, in the transaction that
 * ends its ledger row, so there is exactly one, and it dies with the person. It touches no network.
 */
export function outboxTransport(vault: Pick<Vault, 'openSealer' | 'add'>, host: string): Transport<AboutMail> {
  return { host, deliver: (mail, about) => seal(vault, mail, about), close: () => Promise.resolve() }
}

async function seal(vault: Pick<Vault, 'openSealer' | 'add'>, mail: ReleasedMail, about: AboutMail): Promise<Delivery> {
  const { person, purpose, mailId } = about
  const to = mail.fields.email
  const retention: RetentionClass = about.addressClass ?? 'contract'
  if (!to) return { outcome: 'refused', because: 'no-address' }
  const opened = await vault.openSealer({
    person,
    purpose,
    classes: [retention],
    part: 'message',
    actor: outboxActor,
    for: about.for,
  })
  if (opened.outcome === 'refused') return { outcome: 'refused', because: opened.because }
  const values = { to, subject: String(mail.values['subject']), text: String(mail.values['text']) }
  const box = { class: retention, part: 'message', item: mailId, values } as const
  const { sealer } = opened
  return {
    outcome: 'accepted',
    keep: { class: retention, write: (tx) => vault.add(tx, sealer, [box]), wipe: sealer.wipe },
  }
}

/** A mail of the outbox as its page shows it, or why it shows nothing. */
export type OutboxMail =
  | {
      readonly outcome: 'shown'
      readonly row: LedgerRow
      readonly to: string
      readonly subject: string
      readonly text: string
    }
  | { readonly outcome: 'unknown' }
  | { readonly outcome: 'waiting' | 'not-sent' | 'erased' | 'over'; readonly row: LedgerRow }

/** Opens one finished mail of example mode, as the person it is for would in their own mailbox; the look is logged. */
export async function openMail(ctx: Pick<ContactContext, 'db' | 'vault'>, mailId: string): Promise<OutboxMail> {
  const row = await mailById(ctx.db.query, mailId)
  if (!row) return { outcome: 'unknown' }
  if (row.outcome === null) return { outcome: 'waiting', row }
  if (row.outcome !== 'handed-over') return { outcome: row.because === 'erased' ? 'erased' : 'not-sent', row }
  const text = await unseal(ctx, row)
  return text ? { outcome: 'shown', row, ...text } : { outcome: await whyGone(ctx, row.person), row }
}

type Finished = { readonly to: string; readonly subject: string; readonly text: string }

async function unseal(ctx: Pick<ContactContext, 'vault'>, row: LedgerRow): Promise<Finished | undefined> {
  const { person, purpose, mailId } = row
  const look = {
    person,
    purpose,
    parts: ['message'],
    items: [mailId],
    actor: outboxActor,
    for: `mail:${mailId}`,
  } as const
  const opened = await ctx.vault.openBoxes(look)
  if (opened.outcome === 'refused') return undefined
  return opened.boxes[0]?.values as Finished | undefined // sealed above with these three names
}

async function whyGone(ctx: Pick<ContactContext, 'vault'>, person: PersonId): Promise<'erased' | 'over'> {
  const held = await ctx.vault.held(person)
  return held.every((holding) => holding.class === 'tax') ? 'erased' : 'over'
}

/** The newest mails: ids, kinds and times. */
export function outboxMails(ctx: Pick<ContactContext, 'db'>, most = 200): Promise<LedgerRow[]> {
  return newestMails(ctx.db.query, most)
}

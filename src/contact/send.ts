import { enqueue, type JobTables, type Tx } from '../db/index.ts'
import { keyedHash, newId } from '../lib/index.ts'
import type { Purpose } from '../policy/index.ts'
import type { PersonId, Ref } from '../vault/index.ts'
import type { MailKind } from './kinds.ts'
import type { ContactContext } from './context.ts'
import { addRows, takeKeys, type NewRow } from './queries.ts'
import type { Channel, ContactTables, MailOutcome } from './tables.ts'

/**
 * A mail that is asked for. Shape: `key` is that of the effect, unique for ever; no address, no text. One of many waits in a line of
 * its own, so that no receipt waits behind it: `owed` is what everybody must be told, `bulk` what rather stays unsent than goes out twice.
 */
export type MailOrder = {
  readonly key: string
  readonly kind: MailKind
  readonly person: PersonId
  readonly purpose: Purpose
  readonly for: Ref
  readonly line?: 'owed' | 'bulk'
}

type SendContext = Pick<ContactContext, 'now' | 'messageKey' | 'messageHost'>

/**
 * Asks for a mail inside the caller's transaction: a waiting row of ids and a job that hands it over.
 * The same key asks once. Whether the person may be reached is asked at hand-over, not here.
 */
export function send<T>(ctx: SendContext, tx: Tx<T>, mail: MailOrder): Promise<void> {
  return sendMany(ctx, tx, [mail])
}

/** Asks for many mails at once, each as by itself. */
export async function sendMany<T>(ctx: SendContext, tx: Tx<T>, mails: readonly MailOrder[]): Promise<void> {
  const own = tx as unknown as Tx<ContactTables & JobTables>
  const at = ctx.now()
  const rows = mails.map((mail) => rowOf(ctx, { ...mail, channel: 'mail' }))
  const free = await takeKeys(own, rows)
  await addRows(own, free)
  const lines = new Map(mails.map((mail) => [mail.key, mail.line ?? 'handOver']))
  const jobs = free.map(({ mailId, key }) => ({
    key: `mail:${mailId}`,
    kind: `contact.${lines.get(key) ?? 'handOver'}`,
    ids: { mail: mailId },
  }))
  await enqueue(own, at, jobs)
}

/** A contact that staff or the program made without a mail host: a printed letter, a call, or one that was left out and why. */
export type MadeContact = Omit<MailOrder, 'line'> & {
  readonly channel: Exclude<Channel, 'mail'>
  readonly outcome: Extract<MailOutcome, 'handed-over' | 'dropped'>
  readonly because?: string
}

/** Writes letters or calls into the ledger, each once for its key. Ask `mayContact` first. */
export async function record<T>(ctx: SendContext, tx: Tx<T>, made: readonly MadeContact[]): Promise<void> {
  const own = tx as unknown as Tx<ContactTables>
  const rows = made.map((one) => ({ ...one, ...rowOf(ctx, one) }))
  const free = new Set((await takeKeys(own, rows)).map(({ mailId }) => mailId))
  for (const row of rows) if (free.has(row.mailId)) await addRows(own, [row], row)
}

function rowOf(ctx: SendContext, asked: Omit<MailOrder, 'line'> & { readonly channel: Channel }): NewRow {
  const { key, kind, person, purpose, channel } = asked
  const madeAt = ctx.now()
  const mailId = newId<'mail'>(madeAt)
  return { key, kind, person, purpose, channel, for: asked.for, mailId, madeAt, messageId: messageIdOf(ctx, key) }
}

/** The Message-ID of a mail, the same whenever its key is the same. Shape: without the angle brackets. Source: RFC 5322 section 3.6.4. */
export function messageIdOf(ctx: Pick<ContactContext, 'messageKey' | 'messageHost'>, key: string): string {
  return `${keyedHash(ctx.messageKey, 'message-id', key).toString('hex').slice(0, 40)}@${ctx.messageHost}`
}

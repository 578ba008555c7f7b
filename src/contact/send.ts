import { enqueue, type JobTables, type Tx } from '../db/index.ts'
import { keyedHash, newId } from '../lib/index.ts'
import type { Purpose } from '../policy/index.ts'
import type { PersonId, Ref } from '../vault/index.ts'
import type { ContactContext } from './context.ts'
import { addMail, takeKey } from './queries.ts'
import type { ContactTables } from './tables.ts'

/** A mail that is asked for. Shape: `key` is that of the effect, unique for ever; no address, no text. */
export type MailOrder = {
  readonly key: string
  readonly kind: string
  readonly person: PersonId
  readonly purpose: Purpose
  readonly for: Ref
}

/**
 * Asks for a mail inside the caller's transaction: a waiting row of ids and a job that hands it over.
 * The same key asks once. Whether the person may be reached is asked at hand-over, not here.
 */
export async function send<T>(
  ctx: Pick<ContactContext, 'now' | 'messageKey' | 'messageHost'>,
  tx: Tx<T>,
  mail: MailOrder,
): Promise<void> {
  const own = tx as unknown as Tx<ContactTables & JobTables>
  const madeAt = ctx.now()
  const mailId = newId<'mail'>(madeAt)
  const { key, ...rest } = mail
  if (!(await takeKey(own, key, mailId))) return
  await addMail(own, { ...rest, mailId, madeAt, messageId: messageIdOf(ctx, key) })
  await enqueue(own, madeAt, [{ key: `mail:${mailId}`, kind: 'contact.handOver', ids: { mail: mailId } }])
}

/** The Message-ID of a mail, the same whenever its key is the same. Shape: without the angle brackets. Source: RFC 5322 section 3.6.4. */
export function messageIdOf(ctx: Pick<ContactContext, 'messageKey' | 'messageHost'>, key: string): string {
  return `${keyedHash(ctx.messageKey, 'message-id', key).toString('hex').slice(0, 40)}@${ctx.messageHost}`
}

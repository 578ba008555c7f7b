import type { Tx } from '../../../db/index.ts'
import { cutCards, isId, keyedHash, newId } from '../../../lib/index.ts'
import type { Sealer, TextId } from '../../../vault/index.ts'
import { numberOf, personOf } from '../../orders/index.ts'
import type { PaymentContext } from '../context.ts'
import type { PaymentTables } from '../tables.ts'
import { isKept, takeMessage } from './queries.ts'

/** The program itself, as the one who files what processors send. */
export const program = { role: 'program', id: 'payments' } as const

/** A message to be kept. Shape: `text` is what it says, with nothing of a card's part; `orderRef` the order that it names. */
export type ToKeep = {
  readonly processor: string
  readonly endpoint: string
  readonly text: string
  readonly body: Uint8Array
  readonly orderRef: string | undefined
}

/** Writes a message that was made ready, in a transaction; and forgets its keys, whether it was written or not. */
export type Keeping = { readonly write: (tx: Tx<PaymentTables>) => Promise<void>; readonly wipe: () => void }

/**
 * Makes a message ready to be kept: under the key of the order's buyer, or of a person of its own until its order is known.
 * Undefined when it is kept already, or when its buyer was erased or is out of time: then nothing of it is kept.
 */
export async function readyToKeep(ctx: PaymentContext, message: ToKeep): Promise<Keeping | undefined> {
  const digest = keyedHash(
    ctx.messageKey,
    message.processor,
    message.endpoint,
    Buffer.from(message.body).toString('base64'),
  )
  if (await isKept(ctx.db.query, message.processor, digest)) return undefined
  const known = await holderOf(ctx, message.orderRef)
  if (known === 'nobody') return undefined
  const sealer = known ?? (await ctx.vault.newPerson(['contract'], {}))
  const text: TextId = ctx.vault.newText()
  const row = {
    event_id: newId(ctx.now()),
    processor: message.processor,
    endpoint: message.endpoint,
    digest,
    order_ref: message.orderRef ?? null,
    person_id: sealer.person,
    text_id: text,
    received_at: ctx.now(),
  }
  const content = Buffer.from(cutCards(message.text).text)
  return {
    write: async (tx) => {
      if (!(await takeMessage(tx, row))) return
      if (!known) await ground(ctx, tx, sealer)
      await ctx.vault.writeTexts(tx, { id: text, class: 'contract', passages: [{ content, for: [sealer] }] })
    },
    wipe: () => sealer.wipe(),
  }
}

/** Who can be given a message about an order: its buyer; nobody after an erasure; undefined while no order is known. */
async function holderOf(ctx: PaymentContext, orderRef: string | undefined): Promise<Sealer | 'nobody' | undefined> {
  const orderId = isId<'order'>(orderRef) ? orderRef : undefined
  if (!orderId || (await numberOf(ctx.orders.db.query, orderId)) === undefined) return undefined
  const person = await personOf(ctx.orders.db.query, orderId)
  if (!person) return 'nobody'
  const opened = await ctx.vault.openSealer({
    person,
    classes: ['contract'],
    purpose: 'refunds',
    part: 'message',
    actor: program,
    for: `order:${orderId}`,
  })
  return opened.outcome === 'open' ? opened.sealer : 'nobody'
}

/** Whoever is not known yet is still somebody, whom the message belongs to. */
async function ground(ctx: PaymentContext, tx: Tx<PaymentTables>, sealer: Sealer): Promise<void> {
  await ctx.vault.collect(tx, sealer, {
    purposes: ['refunds'],
    values: { processorMessage: UNKNOWN },
    notice: ctx.notice(),
    channel: 'processor',
    keep: true,
  })
}

const UNKNOWN = 'A message about an order that is not known yet.'

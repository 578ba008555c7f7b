import { z } from 'zod'
import { cutCards, isId } from '../../../lib/index.ts'
import type { Inbound, Verified } from '../adapter.ts'
import { verifyTimed, type Manner } from '../timedSignature.ts'
import type { NoticeKeys } from './keys.ts'
import { unseal } from './unseal.ts'

/** Every name in a notice, and this header's, is chosen by this project. */
const manner: Manner = { header: 'sealed-signature', time: 't', mac: 'v1', between: '.' }
const id = z.string().min(1).max(100)
const orderKinds = ['order.received', 'order.completed', 'order.failed', 'order.cancelled', 'order.expired'] as const
const backKinds = ['refund.requested', 'refund.succeeded', 'refund.failed'] as const
const disputeKinds = ['dispute.opened', 'dispute.won', 'dispute.lost'] as const
const payoutKinds = ['payout.expected', 'payout.paid', 'payout.failed'] as const
// Of the person only the e-mail address is read, to which the key goes. Name and address are in the order, when a box has to be posted.
const person = z.object({ email: z.string().max(254) })
const money = {
  event: id,
  time: z.iso.datetime(),
  amount: z.int().nonnegative(),
  currency: z.string().regex(/^[A-Z]{3}$/),
}
const ofOrder = { ...money, order: z.string().refine(isId, 'must be an order of this shop'), payment: id }

/** What a notice says. Shape: amount in minor units; what is not named here is dropped unread. */
const notice = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(orderKinds), ...ofOrder, person: person.optional() }),
  z.object({ kind: z.enum(backKinds), ...ofOrder, refund: id }),
  z.object({ kind: z.enum(disputeKinds), ...ofOrder, dispute: id }),
  z.object({ kind: z.enum(payoutKinds), ...money, payout: id }),
])

/** A notice that was opened. */
export type Notice = z.infer<typeof notice>

/** Reads a notice from its JSON; undefined when it is none. */
export function readNotice(text: string): Notice | undefined {
  try {
    const read = notice.safeParse(JSON.parse(text))
    return read.success ? read.data : undefined
  } catch {
    return undefined
  }
}

/**
 * Proves and opens a notice: signed over its raw bytes, sealed to a key of the vendor's. Of what it says only the names above are left;
 * the card part comes apart from it. Source: promise hosted-cards.
 */
export async function verifyNotice(
  message: Inbound,
  { secrets, keys }: { readonly secrets: readonly string[]; readonly keys: NoticeKeys },
  now: Date,
): Promise<Verified> {
  const signed = verifyTimed(message, { manner, secrets }, now)
  if (!signed.ok) return signed
  const opened = await unseal(message.body, keys, now)
  if (!opened.ok) return opened
  const { said, envelope } = opened
  const refuse = (why: 'card in the open' | 'not understood'): Verified => {
    envelope?.bytes.fill(0)
    return { ok: false, because: why }
  }
  if (cutCards(said).cards > 0) return refuse('card in the open')
  const read = readNotice(said)
  if (!read || (read.kind === 'order.received') !== (envelope !== undefined)) return refuse('not understood')
  return { ok: true, text: JSON.stringify(read), envelope }
}

import { sameSecret } from '../../../lib/index.ts'
import type { Inbound, Verified } from '../adapter.ts'
import { isTwice, pairsOf, textOf, type Pair } from '../inbound/pairs.ts'
import type { SwregSettings } from './settings.ts'

/**
 * What is kept of a call. The addresses, the telephone number and the network address of the buyer, which the processor
 * sends along, have no purpose here and are left out. Source: payments reference 2.2 and 2.3; `initals` is its own spelling.
 */
const KEPT: Readonly<Record<string, ReadonlySet<string>>> = {
  key: new Set('o_no master_order_no pc var del title initals name co_name email user_text qty pp'.split(' ')),
  refund: new Set('order_no notify_type net_total vat name company_name email'.split(' ')),
}
const PROVES = new Set(['shop_id', 'security'])

/** Whether a call is the processor's own: by its secret path, and a refund also by its shop and security value, since it signs nothing. */
export function verifyCall(message: Inbound, settings: SwregSettings, now: Date): Verified {
  const secret = message.secret ?? ''
  if (!settings.secretPaths.some((path) => sameSecret(path, secret))) return { ok: false, because: 'wrong address' }
  const pairs = pairsOf(message.body)
  const kept = KEPT[message.endpoint] ?? new Set()
  if (isTwice(pairs, new Set([...kept, ...PROVES]))) return { ok: false, because: 'not understood' }
  const refused = message.endpoint === 'refund' ? refusedRefund(pairs, settings) : undefined
  return refused ?? { ok: true, text: textOf(pairs, kept, now) }
}

/** Both texts of its page are heard: the older one sends the account's notification address, the newer one a key. */
function refusedRefund(pairs: readonly Pair[], { shop, refundSecurity }: SwregSettings): Verified | undefined {
  const sent = new Map(pairs)
  if (sent.get('shop_id') !== shop) return { ok: false, because: 'other shop' }
  const security = sent.get('security') ?? ''
  if (security === '') return { ok: false, because: 'no signature' }
  return refundSecurity.some((value) => sameSecret(value, security))
    ? undefined
    : { ok: false, because: 'wrong signature' }
}

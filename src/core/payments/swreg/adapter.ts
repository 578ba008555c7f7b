import { after, type Now } from '../../../lib/index.ts'
import { processors } from '../../../policy/index.ts'
import type { Adapter } from '../adapter.ts'
import { sellsGoods, type Sold } from '../processors.ts'
import { hostOf, linkValues, orderLink, pageIn } from './link.ts'
import { parseCall } from './parse.ts'
import { replyTo } from './reply.ts'
import { productCodes, type SwregSettings } from './settings.ts'
import { verifyCall } from './verify.ts'

/** How long somebody may take to pay at a page that never ends. */
const PATIENCE = 'P30D'

/**
 * SWREG, as far as its protocol was recovered: an order link, a call for the key while the receipt is made, and a notice of refunds.
 * It has nothing that could be asked. It is closed, so a live shop only hears it.
 */
export function swregAdapter(settings: SwregSettings & { readonly live: boolean }, sold: Sold, now: Now): Adapter {
  const facts = processors.swreg
  const codes = productCodes(settings, sold.offers)
  const page = new URL(pageIn(settings, sold.currency))
  const endpoint = (name: 'key' | 'refund', method: 'GET' | 'POST') =>
    ({ name, method, path: `/:secret/${name}`, most: 16_000 }) as const
  return {
    facts,
    page: page.origin,
    host: page.hostname,
    sells: !settings.live,
    canSell: (sale) => (hostOf[sale.currency] ? sellsGoods(facts)(sale) : { reason: 'currency' }),
    valuesFor: linkValues(codes),
    startCheckout: (released, ref) =>
      Promise.resolve({ url: orderLink(released, settings), ref, expiresAt: after(now(), PATIENCE) }),
    expire: () => Promise.resolve('expired'),
    endpoints: [endpoint('key', 'GET'), endpoint('refund', 'POST')],
    verify: (message, at) => verifyCall(message, settings, at),
    parse: (text, name) => parseCall(text, name, { codes, currency: sold.currency }),
    reply: (name, handled) => replyTo(name, handled, settings),
    fetchState: () => Promise.resolve([]),
  }
}

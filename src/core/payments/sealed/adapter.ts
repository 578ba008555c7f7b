import { processors } from '../../../policy/index.ts'
import type { Adapter } from '../adapter.ts'
import { apiOrigin, plainValues, sellsGoods } from '../processors.ts'
import { askState, endPage, eventsSince, openPage, payBack } from './api.ts'
import { jwkSet, type NoticeKeys } from './keys.ts'
import { verifyNotice } from './notice.ts'
import { parseNotice } from './parse.ts'

/** How to reach a processor that seals its notices. Shape: `api` an origin; more than one secret may be live while they are changed. */
export type SealedSettings = {
  readonly api: string
  readonly apiKey: string
  readonly webhookSecrets: readonly string[]
  /** Where its hosted pages are. */
  readonly page: string
  readonly live: boolean
  readonly keys: NoticeKeys
}

/** The largest notice: what it says and the card part, sealed twice, are some three thousand characters. */
const MOST = 16_384

/** A processor that encrypts all personal details for the vendor alone before it sends them. Its names are chosen by this project. */
export function sealedAdapter(settings: SealedSettings): Adapter {
  const { live, keys, webhookSecrets: secrets } = settings
  const facts = processors.sealed
  const to = { api: apiOrigin(settings.api, live).origin, apiKey: settings.apiKey }
  return {
    facts,
    page: new URL(settings.page).origin,
    host: new URL(settings.api).hostname,
    sells: true,
    canSell: sellsGoods(facts),
    valuesFor: plainValues,
    startCheckout: (released, key) => openPage(to, released, key),
    expire: (ref) => endPage(to, ref),
    endpoints: [{ name: 'notice', method: 'POST', path: '', most: MOST }],
    published: { path: '/keys', read: () => jwkSet(keys) },
    verify: (message, now) => verifyNotice(message, { secrets, keys }, now),
    parse: parseNotice,
    reply: (_endpoint, handled) =>
      handled.outcome === 'recorded' ? { status: 200, text: '' } : { status: 401, text: `${handled.because}\n` },
    fetchState: (ref) => askState(to, ref),
    refund: (released, key) => payBack(to, released, key),
    eventsSince: (since) => eventsSince(to, since),
  }
}

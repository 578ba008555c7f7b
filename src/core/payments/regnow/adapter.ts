import { after, type Now } from '../../../lib/index.ts'
import { processors } from '../../../policy/index.ts'
import type { Adapter, Handled, Reply } from '../adapter.ts'
import { sellsGoods, type Sold } from '../processors.ts'
import { linkValues, orderLink } from './link.ts'
import { parseCall } from './parse.ts'
import type { CallProfile } from './profile.ts'
import { itemsOf, profileOf, type RegnowSettings } from './settings.ts'
import { verifyCall } from './verify.ts'

/** How long somebody may take to pay at a page that never ends. */
const PATIENCE = 'P30D'

/**
 * RegNow: its order link and status codes as they were recovered; its calls by profiles whose names are chosen by this project.
 * It has nothing that could be asked. It is closed, so a live shop only hears it.
 */
export function regnowAdapter(settings: RegnowSettings & { readonly live: boolean }, sold: Sold, now: Now): Adapter {
  const facts = processors.regnow
  const items = itemsOf(settings, sold.offers)
  const page = new URL(settings.page)
  return {
    facts,
    page: page.origin,
    host: page.hostname,
    sells: !settings.live,
    canSell: sellsGoods(facts),
    valuesFor: linkValues(items),
    startCheckout: (released, ref) =>
      Promise.resolve({ url: orderLink(released, settings), ref, expiresAt: after(now(), PATIENCE) }),
    expire: () => Promise.resolve('expired'),
    endpoints: ['key', 'update'].flatMap((name) =>
      profileOf(settings, name).methods.map((method) => ({ name, method, path: `/:secret/${name}`, most: 16_000 })),
    ),
    verify: (message, at) => verifyCall(message, settings, at),
    parse: (text, name) => parseCall(text, name, { profile: profileOf(settings, name), items }),
    reply: (name, handled) => replyTo(profileOf(settings, name), name, handled),
    fetchState: () => Promise.resolve([]),
  }
}

/** A call for a key is never answered with an error, which its buyer would see; an update is refused plainly. */
function replyTo({ answer, nothing }: CallProfile, endpoint: string, handled: Handled): Reply {
  if (handled.outcome === 'recorded') {
    const keys = handled.keys.join('\n')
    return { status: 200, text: endpoint === 'key' && keys === '' ? nothing : answer.replace('{KEYS}', () => keys) }
  }
  return endpoint === 'key' ? { status: 200, text: nothing } : { status: 401, text: 'Refused' }
}

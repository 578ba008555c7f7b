import { sweepRegistrations } from '../../../core/licences/index.ts'
import { isOn } from '../../../policy/index.ts'
import {
  CHECK_PATH,
  checkRoutes,
  copiesHeld,
  copiesMails,
  copiesProbes,
  copiesRail,
  copiesRoutes,
  type CopiesContext,
} from '../../../rooms/copies/index.ts'
import { normalise } from '../../../vault/index.ts'
import { addressOf } from '../../../web/index.ts'
import type { Joined, Part } from '../../part.ts'

/** Copies that people own: registering one from elsewhere, an owner's own page, and the licence check, which stands by itself. */
export function copiesPart(joined: Joined): Part {
  const { engine, web, desk, now, policy, contact, licences } = joined
  const proxies = joined.trustedProxies ?? 0
  const ctx: CopiesContext = {
    links: engine.for(),
    web,
    desk,
    now,
    policy,
    licences: { ...licences, contact },
    mayMail: (email) => web.limits.take('linkMail', normalise('email', email)),
    mayTry: (group, c) => web.limits.take(group, addressOf(c, proxies)),
  }
  const inbound = [CHECK_PATH]
  if (!isOn(policy, 'registration')) return { routes: checkRoutes(ctx), inbound, probes: copiesProbes(ctx) }
  return {
    inbound,
    routes: copiesRoutes(ctx),
    pages: ['register', 'copies'],
    rail: copiesRail,
    composers: copiesMails(ctx),
    probes: copiesProbes(ctx),
    held: (person) => copiesHeld(ctx, person),
    hourly: async () => void (await sweepRegistrations(licences)),
  }
}

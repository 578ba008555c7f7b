import { clauses } from '../../policy/index.ts'
import { changeRoutes, policyChangeMail, tellAll, tellDaily, type ChangeContext } from '../../rooms/changes/index.ts'
import type { PublishedVersion } from '../../rooms/promises/index.ts'
import type { Joined, Part } from '../part.ts'

/** Telling people about a change of the policy before it takes effect. */
export function changesPart(joined: Joined, versions: () => Promise<readonly PublishedVersion[]>): Part {
  const { engine, web, now, policy, next, vault, contact, orders } = joined
  const published: ChangeContext['published'] = async () =>
    (await versions())[0] ?? { version: 1, clauses: clauses(policy) }
  const { timeZone } = orders
  const ctx: ChangeContext = { db: engine.for(), web, now, timeZone, policy, next, vault, contact, published }
  return {
    routes: changeRoutes(ctx),
    composers: { policyChange: policyChangeMail(ctx) },
    hourly: () => tellDaily(ctx),
    handlers: { 'changes.tell': (ids) => tellAll(ctx, String(ids['change'])) },
  }
}

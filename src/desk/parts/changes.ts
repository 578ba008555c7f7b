import { clauses, policyHash } from '../../policy/index.ts'
import { changeRoutes, policyChangeMail, tellAll, tellDaily, type ChangeContext } from '../../rooms/changes/index.ts'
import type { Joined, Part } from '../part.ts'

/** Telling people about a change of the policy before it takes effect. */
export function changesPart(joined: Joined): Part {
  const { engine, web, now, policy, vault, contact, orders } = joined
  // What is in force was published before any room stands, and both policies stay what they are until the program opens itself anew.
  const next = joined.next && { hash: policyHash(joined.next), clauses: clauses(joined.next) }
  const { timeZone } = orders
  const inForce = clauses(policy)
  const ctx: ChangeContext = { db: engine.for(), web, now, timeZone, policy, inForce, next, vault, contact }
  return {
    routes: changeRoutes(ctx),
    composers: { policyChange: policyChangeMail(ctx) },
    hourly: () => tellDaily(ctx),
    handlers: { 'changes.tell': (ids) => tellAll(ctx, String(ids['change'])) },
  }
}

import { createHash } from 'node:crypto'
import type { Clause } from './body.ts'
import { collectedClause, generalClauses, timeClause, whoClause } from './generalClauses.ts'
import { cardsClause, partnerClauses } from './partnerClauses.ts'
import { purposeClause } from './purposeClause.ts'
import type { Policy } from '../vendor.ts'

/** The whole published policy, made from the policy in force: one clause for each anchor. Source: GDPR articles 13 and 14. */
export function clauses(policy: Policy): Clause[] {
  const bodies = [
    whoClause(policy),
    collectedClause(policy),
    ...Object.values(policy.purposes).map((purpose) => purposeClause(policy, purpose)),
    timeClause(),
    cardsClause(policy),
    ...partnerClauses(policy),
    ...generalClauses(policy),
  ]
  return bodies.map((body, index) => ({ number: index + 1, ...body }))
}

/**
 * A fingerprint of what visitors read, to tell whether a new version must be published. It changes when `difference` finds something,
 * and when clauses get other numbers, since stamps show them. Shape: SHA-256 in hex.
 */
export function policyHash(policy: Policy): string {
  const said = clauses(policy).map(({ anchor, title, sentences }) => [
    anchor,
    ...[...new Set([title, ...sentences])].sort(),
  ])
  return createHash('sha256').update(JSON.stringify(said)).digest('hex')
}

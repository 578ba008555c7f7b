import type { Policy } from '../vendor.ts'

/** Where a clause stands in the published policy. */
export type ClausePlace = { readonly number: number; readonly anchor: string }

/** The anchor of every clause, in the order of the page. */
export function anchors(policy: Policy): string[] {
  const partners = policy.recipients.map(({ id }) => `partner-${id}`)
  return ['who', 'collected', ...Object.keys(policy.purposes), 'time', 'cards', 'partners', ...partners, ...LAST]
}

const LAST = ['never-sold', 'rights-of-yours', 'cookies', 'children', 'transfers', 'security', 'authority']

/** Where a clause stands. Errors: throws when no clause has that anchor, so that a stamp never leads nowhere. */
export function clauseFor(policy: Policy, anchor: string): ClausePlace {
  const index = anchors(policy).indexOf(anchor)
  if (index < 0) throw new RangeError(`no clause ${anchor}`)
  return { number: index + 1, anchor }
}

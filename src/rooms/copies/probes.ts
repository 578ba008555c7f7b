import { endedRegistrations, newestOwners } from '../../core/licences/index.ts'
import { earlier } from '../../lib/index.ts'
import { isOn, type Finding } from '../../policy/index.ts'
import type { CopiesContext } from './context.ts'
import { en } from './words.ts'

const MOST = 50
const HOUR_MS = 3_600_000

/** Looks whether registrations are what the promise says: confirmed, or gone after their time. */
export function copiesProbes(ctx: CopiesContext): { readonly registrations: () => Promise<Finding> } {
  return { registrations: () => registrations(ctx) }
}

async function registrations({ licences, now, policy }: CopiesContext): Promise<Finding> {
  const { db, vault } = licences
  // What ends is destroyed by the hour.
  const late = await endedRegistrations(db.query, earlier(now(), 2 * HOUR_MS))
  const owners = await newestOwners(db.query, MOST)
  const grounds = await Promise.all(owners.map((person) => vault.may(person, 'registration')))
  if (!isOn(policy, 'registration'))
    return { holds: late.length + owners.length === 0, text: owners.length > 0 ? en.probe.left : en.probe.off }
  const wrong = late.length + grounds.filter((live) => !live).length
  if (wrong > 0) return { holds: false, text: en.probe.broken }
  return { holds: true, text: owners.length > 0 ? en.probe.holds : en.probe.nothing }
}

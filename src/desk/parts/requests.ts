import { remindDue, requestRoutes, requestsHeld, requestsRail, type PrivacyContext } from '../../rooms/privacy/index.ts'
import type { Joined, Part } from '../part.ts'

/** Requests about people’s own data that come by letter or telephone. */
export function requestsPart({ desk }: Joined, privacy: PrivacyContext): Part {
  const ctx = { ...privacy, desk }
  return {
    routes: requestRoutes(ctx),
    rail: () => requestsRail(ctx),
    held: (person) => requestsHeld(privacy, person),
    hourly: () => remindDue(ctx),
  }
}

import { dayIn, instant } from '../../lib/index.ts'
import { isOn } from '../../policy/index.ts'
import {
  answerMail,
  lettersHeld,
  lettersKept,
  lettersRail,
  lettersRoutes,
  SCAN_PATH,
  type LettersContext,
} from '../../rooms/letters/index.ts'
import { openRequest, type PrivacyContext } from '../../rooms/privacy/index.ts'
import type { Joined, Part } from '../part.ts'

/** Letters on paper, and mail that belongs to nothing else. */
export function lettersPart(joined: Joined, privacy: PrivacyContext): Part {
  const { engine, vault, contact, policy, web, desk, now, orders } = joined
  const ctx: LettersContext = {
    db: engine.for(),
    vault,
    contact,
    policy,
    web,
    desk,
    now,
    dayOf: (at) => dayIn(orders.timeZone, at),
    kick: () => orders.kick(),
    openRequest: async ({ kind, persons, receivedOn, cameBy, staff }) => {
      const receivedAt = instant(`${receivedOn}T00:00:00Z`)
      await openRequest(privacy, { kind, persons, receivedAt, channel: cameBy, staff })
    },
  }
  const probes = { letters: () => lettersKept(ctx) }
  if (!isOn(policy, 'correspondence')) return { probes }
  return {
    routes: lettersRoutes(ctx),
    rail: () => lettersRail(ctx),
    composers: { letterAnswer: answerMail(ctx) },
    files: [SCAN_PATH],
    held: (person) => lettersHeld(ctx, person),
    probes,
  }
}

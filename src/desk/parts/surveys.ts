import { ownersOf, type LicenceTables } from '../../core/licences/index.ts'
import { liveColumns } from '../../db/index.ts'
import { keyedHash } from '../../lib/index.ts'
import { isOn } from '../../policy/index.ts'
import {
  keepUp,
  drawn,
  invitationMail,
  surveysKept,
  surveysRail,
  surveysRoutes,
  type SurveysContext,
} from '../../rooms/surveys/index.ts'
import type { Joined, Part } from '../part.ts'

/** Surveys: their pages, their invitations, and closing them at their end. */
export function surveysPart(joined: Joined): Part {
  const { engine, web, desk, now, policy, vault, contact, keys, orders } = joined
  const ctx: SurveysContext = {
    db: engine.for(),
    links: engine.for(),
    web,
    desk,
    now,
    policy,
    vault,
    contact,
    kick: orders.kick,
    boxKey: (survey) => keyedHash(keys.secret('survey'), 'box', survey),
    draw: drawn,
    products: orders.catalogue.products,
    owners: (product) => ownersOf(engine.for<LicenceTables>().query, product),
  }
  return {
    routes: surveysRoutes(ctx),
    ...(isOn(policy, 'survey') && { rail: surveysRail }),
    composers: { surveyInvitation: invitationMail(ctx) },
    probes: { surveys: async () => surveysKept(ctx, await liveColumns(engine.for<never>().query)) },
    hourly: () => keepUp(ctx),
  }
}

import { isOn } from '../../policy/index.ts'
import {
  openCounter,
  sweepVisits,
  visitsProbes,
  visitsRoutes,
  visitsWords,
  type VisitTables,
} from '../../rooms/visits/index.ts'
import type { Joined, Part } from '../part.ts'

/** Counting of visits, and the page about cookies, which is there also where nothing is counted. */
export function visitsPart(core: Joined): Part {
  const { engine, keys, web, now, log, policy, desk } = core
  const { timeZone, catalogue } = core.orders
  const products = new Set(catalogue.products.map(({ id }) => id))
  const count = { db: engine.for<VisitTables>(), keys, web, now, log, timeZone, products }
  const counter = isOn(policy, 'statistics') ? openCounter(count) : undefined
  const ctx = { db: count.db, web, now, timeZone, desk, policy, counter }
  if (!counter) return { routes: visitsRoutes(ctx), pages: ['cookies'] }
  return {
    routes: visitsRoutes(ctx),
    pages: ['cookies'],
    rail: () => Promise.resolve({ href: '/desk/visits', label: visitsWords.rail }),
    probes: visitsProbes(ctx),
    seen: counter.seen,
    hourly: async () => {
      await counter.flush()
      await sweepVisits(ctx)
    },
    stop: counter.stop,
  }
}

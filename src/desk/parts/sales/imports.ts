import { importsRail, importsRoutes, IMPORT_PATH, type ImportsContext } from '../../../rooms/imports/index.ts'
import type { Joined, Part } from '../../part.ts'
import type { Core } from '../../settings.ts'

/** What taking in reports of past sales uses, at the desk and from the command line. */
export function importsOf({ engine, orders, licences, policy, web, now, keys }: Core): ImportsContext {
  return { db: engine.for(), orders, licences, policy, web, now, key: keys.secret('import') }
}

/** Reports of sales that were made elsewhere. */
export function importsPart(joined: Joined): Part {
  const ctx = { ...importsOf(joined), desk: joined.desk }
  return { routes: importsRoutes(ctx), rail: () => Promise.resolve(importsRail()), files: [IMPORT_PATH] }
}

import type { Context, Hono } from 'hono'
import type { Contact } from '../contact/index.ts'
import { inboundPaths, inboundRoutes } from '../core/payments/index.ts'
import { outboxRoutes } from '../rooms/outbox/index.ts'
import { privacyRoutes, type PrivacyContext } from '../rooms/privacy/index.ts'
import { promisesRoutes, type PromisesContext } from '../rooms/promises/index.ts'
import { staffRoutes, type StaffContext } from '../rooms/staff/index.ts'
import { storeRoutes, type StoreContext } from '../rooms/store/index.ts'
import { refuse, shell, signedIn, type Web } from '../web/index.ts'
import type { Part } from './part.ts'
import type { Core } from './settings.ts'

type Mounted = {
  readonly store: StoreContext
  readonly privacy: PrivacyContext
  readonly staff: StaffContext
  readonly promises: PromisesContext
  readonly parts: readonly Part[]
}

/** The shop's app: every room's routes behind one shell. */
export function mount(core: Core, of: Mounted): Hono {
  const { web, now, log } = core
  const { promises } = of
  const inbound = [...inboundPaths(of.store.payments), ...of.parts.flatMap((part) => part.inbound ?? [])]
  const files = of.parts.flatMap((part) => part.files ?? [])
  const seen = of.parts.find((part) => part.seen)?.seen
  const isStaff = async (c: Context): Promise<boolean> =>
    (await signedIn({ db: core.engine.for(), web, now }, c)) !== undefined
  const app = shell({ web, now, log, inbound, files, isStaff, seen, trustedProxies: core.trustedProxies ?? 0 })
  app.route('/', inboundRoutes(of.store.payments))
  app.route('/', storeRoutes(of.store))
  app.route('/', privacyRoutes(of.privacy))
  app.route('/', staffRoutes(of.staff))
  app.route('/', promisesRoutes(promises))
  for (const { routes } of of.parts) if (routes) app.route('/', routes)
  return app
}

/** The outbox of example mode, an app of its own for a listener on this machine. */
export function outboxApp(core: Core, contact: Contact): Hono {
  const web: Web = { ...core.web, baseUrl: core.outboxUrl }
  const app = shell({ web, now: core.now, log: core.log, inbound: [], trustedProxies: 0 })
  if (core.live) return app.get('/', (c) => refuse(c, web, 404))
  return app.route('/', outboxRoutes({ web, outbox: contact.outbox, shopUrl: core.baseUrl }))
}

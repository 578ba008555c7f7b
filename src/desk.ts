import type { Hono } from 'hono'
import {
  contactGrants,
  openContact,
  outboxTransport,
  smtpTransport,
  type Contact,
  type SmtpServer,
} from './contact/index.ts'
import { issue, licenceGrants, register, revoke, type LicenceContext } from './core/licences/index.ts'
import { addTask, orderGrants, readCatalogue, type OrderContext, type OrderId } from './core/orders/index.ts'
import {
  ask,
  paymentGrants,
  receivePayment,
  refundPayment,
  stripeAdapter,
  type PaymentContext,
  type StripeSettings,
} from './core/payments/index.ts'
import {
  jobGrants,
  migrate,
  sql,
  startWorker,
  stuckJobs,
  type Engine,
  type Grants,
  type JobHandler,
  type JobTables,
  type JobWorker,
} from './db/index.ts'
import { Broken, keyedHash, type Log, type Now } from './lib/index.ts'
import { openPartners, partnerGrants, type Partners } from './partners/index.ts'
import { mayReveal, promisesOf, readConfig, type Policy } from './policy/index.ts'
import { outboxRoutes } from './rooms/outbox/index.ts'
import {
  eraseDelivered,
  privacyGrants,
  privacyLinkMail,
  privacyRoutes,
  publishPolicy,
  versions,
  type PrivacyContext,
} from './rooms/privacy/index.ts'
import { promisesRoutes } from './rooms/promises/index.ts'
import { staffLink, staffRoutes, type StaffContext } from './rooms/staff/index.ts'
import { markDelivered, receiptMail, sendReceipt, storeRoutes, type StoreContext } from './rooms/store/index.ts'
import { openVault, syncPolicy, type KeyStore, type PersonTable, type Vault } from './vault/index.ts'
import { makeWeb, openAssets, refuse, shell, webGrants, type Rates, type Web } from './web/index.ts'

/** What the program is started with. Shape: `config` is the vendor's own data, unchecked; urls are origins. */
export type DeskSettings = {
  readonly config: unknown
  readonly engine: Engine
  readonly keys: KeyStore
  readonly migrations: string
  readonly assets: string
  readonly baseUrl: string
  readonly outboxUrl: string
  readonly stripe: Omit<StripeSettings, 'live'>
  readonly processorOrigin: string
  readonly smtp?: SmtpServer
  readonly files: (name: string) => Promise<Uint8Array<ArrayBuffer> | undefined>
  readonly now: Now
  readonly log: Log
  readonly rates?: Rates
  readonly trustedProxies?: number
}

/** The running program, ready to be served. */
export type Desk = {
  readonly app: Hono
  readonly outbox: Hono
  readonly worker: JobWorker
  readonly vault: Vault
  readonly policy: Policy
  readonly staffLink: (staff: { label: string; role: 'owner' | 'desk' }) => Promise<string>
  readonly stop: () => Promise<void>
}

/** Every room's rights, for the migration. */
export const allGrants: readonly Grants[] = [
  jobGrants,
  orderGrants,
  licenceGrants,
  paymentGrants,
  partnerGrants,
  contactGrants,
  webGrants,
  privacyGrants,
]

/** Every table with a path to a person, and what an erasure does to it. The vault checks that nothing else is left. */
export const personTables: readonly PersonTable[] = [
  { table: 'order_person', column: 'person_id', onErase: 'whileTax' },
  { table: 'licence_owner', column: 'person_id', onErase: 'delete' },
  { table: 'link_person', column: 'person_id', onErase: 'delete' },
  { table: 'job', column: 'person_id', onErase: 'delete' },
  { table: 'contact_ledger', column: 'person_id', onErase: 'keep' },
  { table: 'disclosure', column: 'person_id', onErase: 'keep' },
  { table: 'erasure_told', column: 'person_id', onErase: 'keep' },
]

const shippedRates: Rates = { forms: { burst: 60, perMinute: 60 }, linkMail: { burst: 3, perMinute: 0.05 } }

/**
 * Builds the one context by hand: brings the database up to date, opens the three doors, mounts the rooms and starts the work.
 * Errors: throws with every fault of the vendor's data as a sentence; nothing half-configured is started.
 */
export async function openDesk(settings: DeskSettings): Promise<Desk> {
  const { engine, keys, now, log } = settings
  const { policy, catalogue, mode, brand, timeZone, orderPrefix } = readVendor(settings.config)
  await migrate(engine, { folder: settings.migrations, grants: allGrants })
  await engine.asOwner((owner) => syncPolicy(owner, policy, engine.name === 'pglite' ? 'postgres' : 'avow_app'))

  let worker: JobWorker | undefined
  const kick = (): void => worker?.kick()
  const vault = openVault({ db: engine.for(), keys, policy, reveals: mayReveal(policy), now, log, personTables })
  await vault.finishErasures()
  await vault.sealDays()
  await vault.sweepOrphans()
  const hosts = { processor: new URL(settings.stripe.api).hostname, mailHost: settings.smtp?.host ?? '127.0.0.1' }
  const partners = openPartners({ db: engine.for(), vault, policy, mode, hosts, now, log })
  await partners.start(now())
  const version = await publishPolicy(engine.for(), policy, now())

  const web = await webFor(settings, { brand, example: mode === 'example', timeZone, policy, version })
  const orders: OrderContext = { db: engine.for(), vault, policy, catalogue, now, kick, timeZone, orderPrefix }
  const licences: LicenceContext = { db: engine.for(), orders, vault, policy, now, licenceKey: keys.secret('licence') }
  const core = {
    ...settings,
    vault,
    partners,
    policy,
    web,
    orders,
    licences,
    live: mode === 'live',
    tagline: brand.tagline,
  }
  const doors = rooms(core)
  worker = startWorker(
    { db: engine.for<JobTables>(), now, log, handlers: doors.handlers },
    engine.name === 'pglite' ? 4 : 8,
  )
  return {
    app: doors.app,
    outbox: doors.outbox,
    worker,
    vault,
    policy,
    staffLink: (staff) => staffLink(doors.staff, staff),
    stop: () => stop(worker as JobWorker, doors.closeMail),
  }
}

async function stop(worker: JobWorker, closeMail: () => Promise<void>): Promise<void> {
  await worker.stop()
  await closeMail()
}

function readVendor(source: unknown) {
  const read = readConfig(source)
  const sold = readCatalogue((source as { catalogue?: unknown }).catalogue)
  const faults = [...(read.ok ? [] : read.faults), ...(sold.ok ? [] : sold.faults.map((fault) => `catalogue.${fault}`))]
  if (!read.ok || !sold.ok) throw new Broken(`The vendor's configuration has faults:\n${faults.join('\n')}`)
  return { ...read.config, catalogue: sold.catalogue }
}

async function webFor(
  settings: DeskSettings,
  of: { brand: { name: string }; example: boolean; timeZone: string; policy: Policy; version: number },
): Promise<Web> {
  return makeWeb({
    baseUrl: settings.baseUrl,
    brand: of.brand,
    example: of.example,
    timeZone: of.timeZone,
    assets: await openAssets(settings.assets),
    actionKey: settings.keys.secret('action'),
    cookies: of.policy.cookies,
    policyVersion: () => of.version,
    rates: settings.rates ?? shippedRates,
    now: settings.now,
  })
}

type Core = DeskSettings & {
  readonly vault: Vault
  readonly partners: Partners
  readonly policy: Policy
  readonly web: Web
  readonly orders: OrderContext
  readonly licences: LicenceContext
  readonly live: boolean
  readonly tagline: string
}

type Rooms = {
  app: Hono
  outbox: Hono
  staff: StaffContext
  handlers: Record<string, JobHandler>
  closeMail: () => Promise<void>
}

function rooms(core: Core): Rooms {
  const store = storeContext(core)
  const transport = core.smtp ? smtpTransport(core.smtp) : outboxTransport(core.vault, '127.0.0.1')
  // The composers need the privacy room and it needs contact, so they are filled in when both are there.
  const composers: Record<string, Parameters<typeof openContact>[0]['composers'][string]> = {}
  const contact = openContact({
    db: core.engine.for(),
    vault: core.vault,
    partners: core.partners,
    transport,
    composers,
    messageKey: core.keys.secret('mailId'),
    messageHost: new URL(core.baseUrl).hostname,
    now: core.now,
    log: core.log,
    tellStaff: (trouble) =>
      addTask(core.orders.db.query, core.now(), { about: trouble.for, kind: trouble.kind, ref: trouble.because }),
  })
  const privacy = privacyContext(core, contact)
  composers['receipt'] = receiptMail(store)
  composers['privacyLink'] = privacyLinkMail(privacy)
  const staff = staffContext(core)
  const tellers = core.smtp ? {} : { mailHost: contact.outboxTeller }
  return {
    staff,
    app: mount(core, { store, privacy, staff }),
    outbox: outboxApp(core, contact),
    handlers: { ...jobs(core, { store, privacy, contact }), ...contact.jobs, ...core.partners.jobs(tellers) },
    closeMail: () => transport.close(),
  }
}

function storeContext(core: Core): StoreContext {
  const { engine, web, now, orders, licences, keys, partners, log, tagline } = core
  const returnToken = (orderId: string, attempt: number): string =>
    keyedHash(keys.secret('link'), orderId, String(attempt)).subarray(0, 16).toString('base64url')
  const payments: PaymentContext = {
    db: engine.for(),
    orders,
    partners,
    adapter: stripeAdapter({ ...core.stripe, live: core.live }, now),
    now,
    log,
    returnUrl: (orderId, attempt) => `${core.baseUrl}/r/${returnToken(orderId, attempt)}`,
  }
  const name = core.policy.recipients.find((row) => row.id === 'processor')?.name ?? payments.adapter.facts.legalName
  return {
    db: engine.for(),
    web,
    now,
    orders,
    payments,
    licences,
    tagline,
    returnToken,
    cartKey: keys.secret('cart'),
    processor: { name, origin: core.processorOrigin },
    files: core.files,
  }
}

function privacyContext(core: Core, contact: Contact): PrivacyContext {
  const { engine, web, now, policy, vault, partners, orders } = core
  const mayMail = (email: string): boolean => web.limits.take('linkMail', email.trim().toLowerCase())
  return { db: engine.for(), links: engine.for(), web, now, policy, vault, partners, contact, orders, mayMail }
}

function staffContext(core: Core): StaffContext {
  const { engine, web, now, policy, vault, partners, orders } = core
  const rows = promisesOf(policy)
  const promises = { kept: rows.filter((row) => row.state === 'kept').length, all: rows.length }
  return {
    db: engine.for(),
    web,
    now,
    policy,
    vault,
    partners,
    orders,
    stuck: () => stuckJobs(engine.for<JobTables>().query, 4),
    promises: () => promises,
  }
}

const INBOUND = ['/in/stripe']

function mount(core: Core, of: { store: StoreContext; privacy: PrivacyContext; staff: StaffContext }): Hono {
  const { web, now, log, policy, vault, partners, orders, licences } = core
  const app = shell({ web, now, log, inbound: INBOUND, trustedProxies: core.trustedProxies ?? 0 })
  app.post('/in/stripe', async (c) => {
    const body = new Uint8Array(await c.req.arrayBuffer())
    const { status } = await receivePayment(of.store.payments, {
      body,
      headers: { 'stripe-signature': c.req.header('stripe-signature') },
    })
    return c.body(null, status)
  })
  app.route('/', storeRoutes(of.store))
  app.route('/', privacyRoutes(of.privacy))
  app.route('/', staffRoutes(of.staff))
  app.route(
    '/',
    promisesRoutes({
      web,
      now,
      policy,
      vault,
      partners,
      orders,
      licences,
      columns: () => columnsOf(core.engine),
      versions: () => versions(of.privacy.db.query),
    }),
  )
  return app
}

/** Every column that the app can see, read from the live database. */
async function columnsOf(engine: Engine): Promise<{ table: string; column: string }[]> {
  const { rows } = await sql<{ table: string; column: string }>`
    select c.relname as table, a.attname as column from pg_attribute a
    join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'vault') and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped`.execute(
    engine.for<never>().query,
  )
  return rows
}

function outboxApp(core: Core, contact: Contact): Hono {
  const web: Web = { ...core.web, baseUrl: core.outboxUrl }
  const app = shell({ web, now: core.now, log: core.log, inbound: [], trustedProxies: 0 })
  if (core.live) return app.get('/', (c) => refuse(c, web, 404))
  return app.route('/', outboxRoutes({ web, outbox: contact.outbox, shopUrl: core.baseUrl }))
}

function jobs(
  core: Core,
  of: { store: StoreContext; privacy: PrivacyContext; contact: Contact },
): Record<string, JobHandler> {
  const { orders, licences } = core
  const { payments } = of.store
  const order = (ids: Parameters<JobHandler>[0]): OrderId => String(ids['orderId']) as OrderId
  return {
    'licences.issue': (ids) => issue(licences, { orderId: order(ids), unit: Number(ids['unit']) }),
    'licences.register': (ids) => register(licences, order(ids)),
    'licences.revoke': (ids) => revoke(licences, order(ids)),
    'orders.receipt': (ids) => sendReceipt(of.store, of.contact, order(ids)),
    'orders.delivered': (ids) => markDelivered(of.store, order(ids)),
    'orders.task': async (ids) => {
      await addTask(orders.db.query, core.now(), {
        about: `order:${order(ids)}`,
        kind: String(ids['task']),
        ref: String(ids['ref'] ?? ''),
      })
      return { outcome: 'done' }
    },
    'orders.erase': async (ids) => {
      await eraseDelivered(of.privacy, order(ids))
      return { outcome: 'done' }
    },
    'payments.ask': (ids) => ask(payments, order(ids)),
    'payments.refund': (ids) =>
      refundPayment(payments, {
        orderId: order(ids),
        refundId: String(ids['refundId']),
        paymentRef: String(ids['paymentRef']),
        amountMinor: Number(ids['amountMinor']),
      }),
  }
}

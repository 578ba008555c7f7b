import { loadSerials, type LicenceContext } from '../core/licences/index.ts'
import { readCatalogue, type Catalogue, type OrderContext } from '../core/orders/index.ts'
import { openEnvelopes, openProcessors, type Processors } from '../core/payments/index.ts'
import { freeLeases, migrate, startLanes, type JobTables, type JobWorker } from '../db/index.ts'
import { Broken, cutCards } from '../lib/index.ts'
import { openPartners, type Partners } from '../partners/index.ts'
import { defaults, mayReveal, policyHash, readConfig, type Policy } from '../policy/index.ts'
import {
  announce,
  mayTakeEffect,
  noteEarly,
  policyNow,
  toldPurposes,
  type Next,
  type Standing,
} from '../rooms/changes/index.ts'
import { answerImport } from '../rooms/imports/index.ts'
import { newestVersion, publishPolicy, type PrivacyTables } from '../rooms/privacy/index.ts'
import { staffGoes, staffLink } from '../rooms/staff/index.ts'
import { openVault, syncPolicy, type Vault } from '../vault/index.ts'
import { defaultRates, makeWeb, openAssets, type Assets, type Rates, type Web, type PublicPage } from '../web/index.ts'
import { rooms } from './contexts.ts'
import type { Core, Desk, DeskSettings } from './settings.ts'
import { allGrants, personTables } from './tables.ts'
import { importsOf } from './parts/sales/imports.ts'
import { startPolling } from './polling.ts'
import { startUpkeep } from './upkeep.ts'

type Mode = 'example' | 'live'

const shippedRates: Rates = {
  ...defaultRates,
  linkMail: { burst: 3, perMinute: 0.05 },
  asking: { burst: 6, perMinute: 0.5 },
  newsForm: { burst: 6, perMinute: 0.5 },
  registering: { burst: 10, perMinute: 1 },
  licenceCheck: { burst: 60, perMinute: 60 },
}

/** A mail host that hangs holds up neither the rest of the work nor, with what goes to many, a receipt. */
const LANES = [
  { kinds: ['contact.handOver'], most: 4 },
  { kinds: ['contact.owed'], most: 2 },
  { kinds: ['contact.bulk'], most: 4 },
  // Paying everybody back must not keep those who buy meanwhile from their keys.
  { kinds: ['orders.payBack', 'payments.refund'], most: 2 },
]

/**
 * Builds the one context by hand: brings the database up to date, opens the three doors, mounts the rooms and starts the work.
 * Errors: throws with every fault of the vendor's data as a sentence; nothing half-configured is started.
 */
export async function openDesk(settings: DeskSettings): Promise<Desk> {
  const { engine, now, log } = settings
  const vendor = readVendor(settings.config)
  await migrate(engine, { folder: settings.migrations, grants: allGrants })
  const standing = async (): ReturnType<typeof policyNow> => policyNow(await standingOf(settings, vendor), vendor)
  let worker: JobWorker | undefined
  const core = await coreOf(settings, { vendor, ...(await standing()), kick: () => worker?.kick() })
  await loadSerials(core.licences, vendor.sampleSerials ?? [])
  const doors = rooms(core)
  const upkeep = await startUpkeep({ ...settings, vault: core.vault, hourly: doors.hourly, watch: doors.watch })
  await freeLeases(engine.for<JobTables>().query) // the keys are ours alone, so no other program works on this database
  worker = startLanes(
    { db: engine.for<JobTables>(), now, log, handlers: doors.handlers },
    engine.name === 'pglite' ? 4 : 8,
    LANES,
  )
  const stopPolling = startPolling({ poll: doors.poll, log })
  return {
    app: doors.app,
    outbox: doors.outbox,
    worker,
    vault: core.vault,
    policy: core.policy,
    staffLink: (staff) => staffLink(doors.staff, staff),
    staffGoes: (label) => staffGoes(doors.staff, label),
    loadSerials: (rows) => loadSerials(core.licences, rows),
    answerImport: (question) => answerImport(importsOf(core), question),
    rotateNoticeKey: async () =>
      settings.processors.sealed ? (await settings.keys.noticeKeys.rotate()).kid : undefined,
    policyIsDue: async () => policyHash((await standing()).inForce) !== policyHash(core.policy),
    caughtUp: upkeep.caughtUp,
    poll: () => doors.poll?.() ?? Promise.resolve(0),
    stop: () => stop(worker as JobWorker, [stopPolling, upkeep.stop, doors.stop]),
  }
}

/** When it is, and what visitors read now. */
async function standingOf(
  { engine, now }: Pick<DeskSettings, 'engine' | 'now'>,
  { timeZone }: { timeZone: string },
): Promise<Standing> {
  const published = await newestVersion(engine.for<PrivacyTables>().query)
  return { db: engine.for(), now: now(), timeZone, published }
}

type Opening = { readonly inForce: Policy; readonly next: Next | undefined } & {
  readonly vendor: ReturnType<typeof readVendor>
  readonly kick: () => void
}

/** What every room is built from, under the policy that is in force now. */
async function coreOf(settings: DeskSettings, { vendor, inForce: policy, next, kick }: Opening): Promise<Core> {
  const { engine, keys, now } = settings
  const { catalogue, mode, brand, timeZone, orderPrefix, bankTransfer } = vendor
  await engine.asOwner((owner) => syncPolicy(owner, policy, engine.name === 'pglite' ? 'postgres' : 'avow_app'))
  const sold = {
    offers: catalogue.products.flatMap(({ offers }) => offers.map(({ id }) => id)),
    currency: catalogue.currency,
  }
  const processors = openProcessors(settings.processors, {
    live: mode === 'live',
    now,
    sold,
    noticeKeys: keys.noticeKeys.all,
    byHand: bankTransfer !== undefined,
  })
  const envelopes = await openEnvelopes({ db: engine.for(), now, log: settings.log })
  const { vault, partners } = await openDoors(settings, { policy, mode, processors })
  await partners.start(now())
  refuseStrangers(mode, partners)
  await vault.finishErasures()
  await refuseUntold({ engine, vault, now, timeZone, mode }, policy)
  const version = await publishPolicy(engine.for(), policy, now())
  await announce({ db: engine.for(), now: now(), timeZone, replaces: version }, next)

  const assets = await openAssets(settings.assets)
  await refuseMissingFiles(settings.files, assets, catalogue)
  const pages: PublicPage[] = []
  const shown = { assets, brand, example: mode === 'example', timeZone, policy, version, pages }
  const web = await webFor(settings, shown)
  const vendors = { catalogue, timeZone, orderPrefix, alsoSettled: envelopes.settled }
  const orders: OrderContext = { db: engine.for(), vault, policy, now, kick, ...vendors }
  const licences: LicenceContext = { db: engine.for(), orders, vault, policy, now, licenceKey: keys.secret('licence') }
  const doors = { vault, partners, processors, envelopes, policy, web, orders, licences }
  const { tagline } = brand
  return { ...settings, ...doors, live: mode === 'live', tagline, bankTransfer, pages, next: next?.policy }
}

type Telling = Pick<DeskSettings, 'engine' | 'now'> & { vault: Vault; timeZone: string; mode: Mode }

/** Whoever is held was promised to be told first. A live shop does not start with a change that may not take effect yet; an example says it on the page. */
async function refuseUntold({ engine, vault, now, timeZone, mode }: Telling, policy: Policy): Promise<void> {
  const standing = await standingOf({ engine, now }, { timeZone })
  if ((await mayTakeEffect(standing, policy)) || !(await anybodyHeld(vault, policy))) return
  if (mode === 'live')
    throw new Broken(
      'The privacy policy was changed, and the people who are held here were not told, or its day has not come. Leave “policy” as it was and put the new one under “announced” with the day from which it shall hold.',
    )
  await noteEarly({ db: engine.for(), now: now(), timeZone, replaces: standing.published?.version ?? 0 }, policy)
}

/** Also for what the new policy switches off: whoever is held for that is to be told as well. */
async function anybodyHeld(vault: Vault, policy: Policy): Promise<boolean> {
  for (const purpose of toldPurposes({ ...defaults.purposes, ...policy.purposes }))
    if ((await vault.evidence.groundsOf(purpose)).live > 0) return true
  return false
}

type Doors = { readonly vault: Vault; readonly partners: Partners }

async function openDoors(
  { engine, keys, now, log, smtp, imap }: DeskSettings,
  { policy, mode, processors }: { policy: Policy; mode: Mode; processors: Processors },
): Promise<Doors> {
  const vault = openVault({
    db: engine.for(),
    keys,
    policy,
    reveals: mayReveal(policy),
    now,
    log,
    personTables,
    alsoErase: (tx, person) => partners.tellErasure(tx, person),
  })
  if (!(await vault.ownsKeys()))
    throw new Broken(
      'The keys in the key folder belong to another database. Nothing was changed. Look at AVOW_KEYS, AVOW_DATA and DATABASE_URL: the two must be those that were used together.',
    )
  const hosts = {
    ...Object.fromEntries(processors.all.flatMap(({ facts, host }) => (host ? [[facts.id, host]] : []))),
    mailHost: smtp?.host ?? '127.0.0.1',
    ...(imap && { mailbox: imap.host }),
  }
  const partners = openPartners({ db: engine.for(), vault, policy, mode, hosts, now, log })
  return { vault, partners }
}

/** What is sold must be there: a page with a hole, or a paid download that is missing, is found at start and not by a customer. */
async function refuseMissingFiles(files: DeskSettings['files'], assets: Assets, catalogue: Catalogue): Promise<void> {
  const missing: string[] = []
  for (const product of catalogue.products) {
    const names = [...product.offers.map((offer) => offer.file), product.trial?.file].filter(
      (name) => name !== undefined,
    )
    for (const name of new Set(names)) if (!(await files(name))) missing.push(`downloads/${name}`)
    const picture = product.picture && `pictures/${product.picture.file}`
    if (picture && !assets.has(picture)) missing.push(picture)
  }
  if (missing.length > 0) throw new Broken(`The catalogue names files that are not there:\n${missing.join('\n')}`)
}

async function stop(worker: JobWorker, others: readonly (() => Promise<void>)[]): Promise<void> {
  await worker.stop()
  for (const step of others) await step()
}

function refuseStrangers(mode: Mode, partners: Partners): void {
  const unknown = mode === 'live' ? partners.strangers() : []
  if (unknown.length > 0)
    throw new Broken(`The partner register does not name the host that is set for: ${unknown.join(', ')}.`)
}

function readVendor(source: unknown) {
  const read = readConfig(source)
  const sold = readCatalogue((source as { catalogue?: unknown }).catalogue)
  const faults = [
    ...cardsInConfig(source),
    ...(read.ok ? [] : read.faults),
    ...(sold.ok ? [] : sold.faults.map((fault) => `catalogue.${fault}`)),
  ]
  if (!read.ok || !sold.ok || faults.length > 0)
    throw new Broken(`The vendor's configuration has faults:\n${faults.join('\n')}`)
  return { ...read.config, catalogue: sold.catalogue }
}

/** A name of a product, a clause or anything else that holds a card number. Shape: where it stands; the number is not repeated. */
function cardsInConfig(value: unknown, at = ''): string[] {
  if (typeof value === 'string') return cutCards(value).cards > 0 ? [`${at} holds a card number`] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, one]) => cardsInConfig(one, at ? `${at}.${cutCards(key).text}` : key))
}

async function webFor(
  settings: DeskSettings,
  of: {
    assets: Assets
    brand: { name: string }
    example: boolean
    timeZone: string
    policy: Policy
    version: number
    pages: PublicPage[]
  },
): Promise<Web> {
  return makeWeb({
    baseUrl: settings.baseUrl,
    brand: of.brand,
    example: of.example,
    timeZone: of.timeZone,
    assets: of.assets,
    actionKey: settings.keys.secret('action'),
    cookies: of.policy.cookies,
    policyVersion: () => of.version,
    rates: settings.rates ?? shippedRates,
    now: settings.now,
    more: of.pages,
  })
}

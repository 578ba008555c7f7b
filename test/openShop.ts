import { serve, type ServerType } from '@hono/node-server'
import { join, resolve } from 'node:path'
import { buildAssets } from '../scripts/build.js'
import { simApp } from '../sim/app.tsx'
import { newState, type SimState } from '../sim/state.ts'
import { config } from '../examples/higosoft/config.ts'
import { downloadsOf } from '../src/cli/files.ts'
import { playLinked, type Linked } from '../src/cli/linked.ts'
import type { Catalogue } from '../src/core/orders/index.ts'
import { openDesk, type Desk, type DeskSettings } from '../src/desk/index.ts'
import { after, later, systemNow, type Log } from '../src/lib/index.ts'
import type { VendorPolicy } from '../src/policy/index.ts'
import { openFileKeys } from '../src/vault/index.ts'
import { testEngine, type TestEngine } from './engine.ts'
import { freePort } from './ports.ts'
import { visits, type Visits } from './visits.ts'

/** What the processor received, byte for byte as text. */
export type Received = { readonly method: string; readonly path: string; readonly head: string; readonly body: string }
type Row = Readonly<Record<string, unknown>>

/** A policy that is announced. Shape: `policy` replaces parts of the example vendor's. */
type Announced = { readonly from: string; readonly policy: Partial<VendorPolicy> }

/** The whole program in this process, with the simulator as its processor and a clock that moves when told to. */
export type Shop = {
  readonly at: TestEngine
  readonly desk: () => Desk
  readonly sim: SimState
  readonly received: readonly Received[]
  readonly lines: readonly string[]
  readonly baseUrl: string
  /** The shop's own secret for carts and order ids. */
  readonly cartKey: Uint8Array
  readonly now: () => Date
  /** Moves the time of the program, its database and the processor. Shape: an ISO 8601 period. */
  readonly advance: (period: string) => Promise<void>
  /** Destroys what is over, however much it is. */
  readonly expire: () => Promise<void>
  /** Asks as curl would: the shop, the outbox or the processor's page, by the origin of the address. */
  readonly ask: (url: string, init?: RequestInit) => Promise<Response>
  /** Rows as the owner of the database sees them. */
  readonly rows: (text: string, values?: readonly unknown[]) => Promise<readonly Row[]>
  /** Stops the program and starts it anew on the same data, with another policy if need be. */
  readonly restart: (policy?: Partial<VendorPolicy>, announced?: Announced) => Promise<void>
  readonly close: () => Promise<void>
} & Visits

/** A buyer of a box, with values that occur nowhere else. */
export const ada = {
  email: 'ada.lovelace.7c1f@mail.example',
  name: 'Ada Qvortrup-Lovelace',
  street: 'Zwaluwstraat 9173',
  postcode: 'B-9051 QXZ',
  city: 'Sint-Denijs-Westrem',
  country: 'BE',
  telephone: '+32 470 91 73 55',
}
/** What the order form of a download asks of the same buyer. */
export const adaOnline = { email: ada.email, country: ada.country }

/** Processors beside the first, which every shop here has. */
type Beside = 'paddle' | 'sealed' | 'manual' | keyof Linked

/**
 * Opens the example shop on the engine of this run. Shape: `policy` replaces parts of the example vendor's policy, `more`
 * parts of what the program is started with, made from its folder if need be; `beside` are further processors to choose from.
 */
export async function openShop(
  policy: Partial<VendorPolicy> = {},
  more: Partial<DeskSettings> | ((dir: string) => Partial<DeskSettings>) = {},
  beside: readonly Beside[] = [],
): Promise<Shop> {
  const at = await testEngine()
  const clock = { ahead: 0 }
  const now = (): Date => later(systemNow(), clock.ahead)
  const lines: string[] = []
  const keys = await openFileKeys(join(at.dir, 'keys'), now)
  const [port, simPort] = [await freePort(), await freePort()]
  const [baseUrl, simUrl, outboxUrl] = [`http://localhost:${port}`, `http://localhost:${simPort}`, 'http://outbox.test']
  const secrets = { apiKey: 'sk_test_shop', webhookSecret: 'whsec_shop' }
  const paddle = { apiKey: 'pdl_test_shop', webhookSecret: 'pdl_ntfset_shop' }
  const sealed = { apiKey: 'sk_sealed_shop', webhookSecret: 'sealed_shop' }
  const linked = playLinked(config.catalogue as Catalogue, simUrl)
  const sim = newState({
    port: simPort,
    shop: baseUrl,
    lateMs: 20,
    stripe: secrets,
    paddle,
    sealed,
    ...only(linked.sim, beside),
  })
  const assets = join(at.dir, 'built')
  await buildAssets(assets, resolve('examples/higosoft/pictures'))
  const settings: Omit<DeskSettings, 'config'> = {
    engine: at.engine,
    keys,
    now,
    log: logInto(lines),
    baseUrl,
    outboxUrl,
    assets,
    rates: {},
    files: await downloadsOf(resolve('examples/higosoft/downloads')),
    migrations: resolve('src/db/migrations'),
    processors: {
      stripe: { api: simUrl, page: simUrl, apiKey: secrets.apiKey, webhookSecrets: [secrets.webhookSecret] },
      ...(beside.includes('paddle') && {
        paddle: {
          api: `${simUrl}/paddle`,
          page: simUrl,
          apiKey: paddle.apiKey,
          webhookSecrets: [paddle.webhookSecret],
        },
      }),
      ...only(linked.processors, beside),
      ...(beside.includes('sealed') && {
        sealed: { api: simUrl, page: simUrl, apiKey: sealed.apiKey, webhookSecrets: [sealed.webhookSecret] },
      }),
    },
    ...(typeof more === 'function' ? more(at.dir) : more),
  }
  const { bankTransfer, ...own } = config
  const vendor = { ...own, ...(beside.includes('manual') && bankTransfer && { bankTransfer }) }
  const open = async (edits: Partial<VendorPolicy>, next?: Announced): Promise<Desk> => {
    const announced = next && { announced: { from: next.from, policy: { ...config.policy, ...next.policy } } }
    const opened = await openDesk({
      ...settings,
      config: { ...vendor, policy: { ...config.policy, ...edits }, ...announced },
    })
    await opened.caughtUp()
    return opened
  }
  const received: Received[] = []
  const processor = simApp(sim)
  const simServer = await listen(simPort, async (request) => {
    received.push(await noted(request.clone()))
    return processor.fetch(request)
  })
  let desk = await open(policy)
  const servers = [simServer, await listen(port, (request) => desk.app.fetch(request))]
  const ask: Shop['ask'] = async (url, init) => {
    const app = url.startsWith(simUrl) ? processor : url.startsWith(outboxUrl) ? desk.outbox : desk.app
    return app.request(new URL(url, baseUrl).href, init)
  }
  const rows: Shop['rows'] = (text, values) => at.engine.asOwner((asOwner) => asOwner(text, values))
  const base = { at, sim, received, lines, baseUrl, cartKey: keys.secret('cart'), now, ask, rows, desk: () => desk }
  return {
    ...base,
    ...visits(base, outboxUrl),
    advance: async (period) => {
      const ms = after(now(), period).getTime() - now().getTime()
      clock.ahead += ms
      await moveDatabase(at, clock.ahead)
      await sim.clock.advance(ms)
    },
    expire: async () => {
      const { vault } = desk
      await vault.expire((await vault.due()).over)
    },
    restart: async (edits = {}, announced) => {
      await desk.stop()
      desk = await open(edits, announced)
    },
    close: async () => {
      await desk.stop()
      for (const server of servers) await closed(server)
      await keys.close()
      await at.close()
    },
  }
}

function only<T extends object>(all: T, names: readonly string[]): Partial<T> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name))) as Partial<T>
}

function logInto(lines: string[]): Log {
  return (event, values = {}) => void lines.push(JSON.stringify([event, values]))
}

async function noted(request: Request): Promise<Received> {
  const head = [...request.headers].map(([name, value]) => `${name}: ${value}`).join('\n')
  return { method: request.method, path: new URL(request.url).pathname, head, body: await request.text() }
}

function listen(port: number, fetch: (request: Request) => Response | Promise<Response>): Promise<ServerType> {
  return new Promise((done) => {
    const server = serve({ fetch, port, hostname: '127.0.0.1' }, () => done(server))
  })
}

/** Connections that are kept alive with nobody on them would hold the end up. */
function closed(server: ServerType): Promise<void> {
  return new Promise((done) => {
    server.close(() => done())
    if ('closeIdleConnections' in server) server.closeIdleConnections()
  })
}

/** The database keeps a time of its own in one function, which its owner may replace. */
function moveDatabase({ engine }: TestEngine, ms: number): Promise<unknown> {
  const body = `select clock_timestamp() + interval '${ms} milliseconds'`
  return engine.asOwner((ask) =>
    ask(
      `begin; set local role avow_vault; create or replace function vault.now() returns timestamptz language sql volatile set search_path = pg_catalog, pg_temp as $$ ${body} $$; commit`,
    ),
  )
}

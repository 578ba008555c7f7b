import { serve, type ServerType } from '@hono/node-server'
import type { Hono } from 'hono'
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readCatalogue } from '../core/orders/index.ts'
import { listenControl, openEngine, takeLock } from '../db/index.ts'
import { openDesk, type DeskSettings } from '../desk/index.ts'
import { Broken, stderrLog, systemNow } from '../lib/index.ts'
import { openFileKeys } from '../vault/index.ts'
import { answerControl } from './answers.ts'
import type { Environment } from './environment.ts'
import { downloadsOf } from './files.ts'
import { keepOpen } from './keepOpen.ts'
import { simulatorUrl, startSimulator } from './simulator.ts'

/** The program while it runs. */
export type Running = {
  readonly addresses: readonly (readonly [string, string])[]
  readonly stop: () => Promise<void>
}

const beside = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/**
 * Starts everything, in an order in which each thing can be undone. Errors: throws with a sentence when something is
 * missing, taken or held by another process; nothing is left running then.
 */
export async function run(env: Environment, config: unknown): Promise<Running> {
  const undo: (() => Promise<unknown>)[] = []
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    return await startAll(env, config, { undo, stop })
  } catch (error) {
    await stop()
    throw error
  }
}

type Steps = { readonly undo: (() => Promise<unknown>)[]; readonly stop: () => Promise<void> }

async function startAll(env: Environment, config: unknown, { undo, stop }: Steps): Promise<Running> {
  mkdirSync(env.data, { recursive: true, mode: 0o700 })
  const lock = await takeLock(env.data)
  if (lock.outcome === 'held')
    throw new Broken(`Avow already runs on ${env.data}. Stop it first, or set AVOW_DATA to another folder.`)
  undo.push(lock.release)
  const live = isLive(config)
  refuseHalfConfigured(env, live)
  const keys = await openFileKeys(env.keys, systemNow)
  undo.push(keys.close)
  const engine = await openEngine(env.source)
  undo.push(engine.close)
  const { stripe, paddle, sealed } = env
  const own = { ...(stripe && { stripe }), ...(paddle && { paddle }), ...(sealed && { sealed }), ...env.linked }
  const processors = hasAccount(env) ? own : await simulated(env, config, undo)
  const settings = await settingsFor(env, { config, keys, engine, processors })
  const { now, stop: close } = await keepOpen({ open: () => openDesk(settings), log: settings.log })
  undo.push(close)
  const shop: Fetch = async (request, bindings) => (await now()).app.fetch(request, bindings)
  const outbox: Fetch = async (request, bindings) => (await now()).outbox.fetch(request, bindings)
  undo.push(await listen(shop, { port: env.port, host: env.host, name: 'PORT' }))
  if (!live) undo.push(await listen(outbox, { port: env.outboxPort, host: '127.0.0.1', name: 'OUTBOX_PORT' }))
  undo.push(await listenControl(env.data, async (request) => answerControl(await now(), request)))
  const staffLink = live ? undefined : await (await now()).staffLink({ label: 'owner', role: 'owner' })
  return { addresses: addressesOf(env, staffLink), stop }
}

type Fetch = Hono['fetch']

function hasAccount({ stripe, paddle, sealed }: Environment): boolean {
  return (stripe ?? paddle ?? sealed) !== undefined
}

/** Without an account anywhere every processor is played. */
async function simulated(env: Environment, config: unknown, undo: Steps['undo']): Promise<DeskSettings['processors']> {
  const sold = readCatalogue((config as { catalogue?: unknown } | undefined)?.catalogue)
  const catalogue = sold.ok ? sold.catalogue : undefined // what is wrong with it is said when the shop is opened
  const sim = await startSimulator({ port: env.simPort, shop: env.baseUrl, seed: env.simSeed, catalogue })
  undo.push(sim.stop)
  return sim.processors
}

const outboxUrlOf = (env: Environment): string => `http://localhost:${env.outboxPort}`

async function settingsFor(
  env: Environment,
  opened: Pick<DeskSettings, 'config' | 'keys' | 'engine' | 'processors'>,
): Promise<DeskSettings> {
  return {
    ...opened,
    outboxUrl: outboxUrlOf(env),
    baseUrl: env.baseUrl,
    migrations: beside('./migrations'),
    assets: beside('./'),
    files: await downloadsOf(beside('./downloads')),
    now: systemNow,
    log: stderrLog,
    trustedProxies: env.trustedProxies,
    folders: [env.data, env.keys],
    ...(env.smtp && { smtp: env.smtp }),
    ...(env.imap && { imap: env.imap }),
  }
}

/** What is printed at start. The staff link and the outbox are of example mode only. */
function addressesOf(env: Environment, staffLink: string | undefined): Running['addresses'] {
  return [
    ['Store', env.baseUrl],
    ...(staffLink === undefined
      ? []
      : ([
          ['Staff sign-in (once, 15 minutes)', staffLink],
          ['Outbox, the mails that would be sent', outboxUrlOf(env)],
        ] as const)),
    ...(hasAccount(env) ? [] : ([['Simulated card processor', simulatorUrl(env.simPort)]] as const)),
    ['Data', env.source.kind === 'pglite' ? env.data : 'PostgreSQL, and the lock in ' + env.data],
    ['Keys', env.keys],
  ]
}

function isLive(config: unknown): boolean {
  return (config as { mode?: unknown } | undefined)?.mode === 'live'
}

function refuseHalfConfigured(env: Environment, live: boolean): void {
  if (!live) return
  const missing = [
    ...(env.smtp ? [] : ['SMTP_URL and MAIL_FROM: the mail host that carries your mails']),
    ...(hasAccount(env)
      ? []
      : ['STRIPE_API_KEY and STRIPE_WEBHOOK_SECRET, or the same of PADDLE: your account at a card processor']),
    ...(env.baseUrl.startsWith('https:') ? [] : ['BASE_URL: the https address of your shop']),
    ...(env.source.kind === 'postgres' || env.acceptPowerLoss
      ? []
      : ['DATABASE_URL, or ACCEPT_POWER_LOSS=yes: a power cut may cost the built-in database its file']),
  ]
  if (missing.length > 0)
    throw new Broken(`A live shop cannot start half-configured. Missing:\n  ${missing.join('\n  ')}`)
}

function listen(answer: Fetch, at: { port: number; host: string; name: string }): Promise<() => Promise<void>> {
  return new Promise((resolve, reject) => {
    const server: ServerType = serve({ fetch: answer, port: at.port, hostname: at.host }, () =>
      resolve(() => closed(server)),
    )
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Broken(`Port ${at.port} is taken by another program. Set ${at.name} to another.`)
          : error,
      ),
    )
  })
}

function closed(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    if ('closeIdleConnections' in server) server.closeIdleConnections()
    setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), 2000).unref()
  })
}

import { serve, type ServerType } from '@hono/node-server'
import type { Hono } from 'hono'
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { listenControl, openEngine, takeLock } from '../db/index.ts'
import { openDesk, type Desk } from '../desk/index.ts'
import { Broken, stderrLog, systemNow } from '../lib/index.ts'
import { openFileKeys } from '../vault/index.ts'
import type { Environment } from './environment.ts'
import { downloadsOf } from './files.ts'
import { startSimulator } from './simulator.ts'

/** The program while it runs. */
export type Running = {
  readonly desk: Desk
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
  const sim = env.stripe ? undefined : await startSimulator(env.simPort, `${env.baseUrl}/in/stripe`)
  if (sim) undo.push(sim.stop)
  const stripe = env.stripe ?? {
    api: sim?.api ?? '',
    apiKey: sim?.apiKey ?? '',
    webhookSecrets: [sim?.webhookSecret ?? ''],
    page: sim?.api ?? '',
  }
  const outboxUrl = `http://localhost:${env.outboxPort}`
  const desk = await openDesk({
    config,
    engine,
    keys,
    stripe,
    outboxUrl,
    baseUrl: env.baseUrl,
    processorOrigin: stripe.page,
    migrations: beside('./migrations'),
    assets: beside('./'),
    files: await downloadsOf(beside('./downloads')),
    now: systemNow,
    log: stderrLog,
    ...(env.smtp && { smtp: env.smtp }),
  })
  undo.push(desk.stop)
  undo.push(await listen(desk.app, { port: env.port, host: env.host, name: 'PORT' }))
  if (!live) undo.push(await listen(desk.outbox, { port: env.outboxPort, host: '127.0.0.1', name: 'OUTBOX_PORT' }))
  undo.push(await listenControl(env.data, (request) => answer(desk, request)))
  const addresses = [
    ['Store', env.baseUrl],
    ...(live
      ? []
      : ([
          ['Staff sign-in (once, 15 minutes)', await desk.staffLink({ label: 'owner', role: 'owner' })],
          ['Outbox, the mails that would be sent', outboxUrl],
        ] as const)),
    ...(sim ? ([['Simulated card processor', sim.api]] as const) : []),
    ['Data', env.source.kind === 'pglite' ? env.data : 'PostgreSQL, and the lock in ' + env.data],
    ['Keys', env.keys],
  ] as const
  return { desk, addresses, stop }
}

function isLive(config: unknown): boolean {
  return (config as { mode?: unknown } | undefined)?.mode === 'live'
}

function refuseHalfConfigured(env: Environment, live: boolean): void {
  if (!live) return
  const missing = [
    ...(env.smtp ? [] : ['SMTP_URL and MAIL_FROM: the mail host that carries your mails']),
    ...(env.stripe ? [] : ['STRIPE_API_KEY and STRIPE_WEBHOOK_SECRET: your account at the card processor']),
    ...(env.baseUrl.startsWith('https:') ? [] : ['BASE_URL: the https address of your shop']),
    ...(env.source.kind === 'postgres' || env.acceptPowerLoss
      ? []
      : ['DATABASE_URL, or ACCEPT_POWER_LOSS=yes: a power cut may cost the built-in database its file']),
  ]
  if (missing.length > 0)
    throw new Broken(`A live shop cannot start half-configured. Missing:\n  ${missing.join('\n  ')}`)
}

async function answer(desk: Desk, request: { ask: string }): Promise<unknown> {
  if (request.ask === 'staff') return { link: await desk.staffLink({ label: 'owner', role: 'owner' }) }
  if (request.ask === 'ping') return { pong: true }
  return { error: 'not understood' }
}

function listen(app: Hono, at: { port: number; host: string; name: string }): Promise<() => Promise<void>> {
  return new Promise((resolve, reject) => {
    const server: ServerType = serve({ fetch: app.fetch, port: at.port, hostname: at.host }, () =>
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

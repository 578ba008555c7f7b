import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { config } from '../examples/higosoft/config.ts'
import { playLinked, type Linked } from '../src/cli/linked.ts'
import type { Catalogue } from '../src/core/orders/index.ts'
import { newToken } from '../src/lib/index.ts'

/** The simulated processor as a process of its own, which lives on when the program dies. */
export type OwnSimulator = {
  readonly url: string
  /** What the program is started with, so that it uses this processor. */
  readonly env: Readonly<Record<string, string>>
  /** The same for all that it plays. */
  readonly allEnv: Readonly<Record<string, string>>
  /** Asks the control desk. Shape: a path below `/_sim`; with `post` something is done. */
  readonly look: <T>(path: string) => Promise<T>
  readonly post: <T>(path: string) => Promise<T>
  /** Everything that it printed. */
  readonly printed: () => string
  readonly stop: () => Promise<void>
}

/** Starts the built simulator; it ends when the test does. Shape: `store` is the port at which the program takes messages. */
export async function startOwnSimulator(dist: string, ports: { sim: number; store: number }): Promise<OwnSimulator> {
  const url = `http://localhost:${ports.sim}`
  const [apiKey, secret] = [`sk_test_${newToken()}`, `whsec_${newToken()}`]
  const account = { apiKey, webhookSecret: secret }
  const linked = playLinked(config.catalogue as Catalogue, url)
  const child = spawn(process.execPath, [join(dist, 'sim.js')], {
    env: {
      SIM_SETTINGS: JSON.stringify({
        port: ports.sim,
        shop: `http://localhost:${ports.store}`,
        stripe: account,
        paddle: account,
        sealed: account,
        ...linked.sim,
      }),
    },
  })
  let printed = ''
  const ready = new Promise<void>((found) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text
      if (printed.includes('ready')) found()
    })
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => (printed += text))
  const gone = new Promise<void>((done) => child.once('close', () => done()))
  await Promise.race([ready, gone.then(() => Promise.reject(new Error(`the simulator ended: ${printed}`)))])
  const ask = async <T>(path: string, method: string): Promise<T> =>
    (await (await fetch(`${url}/_sim/${path}`, { method })).json()) as T
  const env = { STRIPE_API: url, STRIPE_PAGE: url, STRIPE_API_KEY: apiKey, STRIPE_WEBHOOK_SECRET: secret }
  return {
    url,
    env,
    allEnv: {
      ...env,
      PADDLE_API: `${url}/paddle`,
      PADDLE_PAGE: url,
      PADDLE_API_KEY: apiKey,
      PADDLE_WEBHOOK_SECRET: secret,
      SEALED_API: url,
      SEALED_API_KEY: apiKey,
      SEALED_WEBHOOK_SECRET: secret,
      ...linkedEnv(linked.processors),
    },
    look: (path) => ask(path, 'GET'),
    post: (path) => ask(path, 'POST'),
    printed: () => printed,
    stop: async () => {
      child.kill('SIGTERM')
      await gone
    },
  }
}

function linkedEnv({ swreg, regnow }: Required<Linked>): Record<string, string> {
  return {
    SWREG_SHOP: swreg?.shop ?? '',
    SWREG_PAGE: swreg?.page ?? '',
    SWREG_PATH: swreg?.secretPaths.join() ?? '',
    SWREG_REFUND_SECURITY: swreg?.refundSecurity.join() ?? '',
    REGNOW_VENDOR: regnow?.vendor ?? '',
    REGNOW_PAGE: regnow?.page ?? '',
    REGNOW_PATH: regnow?.secretPaths.join() ?? '',
  }
}

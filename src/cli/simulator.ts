import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Catalogue } from '../core/orders/index.ts'
import type { ProcessorSettings } from '../core/payments/index.ts'
import { Broken, newToken } from '../lib/index.ts'
import { playLinked } from './linked.ts'

/** The simulated processor, running as a process of its own. */
export type Simulator = {
  readonly processors: ProcessorSettings
  readonly stop: () => Promise<void>
}

/** Where the simulator answers. */
export function simulatorUrl(port: number): string {
  return `http://localhost:${port}`
}

/** Starts the simulator with nothing in its environment but addresses and secrets. It ends when this process ends, however it ends. */
export async function startSimulator(at: {
  readonly port: number
  readonly shop: string
  readonly seed: number | undefined
  readonly catalogue: Catalogue | undefined
}): Promise<Simulator> {
  const { port, shop, seed, catalogue } = at
  const url = simulatorUrl(port)
  const linked = playLinked(catalogue, url)
  const stripe = { apiKey: `sk_test_${newToken()}`, webhookSecret: `whsec_${newToken()}` }
  const paddle = { apiKey: `pdl_sdbx_apikey_${newToken()}`, webhookSecret: `pdl_ntfset_${newToken()}` }
  const sealed = { apiKey: `sk_sealed_${newToken()}`, webhookSecret: newToken() }
  const env = { SIM_SETTINGS: JSON.stringify({ port, shop, seed, stripe, paddle, sealed, ...linked.sim }) }
  const child = spawn(process.execPath, [fileURLToPath(new URL('./sim.js', import.meta.url))], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  await ready(child, port)
  const accountOf = ({ apiKey, webhookSecret }: typeof stripe) => ({
    apiKey,
    webhookSecrets: [webhookSecret],
    page: url,
  })
  const processors = {
    stripe: { api: url, ...accountOf(stripe) },
    paddle: { api: `${url}/paddle`, ...accountOf(paddle) },
    ...linked.processors,
    sealed: { api: url, ...accountOf(sealed) },
  }
  return { processors, stop: () => ended(child) }
}

function ready(child: ChildProcess, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('exit', () =>
      reject(new Broken(`The simulator could not start: port ${port} is taken. Set SIM_PORT to another.`)),
    )
    child.stdout?.once('data', () => resolve())
  })
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.removeAllListeners('exit')
    child.once('exit', () => resolve())
    child.stdin?.end()
  })
}

import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Broken, newToken } from '../lib/index.ts'

/** The simulated processor, running as a process of its own. */
export type Simulator = {
  readonly api: string
  readonly apiKey: string
  readonly webhookSecret: string
  readonly stop: () => Promise<void>
}

/** Where the simulator answers. */
export function simulatorUrl(port: number): string {
  return `http://localhost:${port}`
}

/** Starts the simulator with nothing in its environment but addresses and secrets. It ends when this process ends, however it ends. */
export async function startSimulator(port: number, shop: string, seed?: number): Promise<Simulator> {
  const apiKey = `sk_test_${newToken()}`
  const webhookSecret = `whsec_${newToken()}`
  const env = { SIM_SETTINGS: JSON.stringify({ port, shop, seed, stripe: { apiKey, webhookSecret } }) }
  const child = spawn(process.execPath, [fileURLToPath(new URL('./sim.js', import.meta.url))], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  await ready(child, port)
  return { api: simulatorUrl(port), apiKey, webhookSecret, stop: () => ended(child) }
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

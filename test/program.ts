import { spawn, type ChildProcess } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from '../scripts/build.js'
import type { Source } from '../src/db/index.ts'
import { freePort } from './ports.ts'

/** What a process of ours came to. Shape: everything that it and its children printed. */
export type Ended = { readonly code: number | null; readonly out: string; readonly err: string }

/** Where one running program has its things. Shape: `env` adds to an otherwise empty environment. */
export type Place = {
  readonly dist: string
  readonly data: string
  readonly keys: string
  readonly source?: Source
  readonly ports?: Ports
  readonly env?: Readonly<Record<string, string>>
}

/** The three ports of example mode. */
export type Ports = { readonly store: number; readonly sim: number; readonly outbox: number }

/** The built program, answering. */
export type Program = {
  readonly ports: Ports
  readonly store: string
  readonly sim: string
  readonly outbox: string
  readonly staffLink: string
  readonly pid: number
  /** Everything printed so far, by the program and by what it started. */
  readonly printed: () => string
  /** Sends a signal to the whole group, as Ctrl-C does, and waits for the end. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<Ended>
  /** Ends the program alone with no chance to tidy up, as a power cut would. */
  readonly kill: () => Promise<Ended>
}

/** Where a build of that name lies. */
export function builtAs(name: string): string {
  return resolve('node_modules/.cache/avow', name, 'dist')
}

/** Builds the program where Node finds the packages, with `bin/` beside it as in the repository. Shape: answers the built folder. */
export async function buildProgram(name: string, configFile?: string): Promise<string> {
  const dist = builtAs(name)
  await build({ outdir: dist, ...(configFile && { configFile }) })
  cpSync(resolve('bin'), join(dist, '../bin'), { recursive: true })
  return dist
}

/** A folder for data and one for keys, gone when `remove` is called. */
export function freshFolders(): { data: string; keys: string; remove: () => void } {
  const home = mkdtempSync(join(tmpdir(), 'avow-run-'))
  return {
    data: join(home, 'data'),
    keys: join(home, 'keys'),
    remove: () => rmSync(home, { recursive: true, force: true }),
  }
}

/** Three ports that are free now. */
export async function freePorts(): Promise<Ports> {
  const [store, sim, outbox] = await Promise.all([freePort(), freePort(), freePort()])
  return { store, sim, outbox }
}

/** Starts the built program and waits until it has printed its addresses. Errors: rejects with what it printed when it ends first. */
export async function startProgram(place: Place): Promise<Program> {
  const ports = place.ports ?? (await freePorts())
  const { child, ended, out, err } = launch(place, ports)
  const ready = new Promise<void>((found) => {
    child.stdout?.on('data', () => out().includes('Ctrl-C stops') && found())
  })
  const early = await Promise.race([ready, ended])
  if (early) throw new Error(`the program ended with ${early.code}: ${early.err}`)
  const pid = child.pid ?? 0
  return {
    ports,
    store: `http://localhost:${ports.store}`,
    sim: `http://localhost:${ports.sim}`,
    outbox: `http://localhost:${ports.outbox}`,
    staffLink: /http\S+\/s\/\S+/.exec(out())?.[0] ?? '',
    pid,
    printed: () => out() + err(),
    stop: (signal = 'SIGINT') => {
      process.kill(-pid, signal)
      return ended
    },
    kill: () => {
      process.kill(pid, 'SIGKILL')
      return ended
    },
  }
}

/** Starts the built program where it should refuse, and waits for its end. */
export async function refusedStart(place: Place): Promise<Ended> {
  const { child, ended, out } = launch(place, place.ports ?? (await freePorts()))
  const ready = new Promise<void>((found) => child.stdout?.on('data', () => out().includes('Ctrl-C stops') && found()))
  const refused = await Promise.race([ended, ready])
  if (refused) return refused
  process.kill(-(child.pid ?? 0), 'SIGKILL')
  throw new Error(`the program started where it should have refused: ${out()}`)
}

/** Runs the command line of a built program. */
export function runAvow(
  dist: string,
  data: string,
  command: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const bin = join(dist, '../bin/avow.js')
  return follow(spawn(process.execPath, [bin, ...command], { env: { AVOW_DATA: data, ...env } })).ended
}

function launch(place: Place, ports: Ports): Followed & { child: ChildProcess } {
  const { source } = place
  const env = {
    AVOW_DATA: place.data,
    AVOW_KEYS: place.keys,
    PORT: String(ports.store),
    SIM_PORT: String(ports.sim),
    OUTBOX_PORT: String(ports.outbox),
    ...(source?.kind === 'postgres' && { DATABASE_URL: source.url, DATABASE_OWNER_URL: source.ownerUrl ?? '' }),
    ...place.env,
  }
  const child = spawn(process.execPath, ['--enable-source-maps', join(place.dist, 'main.js')], { env, detached: true })
  const guard = spawn('/bin/sh', ['-c', 'cat > /dev/null; kill -9 "$1"', 'sh', String(child.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  child.once('exit', () => guard.kill('SIGKILL'))
  return { child, ...follow(child) }
}

type Followed = { readonly ended: Promise<Ended>; readonly out: () => string; readonly err: () => string }

/** `close` comes when every holder of the pipes is gone, so the end of a program is also the end of what it started. */
function follow(child: ChildProcess): Followed {
  let [out, err] = ['', '']
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text))
  const ended = new Promise<Ended>((done, failed) => {
    child.once('error', failed)
    child.once('close', (code) => done({ code, out, err }))
  })
  return { ended, out: () => out, err: () => err }
}

/** Waits until something is so. Errors: rejects when it is not within 20 seconds. */
export async function until(what: string, isSo: () => Promise<boolean> | boolean, left = 400): Promise<void> {
  if (await isSo()) return
  if (left === 0) throw new Error(`waited in vain: ${what}`)
  await new Promise((next) => setTimeout(next, 50))
  await until(what, isSo, left - 1)
}

/** Whether somebody listens on a port of this machine. */
export function answersOn(port: number): Promise<boolean> {
  return new Promise((tell) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      tell(true)
    })
    socket.once('error', () => tell(false))
  })
}

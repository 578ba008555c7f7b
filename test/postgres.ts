import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { freePort } from './ports.ts'

/** A PostgreSQL server of the tests' own, on loopback, as a user who is not root. Shape: `socket` is the folder of its local socket. */
export type Cluster = { readonly port: number; readonly socket: string; readonly stop: () => Promise<void> }

/** Where PostgreSQL's own programs lie, the newest first; undefined when there are none. */
export function postgresBin(): string | undefined {
  const root = '/usr/lib/postgresql'
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : []
  return versions.map((version) => join(root, version, 'bin')).find((bin) => existsSync(join(bin, 'postgres')))
}

function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

/**
 * Starts a cluster in a temporary directory, with the three roles and no database of ours yet.
 * Shape: `durable` waits for the disk at each commit, as a real server does; tests need not.
 */
export async function startCluster(bin: string, { durable = false } = {}): Promise<Cluster> {
  const dir = mkdtempSync(join(tmpdir(), 'avow-pg-'))
  const as = unprivileged()
  if (as) chownSync(dir, as.uid, as.gid)
  const data = join(dir, 'data')
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'admin', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C.UTF-8'],
    { ...as, cwd: dir, stdio: 'ignore' },
  )
  const port = await freePort()
  const flags = [
    '-D',
    data,
    '-p',
    String(port),
    '-k',
    dir,
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    durable ? 'fsync=on' : 'fsync=off',
    '-c',
    'max_connections=200',
    '-c',
    'max_prepared_transactions=5',
  ]
  const stop = guarded([join(bin, 'postgres'), ...flags], dir, as)
  try {
    await reachable(port)
    await asAdmin(
      port,
      'create role avow_owner login createrole; create role avow_vault nologin; create role avow_app login; grant avow_vault to avow_owner',
    )
  } catch (error) {
    await stop()
    throw error
  }
  return { port, socket: dir, stop }
}

/**
 * Runs a server under a shell that waits for its standard input to close. The kernel closes it however this process ends,
 * `kill -9` too, so no server and no folder is left behind; a session of its own keeps Ctrl-C from reaching it first.
 */
function guarded(command: readonly string[], dir: string, as: object | undefined): () => Promise<void> {
  const script = '"$@" & cat > /dev/null; kill -QUIT $!; wait $!; rm -rf "$PWD"'
  const guard = spawn('/bin/sh', ['-c', script, 'sh', ...command], {
    ...as,
    cwd: dir,
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  const gone = new Promise<void>((resolve) => guard.once('exit', () => resolve()))
  return async () => {
    guard.stdin.end()
    await gone
    rmSync(dir, { recursive: true, force: true })
  }
}

async function reachable(port: number, tries = 200): Promise<void> {
  try {
    await asAdmin(port, 'select 1')
  } catch (error) {
    if (tries === 0) throw error
    await new Promise((resolve) => setTimeout(resolve, 50))
    await reachable(port, tries - 1)
  }
}

/** Runs statements as the cluster's administrator. */
export async function asAdmin(port: number, text: string, database = 'postgres'): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'admin', database })
  client.on('error', () => {})
  await client.connect()
  try {
    const result = await client.query(text)
    return Array.isArray(result) ? [] : (result.rows as Record<string, unknown>[])
  } finally {
    await client.end()
  }
}

/** Where a database lies on the disk, once all that was written is there. Shape: its own tables, and the write-ahead log of the whole cluster if nobody else writes into that. */
export async function foldersOf(url: string, { alone }: { readonly alone: boolean }): Promise<string[]> {
  const { port, pathname } = new URL(url)
  await asAdmin(Number(port), 'checkpoint')
  const [row] = await asAdmin(
    Number(port),
    `select current_setting('data_directory') as data, oid from pg_database where datname = '${pathname.slice(1)}'`,
  )
  const data = String(row?.['data'])
  return [`${data}/base/${String(row?.['oid'])}`, ...(alone ? [`${data}/pg_wal`] : [])]
}

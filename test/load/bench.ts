import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { asAdmin, postgresBin, startCluster, type Cluster } from '../postgres.ts'
import { buildProgram, freshFolders, startProgram, type Program } from '../program.ts'
import { buyOne, nextAddress } from './buyer.ts'
import { cpuOf, cpuOfFamily, memoryOf, postmasterOn } from './cpu.ts'
import { lookAtMany } from './looks.ts'

const ORDERS = Number(process.env['BENCH_ORDERS'] ?? 400)
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 15)
const BUYERS = 16
const PAGES = 4000

const rows: [string, string, string][] = []
const say = (what: string, figure: string, goal: string): void => {
  rows.push([what, figure, goal])
  console.log(`${what.padEnd(58)} ${figure.padStart(12)}   ${goal}`)
}

/** Measures the built program on PostgreSQL (disk synced at each commit) and on PGlite, and prints figure beside goal. */
async function bench(): Promise<void> {
  const bin = postgresBin()
  if (!bin) throw new Error('PostgreSQL is not installed here, and the goals speak of it')
  console.log(
    `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model ?? ''}), ${Math.round(totalmem() / 2 ** 30)} GiB\n`,
  )
  const dist = await buildProgram('bench')
  const cluster = await startCluster(bin, { durable: true })
  try {
    await asAdmin(cluster.port, 'create database bench owner avow_owner')
    await onPostgres(dist, cluster)
    const many = await lookAtMany(cluster)
    say(`looking at ${many.persons} people, ${many.rows} log rows`, `${many.seconds.toFixed(1)} s`, '<= 6 s')
    say('memory while it looks', `${Math.round(many.peakMiB)} MiB`, '<= 250 MiB')
  } finally {
    await cluster.stop()
  }
  await onPglite(dist)
  say('production install', `${installSize()} MB`, '<= 100 MB')
}

async function onPostgres(dist: string, cluster: Cluster): Promise<void> {
  // By the server's local socket, as a shop with its database on the same machine would.
  const url = (who: string): string =>
    `postgres://${who}@localhost:${cluster.port}/bench?host=${encodeURIComponent(cluster.socket)}`
  const source = { kind: 'postgres', url: url('avow_app'), ownerUrl: url('avow_owner') } as const
  await withProgram({ dist, source }, async (program) => {
    const postmaster = postmasterOn(cluster.port)
    say('idle memory, PostgreSQL', `${await idleMemory(program)} MiB`, '<= 150 MiB')
    for (let warm = 0; warm < 60; warm += 1) await buyOne(shopOf(program))
    const spent = (): { app: number; database: number } => ({
      app: cpuOf(program.pid),
      database: cpuOfFamily(postmaster),
    })
    await perOrder(program, spent)
    await perSecond(program, spent)
    await perPage(program)
    await perVisit(program)
  })
}

async function onPglite(dist: string): Promise<void> {
  await withProgram({ dist }, async (program) =>
    say('idle memory, PGlite', `${await idleMemory(program)} MiB`, 'no goal'),
  )
}

const shopOf = (program: Program) => {
  const address = nextAddress()
  return { store: program.store, address: () => address }
}

async function withProgram(
  of: { dist: string; source?: { kind: 'postgres'; url: string; ownerUrl: string } },
  work: (program: Program) => Promise<void>,
): Promise<void> {
  const folders = freshFolders()
  const program = await startProgram({ ...of, ...folders, env: { TRUSTED_PROXIES: '1' } })
  try {
    await work(program)
  } finally {
    await program.stop()
    folders.remove()
  }
}

async function idleMemory(program: Program): Promise<number> {
  await fetch(program.store)
  await new Promise((next) => setTimeout(next, 10_000))
  return Math.round(memoryOf(program.pid))
}

type Spent = () => { app: number; database: number }

async function perOrder(program: Program, spent: Spent): Promise<void> {
  const before = spent()
  for (let order = 0; order < ORDERS; order += 1) await buyOne(shopOf(program))
  const after = spent()
  const [app, database] = [(after.app - before.app) / ORDERS, (after.database - before.database) / ORDERS]
  say(
    'CPU of one order, one buyer at a time',
    `${(app + database).toFixed(1)} ms`,
    `<= 10 ms (app ${app.toFixed(1)}, database ${database.toFixed(1)})`,
  )
}

async function perSecond(program: Program, spent: Spent): Promise<void> {
  const [before, started] = [spent(), performance.now()]
  const until = started + SECONDS * 1000
  let orders = 0
  const buyer = async (): Promise<void> => {
    while (performance.now() < until) {
      await buyOne(shopOf(program))
      orders += 1
    }
  }
  await Promise.all(Array.from({ length: BUYERS }, buyer))
  const seconds = (performance.now() - started) / 1000
  const after = spent()
  const [app, database] = [(after.app - before.app) / orders, (after.database - before.database) / orders]
  say(`orders a second, ${BUYERS} buyers`, (orders / seconds).toFixed(0), '>= 100')
  say(
    `CPU of one order, ${BUYERS} buyers`,
    `${(app + database).toFixed(1)} ms`,
    `app ${app.toFixed(1)}, database ${database.toFixed(1)}`,
  )
}

async function perPage(program: Program): Promise<void> {
  const page = `${program.store}/products/plumbline`
  const ask = async (): Promise<void> => void (await (await fetch(page)).arrayBuffer())
  for (let warm = 0; warm < 500; warm += 1) await ask()
  const before = cpuOf(program.pid)
  for (let asked = 0; asked < PAGES; asked += 1) await ask()
  say('CPU of one product page', `${((cpuOf(program.pid) - before) / PAGES).toFixed(2)} ms`, '<= 0.5 ms')
}

const CHROME = 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36'

/** The same page asked for by visitors who are counted and by visitors who asked not to be, in turns, so that both meet the same machine. */
async function perVisit(program: Program): Promise<void> {
  const ask = async (cookie: string): Promise<void> => {
    const headers = { 'user-agent': CHROME, 'x-forwarded-for': nextAddress(), cookie }
    await (await fetch(`${program.store}/products/plumbline`, { headers })).arrayBuffer()
  }
  const ways = { counted: 'a=b', uncounted: `__Host-avow-uncounted=${'A'.repeat(44)}` }
  const spent = { counted: 0, uncounted: 0 }
  for (let turn = 0; turn < 20; turn += 1)
    for (const way of ['counted', 'uncounted'] as const) {
      const before = cpuOf(program.pid)
      for (let asked = 0; asked < PAGES / 20; asked += 1) await ask(ways[way])
      spent[way] += cpuOf(program.pid) - before
    }
  const [counted, uncounted] = [spent.counted / PAGES, spent.uncounted / PAGES]
  say(
    'CPU of counting one page view',
    `${(counted - uncounted).toFixed(3)} ms`,
    `<= 0.2 ms (${counted.toFixed(3)} with, ${uncounted.toFixed(3)} without)`,
  )
}

/** What `npm ci --omit=dev` and a build come to on the disk. Shape: MB. */
function installSize(): number {
  const home = mkdtempSync(join(tmpdir(), 'avow-size-'))
  try {
    for (const name of ['package.json', 'package-lock.json', '.npmrc', 'src', 'sim', 'bin', 'scripts', 'examples'])
      cpSync(name, join(home, name), { recursive: true })
    execFileSync('npm', ['ci', '--omit=dev', '--no-audit', '--no-fund'], { cwd: home, stdio: 'ignore' })
    execFileSync('npm', ['run', '--silent', 'build'], { cwd: home, stdio: 'ignore' })
    return Math.round(Number(execFileSync('du', ['-sk', home], { encoding: 'utf8' }).split('\t')[0]) / 1000)
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

await bench()

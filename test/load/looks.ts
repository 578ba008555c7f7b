import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { allGrants } from '../../src/desk/tables.ts'
import { migrate, openEngine, type Engine } from '../../src/db/index.ts'
import { systemNow } from '../../src/lib/index.ts'
import { mayReveal } from '../../src/policy/index.ts'
import { openFileKeys, openVault, syncPolicy, type Vault } from '../../src/vault/index.ts'
import { higosoft } from '../policy.ts'
import { asAdmin, type Cluster } from '../postgres.ts'

const PERSONS = Number(process.env['BENCH_PERSONS'] ?? 100_000)
const PAGE = 1000

/** What a campaign's look at many people costs. Shape: `seconds` for all, `beforeMiB` and `peakMiB` of the process before and while it looks, `rows` of the log. */
export type ManyLooks = {
  readonly persons: number
  readonly seconds: number
  readonly beforeMiB: number
  readonly peakMiB: number
  readonly rows: number
}

/** Fills a fresh database with people who asked for news; then a process of its own looks at the addresses of all of them. */
export async function lookAtMany(cluster: Cluster): Promise<ManyLooks> {
  await asAdmin(cluster.port, 'create database looks owner avow_owner')
  const dir = mkdtempSync(join(tmpdir(), 'avow-looks-'))
  const place = { port: cluster.port, socket: cluster.socket, keys: join(dir, 'keys') }
  try {
    await withVault(place, async (engine, vault) => {
      await migrate(engine, { folder: resolve('src/db/migrations'), grants: allGrants })
      await engine.asOwner((ask) => syncPolicy(ask, higosoft(), 'avow_app'))
      await fill(engine, vault)
    })
    // Built first: a loader that compiles in the same process would be measured too.
    const built = resolve('node_modules/.cache/avow/looks/looks.js')
    await build({
      entryPoints: { looks: fileURLToPath(import.meta.url) },
      outdir: dirname(built),
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      jsx: 'automatic',
      jsxImportSource: 'hono/jsx',
    })
    return JSON.parse(execFileSync(process.execPath, [built, JSON.stringify(place)], { encoding: 'utf8' })) as ManyLooks
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

type Place = { readonly port: number; readonly socket: string; readonly keys: string }

async function withVault<T>(place: Place, work: (engine: Engine, vault: Vault) => Promise<T>): Promise<T> {
  const url = (who: string): string =>
    `postgres://${who}@localhost:${place.port}/looks?host=${encodeURIComponent(place.socket)}`
  const engine = await openEngine({ kind: 'postgres', url: url('avow_app'), ownerUrl: url('avow_owner') })
  const keys = await openFileKeys(place.keys, systemNow)
  const policy = higosoft()
  const rest = { policy, reveals: mayReveal(policy), now: systemNow, log: () => {}, personTables: [] }
  try {
    return await work(engine, openVault({ db: engine.for<never>(), keys, ...rest }))
  } finally {
    await engine.close()
    await keys.close()
  }
}

async function fill(engine: Engine, vault: Vault): Promise<void> {
  for (let made = 0; made < PERSONS; made += PAGE) {
    const page = Array.from(
      { length: Math.min(PAGE, PERSONS - made) },
      (_, index) => `reader-${made + index}@mail.example`,
    )
    const sealers = await Promise.all(page.map((email) => vault.newPerson(['relation'], { email })))
    await engine.for<never>().tx(async (tx) => {
      for (const [index, sealer] of sealers.entries()) {
        const values = { email: page[index] ?? '', name: `Reader ${made + index}` }
        await vault.collect(tx, sealer, { purposes: ['campaignMail'], values, notice: 1, channel: 'form' })
      }
    })
  }
  await engine.asOwner((ask) => ask('vacuum analyze'))
}

async function measured(engine: Engine, vault: Vault): Promise<ManyLooks> {
  const before = process.memoryUsage.rss()
  let peak = 0
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20)
  const started = performance.now()
  let persons = 0
  const look = { purpose: 'campaignMail', fields: ['email', 'name'], actor: { role: 'program', id: 'bench' } } as const
  for await (const page of vault.revealMany({ ...look, persons: vault.personsOf('campaignMail'), for: 'campaign:1' }))
    persons += page.filter(({ values }) => values.email?.startsWith('reader-')).length
  const seconds = (performance.now() - started) / 1000
  clearInterval(watch)
  if (persons !== PERSONS) throw new Error(`only ${persons} of ${PERSONS} were shown`)
  const rows = await engine.asOwner((ask) => ask('select count(*) as rows from vault.access_log'))
  return {
    persons,
    seconds,
    beforeMiB: before / 2 ** 20,
    peakMiB: peak / 2 ** 20,
    rows: Number(rows[0]?.['rows'] ?? 0),
  }
}

if (process.argv[2]?.startsWith('{'))
  console.log(JSON.stringify(await withVault(JSON.parse(process.argv[2]) as Place, measured)))

import { build } from 'esbuild'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { randomBytes, randomUUID } from 'node:crypto'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { scanPaths } from '../../src/core/cards/scan.ts'
import { readableCode } from '../../src/lib/index.ts'

const MIB = 2 ** 20
const SIZE = 128 * MIB
const ROUNDS = 5

/** Prints how fast the search for card numbers is: MiB for each second of processor time on one core. Names on the command line are searched too. */
async function bench(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'avow-scan-'))
  try {
    // As it is built, since that is what runs in a shop.
    const outfile = join(dir, 'cards.mjs')
    await build({
      entryPoints: ['src/core/cards/scan.ts'],
      outfile,
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      target: 'node20',
    })
    const built = (await import(pathToFileURL(outfile).href)) as { scanPaths: typeof scanPaths }
    writeFileSync(join(dir, 'json.log'), lines(SIZE))
    writeFileSync(join(dir, 'random'), randomBytes(SIZE))
    console.log(`Node ${process.version}, ${cpus()[0]?.model ?? ''}`)
    for (const path of [join(dir, 'json.log'), join(dir, 'random'), ...process.argv.slice(2)])
      await measure(built.scanPaths, path)
  } finally {
    rmSync(dir, { recursive: true })
  }
}

async function measure(scan: typeof scanPaths, path: string): Promise<void> {
  const speeds: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = process.cpuUsage()
    const { bytes, found } = await scan([path])
    const { user, system } = process.cpuUsage(before)
    speeds.push(bytes / MIB / ((user + system) / 1e6))
    if (round === 0) console.log(`${path}: ${(bytes / MIB).toFixed(1)} MiB, ${found} found`)
  }
  speeds.sort((a, b) => a - b)
  console.log(
    `  ${speeds.map((speed) => speed.toFixed(0)).join(', ')} MiB/s; median ${speeds[Math.floor(ROUNDS / 2)]?.toFixed(0)} (goal >= 150)`,
  )
}

/** Lines as a log of requests has them. */
function lines(size: number): string {
  const made: string[] = []
  for (let length = 0; length < size; length += made.at(-1)?.length ?? 1) {
    const at = new Date(1.7e12 + Math.random() * 1e11).toISOString()
    const order = `HS-${readableCode(4)}-${readableCode(4)}`
    const values = {
      at,
      level: 'info',
      event: 'request',
      id: randomUUID(),
      order,
      ms: Math.random() * 100,
      status: 200,
    }
    made.push(
      `${JSON.stringify({ ...values, path: `/o/${randomBytes(12).toString('base64url')}`, bytes: Math.floor(Math.random() * 1e6) })}\n`,
    )
  }
  return made.join('')
}

await bench()

// Plays a long storm over the processors and ends with one line; it exits 1 when anything of it is not as it must be.
//   npm run test:storm -- --seed 7 --orders 10000 --engine postgres
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { cleanEnvironment } from './test.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 32)) },
    orders: { type: 'string', default: '10000' },
    engine: { type: 'string', default: 'postgres' },
  },
})
if (!/^\d{1,10}$/.test(values.seed) || !/^[1-9]\d{0,5}$/.test(values.orders))
  throw new RangeError('--seed and --orders take whole numbers')
if (!['pglite', 'postgres'].includes(values.engine)) throw new RangeError('--engine takes pglite or postgres')

const folder = mkdtempSync(join(tmpdir(), 'avow-storm-'))
const said = join(folder, 'said.txt')
const env = cleanEnvironment(process.env, {
  AVOW_STORM_SEED: values.seed,
  AVOW_STORM_ORDERS: values.orders,
  AVOW_STORM_SAYS: said,
})
console.log(`seed ${values.seed}`)
const args = ['run', '--project', values.engine, 'test/storm/faces.db.test.ts', '--testTimeout=7200000']
const { status } = spawnSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...args], {
  cwd: root,
  env,
  stdio: ['ignore', 'inherit', 'inherit'],
})
const line = status === null ? '' : lineOf()
rmSync(folder, { recursive: true, force: true })
console.log(line || `seed ${values.seed}: the storm did not end`)
process.exitCode = status === 0 && line ? 0 : 1

function lineOf() {
  try {
    return readFileSync(said, 'utf8').trim()
  } catch {
    return ''
  }
}

// Runs every test there is, the browser's too, and ends with one line: how many passed, failed and were skipped.
//   npm test                               everything
//   node scripts/test.js --only crash      one group: pure, pglite, postgres, start, crash or browser
//   node scripts/test.js --crash-rounds 30
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { chromium, prepareMachine } from './machine.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const MINUTE = 60_000

/** The groups of tests, in the order in which they run. Shape: `needs` names what the machine must have. */
export const groups = [
  { name: 'pure', kind: 'vitest' },
  { name: 'pglite', kind: 'vitest' },
  { name: 'postgres', kind: 'vitest', needs: 'PostgreSQL' },
  { name: 'start', kind: 'vitest' },
  { name: 'crash', kind: 'vitest' },
  { name: 'browser', kind: 'playwright', needs: 'Chromium' },
]

/** What of the caller's environment the tests see: never an address, a password or a setting of the program. */
const PASSED_ON =
  /^(PATH|HOME|USER|LOGNAME|LANG|LANGUAGE|LC_\w+|TZ|TERM|TMPDIR|CI|NO_COLOR|FORCE_COLOR|AVOW_CRASH_SEED|AVOW_SHOTS)$/

export function cleanEnvironment(env, more = {}) {
  return { ...Object.fromEntries(Object.entries(env).filter(([name]) => PASSED_ON.test(name))), ...more }
}

/** The counts in a runner's own JSON report. Shape: what a runner did not finish is no pass. */
export function countsOf(kind, report) {
  if (kind === 'playwright') {
    const { expected, unexpected, flaky, skipped } = report.stats
    return { passed: expected, failed: unexpected + flaky + (report.errors?.length ?? 0), skipped }
  }
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = report
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests }
}

/** What a group came to: its counts, and a failure more where it broke without a failed test, was stopped, or ran nothing. */
export function verdict({ kind, report, code }) {
  const counts = report ? countsOf(kind, report) : { passed: 0, failed: 0, skipped: 0 }
  if (counts.failed > 0) return counts
  if (code !== 0) return { ...counts, failed: 1, because: `ended with ${code}` }
  if (counts.passed === 0) return { ...counts, failed: 1, because: 'ran nothing' }
  return counts
}

function commandOf({ name, kind }, file) {
  const bin = (path) => join(root, 'node_modules', path)
  if (kind === 'playwright') return [bin('@playwright/test/cli.js'), 'test', '--reporter=line,json']
  return [
    bin('vitest/vitest.mjs'),
    'run',
    '--project',
    name,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]
}

/** Runs a command in a process group of its own, so that a time limit or Ctrl-C ends all of it. Resolves with its exit code or signal. */
function run(args, { env, limit }) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  })
  const endAll = () => {
    try {
      process.kill(-child.pid, 'SIGKILL')
    } catch {} // it has ended
  }
  const interrupted = () => {
    endAll()
    process.exit(130)
  }
  const timer = setTimeout(endAll, limit)
  process.on('SIGINT', interrupted).on('SIGTERM', interrupted)
  return new Promise((resolve) => {
    child.once('close', (code, signal) => {
      clearTimeout(timer)
      process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
      resolve(code ?? signal)
    })
  })
}

async function runGroup(group, { env, folder, rounds }) {
  console.log(`\n── ${group.name}`)
  const file = join(folder, `${group.name}.json`)
  const minutes = { crash: 15 * Math.max(1, rounds / 3), browser: 20 }[group.name] ?? 20
  const limit = minutes * MINUTE
  const code = await run(commandOf(group, file), { env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file }, limit })
  const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
  const counts = verdict({ kind: group.kind, report, code })
  const because = counts.because ? ` (${counts.because})` : ''
  console.log(`── ${group.name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped${because}`)
  return counts
}

/** Runs the groups. Resolves with the sum; what the machine lacks is one skip for a group and one line that says so. */
async function runAll({ only, rounds }) {
  const wanted = groups.filter(({ name }) => only === undefined || name === only)
  if (wanted.length === 0) throw new RangeError(`no group of tests is called ${only}`)
  const missing = prepareMachine()
  const lacks = (what) => missing.some(({ name }) => name === what)
  const folder = mkdtempSync(join(tmpdir(), 'avow-report-'))
  const env = cleanEnvironment(process.env, {
    AVOW_CRASH_ROUNDS: String(rounds),
    AVOW_TEST_ENGINES: lacks('PostgreSQL') ? 'pglite' : 'pglite,postgres',
    CHROMIUM_PATH: chromium() ?? '',
  })
  const sum = { passed: 0, failed: 0, skipped: 0 }
  const built = await run([join(root, 'scripts/build.js')], { env, limit: 2 * MINUTE })
  if (built !== 0) sum.failed += 1
  for (const group of built === 0 ? wanted : []) {
    const counts = lacks(group.needs)
      ? { passed: 0, failed: 0, skipped: 1 }
      : await runGroup(group, { env, folder, rounds })
    for (const name of Object.keys(sum)) sum[name] += counts[name]
  }
  rmSync(folder, { recursive: true, force: true })
  for (const { name, why } of missing) console.log(`\n${name} is ${why}: what needs it was not run.`)
  return sum
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, 'crash-rounds': { type: 'string', default: '3' } },
  })
  const rounds = Number(values['crash-rounds'])
  if (!Number.isInteger(rounds) || rounds < 1) throw new RangeError('--crash-rounds takes a whole number')
  const { passed, failed, skipped } = await runAll({ only: values.only, rounds })
  console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`)
  if (failed > 0 || passed === 0) process.exitCode = 1
}

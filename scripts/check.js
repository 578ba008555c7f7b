// The gate: one list of named steps, the same here and wherever the program is built. Run by `npm run check`.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const bin = (name) => join(root, 'node_modules/.bin', name)

/** Every step of the gate. Shape: `sees` finds in its words how many files it looked at; fewer than `least` is a failure. */
export const steps = [
  { name: 'format', command: [bin('prettier'), '--check', '.'] },
  {
    name: 'types',
    command: [bin('tsc'), '--noEmit', '--listFiles'],
    sees: /^(?!.*node_modules).*\.tsx?$/gm,
    least: 200,
  },
  {
    name: 'lint',
    command: [bin('oxlint'), '--type-aware', '--deny-warnings', '.'],
    sees: /on (\d+) files/,
    least: 200,
  },
  { name: 'dead code', command: [bin('knip'), '--treat-config-hints-as-errors'] },
  { name: 'house', command: [process.execPath, '--import', 'tsx', join(root, 'test/house/report.ts')], shown: true },
]

/** Runs one step in a folder. Resolves with whether it passed, what it said, and how long it took. */
export function runStep({ name, command, sees, least = 0, shown = false }, cwd = root) {
  const [file, ...args] = command
  const start = process.hrtime.bigint()
  const child = spawn(file, args, { cwd, env: { ...process.env, NO_COLOR: '1' } })
  let words = ''
  child.stdout.on('data', (text) => (words += text))
  child.stderr.on('data', (text) => (words += text))
  return new Promise((resolve) => {
    const end = (passed) =>
      resolve({ name, passed, shown, words, seconds: Number(process.hrtime.bigint() - start) / 1e9 })
    child.on('error', (error) => {
      words += `${error.message}\n`
      end(false)
    })
    child.on('close', (code) => {
      const looked = sees ? countIn(words, sees) : least
      if (sees?.global) words = words.replaceAll(sees, '').trimStart()
      if (looked < least) words += `looked at ${looked} files, expected at least ${least}\n`
      end(code === 0 && looked >= least)
    })
  })
}

function countIn(words, sees) {
  return sees.global ? (words.match(sees)?.length ?? 0) : Number(sees.exec(words)?.[1] ?? 0)
}

/** Runs the whole gate, two steps side by side, and prints each as it ends. Resolves with the names of those that failed. */
async function runAll() {
  const waiting = [...steps]
  const failed = []
  const lane = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const result = await runStep(step)
      console.log(`${result.passed ? 'passed' : 'FAILED'}  ${result.name.padEnd(10)} ${result.seconds.toFixed(1)} s`)
      if (!result.passed || result.shown) console.log(result.words.replace(/^(?=.)/gm, '  ').trimEnd())
      if (!result.passed) failed.push(result.name)
    }
  }
  await Promise.all([lane(), lane()])
  return failed
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const failed = await runAll()
  if (failed.length > 0) console.error(`The check failed at: ${failed.join(', ')}.`)
  process.exitCode = failed.length > 0 ? 1 : 0
}

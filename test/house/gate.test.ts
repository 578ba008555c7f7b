import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runStep, steps } from '../../scripts/check.js'

// The gate's own steps, with our own settings, run over a tree full of sins: a step that is silent here is no gate.
const root = fileURLToPath(new URL('../..', import.meta.url))
const SETTINGS = ['.oxlintrc.json', '.prettierrc.json', '.prettierignore', 'tsconfig.json', 'knip.json', 'package.json']
let tree: string

beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'avow-gate-'))
  cpSync(join(root, 'test/house/red/gate'), tree, { recursive: true })
  for (const name of SETTINGS) cpSync(join(root, name), join(tree, name))
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'))
})
afterAll(() => rmSync(tree, { recursive: true }))

async function wordsOf(name: string, more: readonly string[] = []): Promise<string> {
  const step = steps.find((one) => one.name === name)
  if (!step) throw new Error(`the gate has no step ${name}`)
  const { passed, words } = await runStep({ ...step, command: [...step.command, ...more] }, tree)
  expect(passed).toBe(false)
  return words
}

test('format reports a file that is not formatted, in every folder', async () => {
  const words = await wordsOf('format')
  for (const file of ['src/web/badly.ts', 'sim/badly.ts', 'test/badly.ts', 'scripts/badly.js'])
    expect(words).toContain(`[warn] ${file}`)
})

test('types reports what is not true, in every folder', async () => {
  const words = await wordsOf('types')
  for (const file of ['src/web/untrue.ts(1', 'sim/untrue.tsx(1', 'test/untrue.ts(2']) expect(words).toContain(file)
})

test('dead code reports what nobody uses', async () => {
  const words = await wordsOf('dead code')
  expect(words).toContain('src/web/unused.ts')
  expect(words).toMatch(/idle +src\/usedHere\.ts/)
})

test('lint reports each rule on the lines that break it, and on no other', async () => {
  const words = await wordsOf('lint', ['--format', 'unix'])
  const reported = [...words.matchAll(/^(\S+?):(\d+):\d+: .*\[Error\/(.+)\((.+)\)\]$/gm)].map(
    ([, file, line, plugin, rule]) => `${file}:${line} ${plugin === 'eslint' ? '' : `${plugin}/`}${rule}`,
  )
  expect(reported.sort()).toEqual(marked())
})

test('every rule that is set is proven by a line', () => {
  const settings = readFileSync(join(root, '.oxlintrc.json'), 'utf8').replace(/^\s*\/\/.*$/gm, '')
  const { rules } = JSON.parse(settings) as { rules: Record<string, unknown> }
  const proven = new Set(marked().map((row) => row.split(' ')[1]))
  const unproven = Object.keys(rules).filter((rule) => !proven.has(rule))
  expect(unproven).toEqual(['typescript/no-base-to-string']) // set only to know our own elements
})

test('a step that looked at too few files fails, however content it is', async () => {
  const lint = steps.find(({ name }) => name === 'lint')
  const types = steps.find(({ name }) => name === 'types')
  const empty = mkdtempSync(join(tmpdir(), 'avow-empty-'))
  for (const step of [lint, types]) {
    const { passed, words } = await runStep({ ...step!, command: [process.execPath, '-e', ''] }, empty)
    expect(passed).toBe(false)
    expect(words).toContain('looked at 0 files')
  }
  rmSync(empty, { recursive: true })
})

function marked(): string[] {
  return readdirSync(tree, { recursive: true, encoding: 'utf8' })
    .filter((path) => /^(src|sim|test)\/.*\.tsx?$/.test(path))
    .flatMap((path) =>
      readFileSync(join(tree, path), 'utf8')
        .split('\n')
        .flatMap((row, index) => {
          const rule = / \/\/ red: (\S+)$/.exec(row)?.[1]
          return rule ? [`${path}:${index + 1} ${rule}`] : []
        }),
    )
    .sort()
}

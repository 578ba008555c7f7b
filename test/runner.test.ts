import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import config from '../vitest.config.ts'
import { cleanEnvironment, groups, verdict } from '../scripts/test.js'

const vitest = (edits: object = {}) => ({
  numPassedTests: 7,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  ...edits,
})
const stats = { expected: 5, unexpected: 0, flaky: 0, skipped: 0 }

test('what passed, failed and was skipped is counted for both runners', () => {
  const some = vitest({ numFailedTests: 2, numPendingTests: 3, numTodoTests: 1 })
  expect(verdict({ kind: 'vitest', report: some, code: 1 })).toEqual({ passed: 7, failed: 2, skipped: 4 })
  const report = { stats: { ...stats, unexpected: 1, flaky: 1, skipped: 2 }, errors: [] }
  expect(verdict({ kind: 'playwright', report, code: 1 })).toEqual({ passed: 5, failed: 2, skipped: 2 })
})

test('a group that ran nothing has failed', () => {
  expect(verdict({ kind: 'vitest', report: vitest({ numPassedTests: 0 }), code: 0 })).toMatchObject({ failed: 1 })
  const report = { stats: { ...stats, expected: 0 }, errors: [] }
  expect(verdict({ kind: 'playwright', report, code: 0 })).toMatchObject({ failed: 1 })
})

test('a group that broke without a failed test, or wrote no report, has failed', () => {
  expect(verdict({ kind: 'vitest', report: vitest(), code: 1 })).toMatchObject({ passed: 7, failed: 1 })
  expect(verdict({ kind: 'vitest', report: undefined, code: 'SIGKILL' })).toMatchObject({ failed: 1 })
  expect(verdict({ kind: 'playwright', report: { stats, errors: [{}] }, code: 1 })).toMatchObject({ failed: 1 })
  expect(verdict({ kind: 'vitest', report: undefined, code: 0 })).toMatchObject({ failed: 1 })
})

test('no address, password or setting of whoever runs the tests reaches them', () => {
  const own = {
    DATABASE_URL: 'postgres://live',
    DATABASE_OWNER_URL: 'x',
    KEYS_URL: 'x',
    PGPASSWORD: 'x',
    SMTP_URL: 'x',
    STRIPE_API_KEY: 'x',
    BASE_URL: 'x',
    PORT: '80',
    AVOW_DATA: 'x',
    AVOW_TEST_ENGINES: 'x',
    NODE_OPTIONS: 'x',
    PATH: '/bin',
    HOME: '/root',
    LC_ALL: 'C',
  }
  expect(cleanEnvironment(own, { CI: '1' })).toEqual({ PATH: '/bin', HOME: '/root', LC_ALL: 'C', CI: '1' })
})

test('every project of vitest is a group of the run, and so is the browser', () => {
  const projects = (config.test?.projects ?? []).map((project) => (project as { test: { name: string } }).test.name)
  expect(groups.map(({ name }) => name)).toEqual([...projects, 'browser'])
})

test('a test file lies where its group looks for it', () => {
  const files = ['src', 'sim', 'test', 'examples', 'scripts'].flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' }).map((file) => join(root, file)),
  )
  const tests = files.filter((file) => /\.(test|spec)\.[cm]?[jt]sx?$/.test(file) && !file.startsWith('test/house/red/'))
  const strays = tests.filter((file) => {
    if (file.startsWith('test/browser/')) return !file.endsWith('.spec.ts')
    return (
      !/\.test\.tsx?$/.test(file) || file.endsWith('.db.test.tsx') || /^(sim|examples|scripts)\/.*\.db\./.test(file)
    )
  })
  expect(tests.length).toBeGreaterThan(40)
  expect(strays).toEqual([])
})

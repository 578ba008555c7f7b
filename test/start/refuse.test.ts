import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { buildProgram, freshFolders, refusedStart, type Ended, type Place } from '../program.ts'

let example = ''
let live = ''
beforeAll(async () => {
  example = await buildProgram('refuse')
  live = await buildProgram(
    'live',
    configFile('live', `export const config = { ...example, mode: 'live', sampleSerials: undefined }`),
  )
})

/** A vendor's configuration made from the example's, where the build can read it. */
function configFile(name: string, text: string): string {
  const dir = resolve('node_modules/.cache/avow')
  mkdirSync(dir, { recursive: true })
  const file = `${dir}/${name}.config.ts`
  const from = resolve('examples/higosoft/config.ts')
  writeFileSync(file, `import { config as example } from ${JSON.stringify(from)}\n${text}\n`)
  return file
}

const removals: (() => void)[] = []
afterEach(() => removals.splice(0).forEach((remove) => remove()))

async function refusal(dist: string, env: Place['env'] = {}): Promise<Ended> {
  const { data, keys, remove } = freshFolders()
  removals.push(remove)
  return refusedStart({ dist, data, keys, env })
}

/** The refusal as lines. It has to be a sentence of ours: no stack, no code. */
async function sentences(dist: string, env?: Place['env']): Promise<string[]> {
  const end = await refusal(dist, env)
  expect([end.code, end.out]).toEqual([1, ''])
  expect(end.err).not.toMatch(/^\s+at |Error:|E[A-Z]{6,}/m)
  return end.err.trimEnd().split('\n')
}

const whole = {
  SMTP_URL: 'smtp://mail.vendor.eu',
  MAIL_FROM: 'shop@vendor.eu',
  STRIPE_API_KEY: 'sk_live_x',
  STRIPE_WEBHOOK_SECRET: 'whsec_x',
  BASE_URL: 'https://shop.vendor.eu',
  ACCEPT_POWER_LOSS: 'yes',
}
const without = (...names: (keyof typeof whole)[]): Place['env'] =>
  Object.fromEntries(Object.entries(whole).filter(([name]) => !names.includes(name as never)))

test('a live shop with nothing set is told everything that is missing at once', async () => {
  const [first, ...missing] = await sentences(live)
  expect(first).toBe('A live shop cannot start half-configured. Missing:')
  const names = ['SMTP_URL', 'STRIPE_API_KEY', 'BASE_URL', 'DATABASE_URL']
  expect(missing.map((line) => line.trim().split(/[ ,:]/)[0])).toEqual(names)
})

test.each([
  ['the mail host', without('SMTP_URL', 'MAIL_FROM'), ['SMTP_URL']],
  ['the card processor', without('STRIPE_API_KEY', 'STRIPE_WEBHOOK_SECRET'), ['STRIPE_API_KEY']],
  ['an https address', without('BASE_URL'), ['BASE_URL']],
  ['a word about power cuts', without('ACCEPT_POWER_LOSS'), ['DATABASE_URL']],
  ['two things', without('SMTP_URL', 'MAIL_FROM', 'BASE_URL'), ['SMTP_URL', 'BASE_URL']],
])('a live shop that lacks %s is told just that', async (_what, env, names) => {
  const [, ...missing] = await sentences(live, env)
  expect(missing.map((line) => line.trim().split(/[ ,:]/)[0])).toEqual(names)
})

test('a live shop with the invented vendor of the example is refused, each invented thing by name', async () => {
  const lines = await sentences(live, whole)
  expect(lines[0]).toBe("The vendor's configuration has faults:")
  expect(lines.slice(1).length).toBeGreaterThan(0)
  for (const line of lines.slice(1)) expect(line).toMatch(/^policy\.\S+: /)
})

test.each([
  ['DATABASE_URL alone', { DATABASE_URL: 'postgres://avow_app@127.0.0.1:9/avow' }, /DATABASE_OWNER_URL/],
  ['SMTP_URL alone', { SMTP_URL: 'smtp://mail.vendor.eu' }, /MAIL_FROM/],
  ['STRIPE_API_KEY alone', { STRIPE_API_KEY: 'sk_test_x' }, /STRIPE_WEBHOOK_SECRET/],
  ['PADDLE_API_KEY alone', { PADDLE_API_KEY: 'pdl_x' }, /PADDLE_WEBHOOK_SECRET/],
  ['Paddle without a page', { PADDLE_API_KEY: 'pdl_x', PADDLE_WEBHOOK_SECRET: 'w' }, /PADDLE_PAGE/],
  ['a port that is no number', { PORT: 'eighty' }, /^PORT must be a port/],
  ['a port that cannot be', { SIM_PORT: '70000' }, /^SIM_PORT must be a port/],
  ['a seed that cannot be', { SIM_SEED: 'often' }, /^SIM_SEED must be a whole number/],
  ['an address that is none', { BASE_URL: 'my shop' }, /BASE_URL/],
  ['an address without https', { BASE_URL: 'localhost:8080' }, /BASE_URL/],
  ['a processor that is none', { STRIPE_API_KEY: 'k', STRIPE_WEBHOOK_SECRET: 'w', STRIPE_API: 'x' }, /STRIPE_API/],
  ['a mail host that is none', { SMTP_URL: 'my mail host', MAIL_FROM: 'shop@vendor.eu' }, /SMTP_URL/],
  [
    'a PostgreSQL that does not answer',
    { DATABASE_URL: 'postgres://a@127.0.0.1:9/avow', DATABASE_OWNER_URL: 'postgres://b@127.0.0.1:9/avow' },
    /PostgreSQL/,
  ],
])('%s is refused with a sentence that names it', async (_what, env, sentence) => {
  const lines = await sentences(example, env as Place['env'])
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(sentence)
})

test('a password in an address is not repeated by a refusal', async () => {
  const url = 'postgres://a:Sesame-4711@127.0.0.1:9/avow'
  const end = await refusal(example, { DATABASE_URL: url, DATABASE_OWNER_URL: url })
  expect([end.code, end.err.includes('4711')]).toEqual([1, false])
})

test('a vendor whose data has faults is told each of them, with nothing started', async () => {
  const dist = await buildProgram(
    'faults',
    configFile('faults', `export const config = { ...example, timeZone: 'Mars/Base', catalogue: { products: 'all' } }`),
  )
  const lines = await sentences(dist)
  expect(lines[0]).toMatch(/configuration has faults/)
  expect(lines.slice(1).join('\n')).toMatch(/timeZone/)
  expect(lines.slice(1).join('\n')).toMatch(/catalogue/)
})

test('a database of another kind in the data folder is refused and left as it is', async () => {
  const { data, keys, remove } = freshFolders()
  removals.push(remove)
  mkdirSync(`${data}/pglite`, { recursive: true })
  writeFileSync(`${data}/pglite/PG_VERSION`, '9\n')
  const end = await refusedStart({ dist: example, data, keys })
  expect([end.code, end.out]).toEqual([1, ''])
  expect(end.err).toMatch(/^The database in .*pglite cannot be opened: [^\n]+\n$/)
  expect(readFileSync(`${data}/pglite/PG_VERSION`, 'utf8')).toBe('9\n')
})

import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest'
import type { Source } from '../../src/db/index.ts'
import { asAdmin } from '../postgres.ts'
import {
  answersOn,
  buildProgram,
  freePorts,
  refusedStart,
  startProgram,
  until,
  type Place,
  type Ports,
} from '../program.ts'
import { engines } from '../engine.ts'
import { freshHome, type Home } from './home.ts'

let dist = ''
beforeAll(async () => {
  dist = await buildProgram('start')
})

const homes: Home[] = []
afterEach(() => homes.splice(0).forEach((home) => home.remove()))

async function placeOn(
  kind: Source['kind'],
  edits: Partial<Place> = {},
  nothing = false,
): Promise<Place & { database: string }> {
  const home = await freshHome(kind, nothing)
  homes.push(home)
  const { data, keys, source, database } = home
  return { dist, data, keys, source, database, ...edits }
}

async function nobodyOn(ports: Ports): Promise<void> {
  for (const port of Object.values(ports)) await until(`port ${port} is free`, async () => !(await answersOn(port)))
}

async function nobodyIn(database: string): Promise<void> {
  if (database === '') return
  const count = async (): Promise<unknown> =>
    (
      await asAdmin(
        inject('postgresPort'),
        `select count(*)::int as n from pg_stat_activity where datname = '${database}'`,
      )
    )[0]?.['n']
  await until('no connection is left', async () => (await count()) === 0)
}

const status = async (url: string): Promise<number> => (await fetch(url)).status

/** What may be logged by then: requests, the first search for card numbers, and processors that were just being asked when all of it was stopped. */
const EXPECTED = /^(request|cards\.searched|payments\.silent) /

describe.each(engines)('on %s', (kind) => {
  test('the first start makes its tables, prints where everything is, the store first, and all of it answers', async () => {
    const place = await placeOn(kind, {}, true)
    const program = await startProgram(place)
    const lines = program.printed().split('\n')
    expect(lines[0]).toMatch(new RegExp(`^Store\\s+${program.store}$`))
    const labels = ['Staff sign-in', 'Outbox', 'Simulated card processor', 'Data', 'Keys']
    expect(lines.slice(1, 6).map((line, index) => line.startsWith(labels[index] ?? '?'))).toEqual(
      labels.map(() => true),
    )
    expect(lines[4]).toContain(place.data)
    expect(lines[5]).toContain(place.keys)
    const seen = await Promise.all([program.store, program.staffLink, program.outbox, program.sim].map(status))
    expect(seen).toEqual([200, 200, 200, 200])
    expect((await program.stop()).code).toBe(0)
  })

  test.each(['SIGINT', 'SIGTERM'] as const)(
    '%s stops all of it and leaves nothing running, and it starts again',
    async (signal) => {
      const place = await placeOn(kind)
      const first = await startProgram(place)
      expect(await status(first.store)).toBe(200)
      const end = await first.stop(signal)
      expect(end.code).toBe(0)
      expect(end.err.split('\n').filter((line) => line !== '' && !EXPECTED.test(line))).toEqual([])
      await nobodyOn(first.ports)
      await nobodyIn(place.database)

      const second = await startProgram({ ...place, ports: first.ports })
      expect(await status(second.store)).toBe(200)
      expect((await second.stop()).code).toBe(0)
    },
  )

  test('killed without a chance to tidy up, it takes the simulator along, and starts again at once', async () => {
    const place = await placeOn(kind)
    const first = await startProgram(place)
    expect(await answersOn(first.ports.sim)).toBe(true)
    await first.kill()
    await nobodyOn(first.ports)
    await nobodyIn(place.database)
    const second = await startProgram({ ...place, ports: first.ports })
    expect(await status(second.store)).toBe(200)
    await second.stop()
  })

  test('a second start on the same folder is refused with a sentence, and the first goes on answering', async () => {
    const place = await placeOn(kind)
    const first = await startProgram(place)
    const other = await placeOn(kind)
    const end = await refusedStart({ ...other, data: place.data })
    expect([end.code, end.out]).toEqual([1, ''])
    expect(end.err).toBe(`Avow already runs on ${place.data}. Stop it first, or set AVOW_DATA to another folder.\n`)
    expect(await Promise.all([first.store, first.sim, first.outbox].map(status))).toEqual([200, 200, 200])
    expect((await first.stop()).code).toBe(0)
  })

  test('keys that another running shop uses are refused, and that shop goes on answering', async () => {
    const place = await placeOn(kind)
    const first = await startProgram(place)
    const other = await placeOn(kind)
    const end = await refusedStart({ ...other, keys: place.keys })
    expect([end.code, end.out]).toEqual([1, ''])
    expect(end.err).toBe(
      `Another Avow uses the keys in ${place.keys}. Stop it first, or set AVOW_KEYS to another folder.\n`,
    )
    expect(await status(first.store)).toBe(200)
    expect((await first.stop()).code).toBe(0)
  })
})

describe('a taken port', () => {
  let taken: Awaited<ReturnType<typeof startProgram>>
  beforeAll(async () => {
    taken = await startProgram(await placeOn('pglite'))
  })
  afterAll(async () => void (await taken.stop()))

  test.each([
    ['store', 'PORT'],
    ['sim', 'SIM_PORT'],
    ['outbox', 'OUTBOX_PORT'],
  ] as const)('of the %s is said in a sentence, and nothing is left running', async (which, name) => {
    const free = await freePorts()
    const ports = { ...free, [which]: taken.ports[which] }
    const place = await placeOn('pglite', { ports })
    const end = await refusedStart(place)
    expect([end.code, end.out]).toEqual([1, ''])
    expect(end.err).toMatch(new RegExp(`port ${ports[which]} is taken.*Set ${name} to another\\.\n$`, 'i'))
    expect(end.err.trim().split('\n')).toHaveLength(1)
    await nobodyOn({ ...free, [which]: free[which] })
    expect(await status(taken.store)).toBe(200)

    const again = await startProgram({ ...place, ports: free })
    await again.stop()
  })
})

test('an error that nobody waited for stops it with a code and no word of what the error was about', async () => {
  const error = `Object.assign(new Error('no\\n  at ada@quill.example'), { code: '23505', detail: 'Ada' })`
  const script = `process.on('SIGUSR2', () => { throw ${error} })`
  const module = `data:text/javascript;base64,${Buffer.from(script).toString('base64')}`
  const place = await placeOn('pglite', { env: { NODE_OPTIONS: `--import=${module}` } })
  const program = await startProgram(place)
  const end = await program.stop('SIGUSR2')
  expect(end.code).toBe(1)
  expect(end.err).toMatch(/^Avow broke and has stopped: 23505\.\n\s+at /m)
  expect(end.err).not.toMatch(/ada/i)
  await nobodyOn(program.ports)
})

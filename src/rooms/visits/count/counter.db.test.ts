import { createHmac } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { everyRow } from '../../../../test/asApp.ts'
import { CHROME, clock, everything, standForCounting } from '../../../../test/counting.ts'
import type { Database } from '../../../db/index.ts'
import { instant, later } from '../../../lib/index.ts'
import { pagesOf } from '../queries.ts'
import type { VisitTables } from '../tables.ts'

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0'
const SECOND = 1000
const HOUR = 3_600_000

const { at, db, folder, startProcess, restart, killAll, days, totals, marks } = standForCounting()

/** Random numbers that are the same in every run. */
function dice(seed: number): (most: number) => number {
  let state = seed
  return (most) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * most)
  }
}

/** What a script of visits must come to: counted here by names, where the program knows none. */
function expectedOf(script: readonly { day: string; who: string; route: string }[]) {
  const sums = new Map<string, { views: number; who: Set<string> }>()
  for (const { day, who, route } of script)
    for (const key of [day, `${day} ${route}`]) {
      const sum = sums.get(key) ?? { views: 0, who: new Set() }
      sum.views += 1
      sum.who.add(who)
      sums.set(key, sum)
    }
  return sums
}

describe('three days of 500 visitors, one of them 25 hours long', () => {
  const PAGES = ['/', '/privacy', '/products/tally', '/products/lookout', '/p/AAAAAAAAAAAAAAAAAAAAAA']
  const routeOf = (path: string): string => (path.startsWith('/p/') ? '/p/:token' : path)
  // Midnight in Brussels is 22:00 UTC before the night of 25 October and 23:00 UTC after it.
  const DAYS = [
    { day: '2026-10-24', from: '2026-10-23T22:00:00.000Z', to: '2026-10-24T21:59:59.999Z' },
    { day: '2026-10-25', from: '2026-10-24T22:00:00.000Z', to: '2026-10-25T22:59:59.999Z' },
    { day: '2026-10-26', from: '2026-10-25T23:00:00.000Z', to: '2026-10-26T22:59:59.999Z' },
  ]

  /** Every visitor comes on every day, one in four at its first or its last moment. */
  function scripted() {
    const roll = dice(20261024)
    const script = DAYS.flatMap(({ day, from, to }) =>
      Array.from({ length: 500 }, (_, visitor) => {
        const [start, end] = [instant(from).getTime(), instant(to).getTime()]
        return Array.from({ length: 1 + roll(3) }, () => {
          const edge = roll(8)
          const time = edge === 0 ? start : edge === 1 ? end : start + roll(end - start)
          return { day, time, visitor, path: PAGES[roll(PAGES.length)] ?? '/' }
        })
      }).flat(),
    )
    return script.sort((a, b) => a.time - b.time)
  }

  test('are counted exactly as scripted, by two processes over one database, with a restart in the middle', async () => {
    let processes = [startProcess(), startProcess()]
    const script = scripted()
    const roll = dice(7)
    let turned = false
    for (const { time, visitor, path } of script) {
      if (!turned && time > instant('2026-10-25T12:00:00Z').getTime()) {
        turned = true
        processes = [await restart(), startProcess()]
      }
      clock.now = later(instant('1970-01-01T00:00:00Z'), time)
      const of = processes[roll(2)]
      // Two browsers in one network are two; the last part of the address is not looked at.
      const from = `10.7.${visitor >> 1}.${roll(250) + 1}`
      await of?.ask({ path, from, agent: visitor % 2 ? CHROME : FIREFOX })
      if (roll(40) === 0) await processes[roll(2)]?.counter.flush()
    }
    for (const { counter } of processes) await counter.flush()
    const expected = expectedOf(script.map((one) => ({ ...one, who: String(one.visitor), route: routeOf(one.path) })))
    const sumsOf = (name: string) => ({ views: expected.get(name)?.views, visitors: expected.get(name)?.who.size })
    expect(DAYS.map(({ day }) => sumsOf(day).visitors)).toEqual([500, 500, 500])
    expect(await days()).toEqual(DAYS.map(({ day }) => ({ day, ...sumsOf(day) })))
    for (const { day } of DAYS)
      for (const row of await pagesOf(db().query, { first: day, last: day }))
        expect({ ...row, day }).toEqual({ day, route: row.route, ...sumsOf(`${day} ${row.route}`) })
    expect((await pagesOf(db().query, everything)).length).toBe(PAGES.length)
  })

  test('the last minute of a day is counted right although both processes write it down after midnight', async () => {
    const [one, other] = [startProcess(), startProcess()]
    clock.now = instant('2026-10-25T22:59:59.900Z')
    for (const process of [one, other]) await process.ask({ path: '/' })
    await other.ask({ path: '/', from: '10.2.2.2' })
    clock.now = instant('2026-10-25T23:00:00.100Z')
    await one.ask({ path: '/' })
    await one.counter.flush()
    await other.counter.flush()
    expect(await days()).toEqual([
      { day: '2026-10-25', views: 3, visitors: 2 },
      { day: '2026-10-26', views: 1, visitors: 1 },
    ])
  })

  test('what is written down when a day is closed already counts the views, and nobody twice', async () => {
    const [one, other] = [startProcess(), startProcess()]
    for (const process of [one, other]) await process.ask({ path: '/' })
    await one.counter.flush()
    clock.now = later(clock.now, 24 * HOUR)
    await one.counter.flush()
    await other.counter.flush()
    expect(await days()).toEqual([{ day: '2026-10-24', views: 2, visitors: 1 }])
  })
})

describe('a sum', () => {
  test('that is handed in again counts once, also when nobody heard that it was written', async () => {
    let deaf = true
    const lossy: Database<VisitTables> = {
      query: db().query,
      tx: async (work) => {
        const result = await db().tx(work)
        if (deaf) throw new Error('the line broke after the commit')
        return result
      },
    }
    const { counter, ask } = startProcess(lossy)
    await ask({ path: '/' })
    await expect(counter.flush()).rejects.toThrow('the line broke')
    await expect(counter.flush()).rejects.toThrow('the line broke')
    deaf = false
    await ask({ path: '/' })
    await counter.flush()
    expect(await days()).toEqual([{ day: '2026-10-24', views: 2, visitors: 1 }])
  })

  test('that the database refused is kept and written down later', async () => {
    let down = true
    const failing: Database<VisitTables> = {
      query: db().query,
      tx: (work) => (down ? Promise.reject(new Error('no database')) : db().tx(work)),
    }
    const { counter, ask } = startProcess(failing)
    for (const from of ['10.1.1.1', '10.2.2.2']) {
      await ask({ path: '/', from })
      await expect(counter.flush()).rejects.toThrow('no database')
    }
    down = false
    await counter.flush()
    expect(await days()).toEqual([{ day: '2026-10-24', views: 2, visitors: 2 }])
  })

  test('is lost with a process that is killed, and whoever comes again to the next one is not counted twice', async () => {
    const first = startProcess()
    await first.ask({ path: '/' })
    await first.counter.flush()
    await first.ask({ path: '/', from: '10.2.2.2' })
    const second = await killAll()
    await second.ask({ path: '/' })
    await second.counter.flush()
    expect(await days()).toEqual([{ day: '2026-10-24', views: 2, visitors: 1 }])
  })

  test('is written down by itself, and at the end', async () => {
    const { counter, ask } = startProcess()
    await ask({ path: '/' })
    await counter.stop()
    expect(await days()).toEqual([{ day: '2026-10-24', views: 1, visitors: 1 }])
  })
})

describe('after midnight nobody can tell who came', () => {
  const from = '10.1.1.1'

  /** Tries to find a known pair of network and browser among all marks and files, with every secret that can be had. */
  async function confirmed(): Promise<boolean> {
    const names = readdirSync(folder()).filter((name) => !name.endsWith('.sock'))
    const files = names.map((name) => readFileSync(join(folder(), name)))
    const texts = files.map((file) => file.toString('utf8'))
    const secrets = [
      ...files.flatMap((file) =>
        Array.from({ length: Math.max(0, file.length - 31) }, (_, at) => file.subarray(at, at + 32)),
      ),
      ...texts.flatMap((text) =>
        [...text.matchAll(/"([A-Za-z0-9+/]{43}=)"/g)].map(([, one = '']) => Buffer.from(one, 'base64')),
      ),
    ]
    const rows = [...(await everyRow({ at: at() })).values()].join('\n')
    const part = (text: string): string => `${Buffer.byteLength(text)}:${text}`
    return secrets.some((key) => {
      const mac = createHmac('sha256', key).update(part('visitor') + part('10.1.1') + part(CHROME))
      return rows.includes(mac.digest('hex').slice(0, 16))
    })
  }

  test('a guess of the true address and browser is confirmed on the day itself, and by nothing that is left on the next', async () => {
    const { counter, ask } = startProcess()
    await ask({ path: '/', from })
    await counter.flush()
    expect([(await marks()).length, await confirmed()]).toEqual([2, true])
    clock.now = later(clock.now, 24 * HOUR)
    await counter.flush()
    expect([await confirmed(), await marks()]).toEqual([false, []])
  })

  test('the key goes at midnight although nobody comes, the marks a moment later, and the row of the day says so', async () => {
    const { counter, ask } = startProcess()
    await ask({ path: '/', from })
    await counter.flush()
    clock.now = instant('2026-10-24T22:00:01Z')
    await counter.flush()
    expect([await confirmed(), (await marks()).length]).toEqual([false, 2])
    clock.now = later(clock.now, 4 * SECOND)
    await counter.flush()
    expect(await marks()).toEqual([])
    const [row] = await at().engine.asOwner((ask) => ask('select seen_gone_at from visit_day'))
    expect(row?.['seen_gone_at']).toEqual(clock.now)
  })

  test('a program that was off at midnight destroys the old key and its marks when it starts', async () => {
    const { counter, ask } = startProcess()
    await ask({ path: '/', from })
    await counter.stop()
    clock.now = later(clock.now, 24 * HOUR)
    expect(await confirmed()).toBe(true)
    const { counter: next } = await restart()
    await next.flush()
    expect([await confirmed(), await marks()]).toEqual([false, []])
  })

  test('a mark is of eight bytes and the same for a whole network, and of one day only', async () => {
    const { counter, ask } = startProcess()
    for (const one of ['10.1.1.1', '10.1.1.254', '::ffff:10.1.1.9']) await ask({ path: '/', from: one })
    await counter.flush()
    const today = await marks()
    expect(today.map((row) => (row['seen'] as Buffer).length)).toEqual([8, 8])
    clock.now = later(clock.now, 24 * HOUR)
    await ask({ path: '/', from })
    await counter.flush()
    const seen = new Set(
      [...today, ...(await marks())].map((row) => Buffer.from(row['seen'] as Buffer).toString('hex')),
    )
    expect([seen.size, (await totals()).visitors]).toEqual([4, 2])
  })
})

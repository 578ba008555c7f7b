import { expect, test } from 'vitest'
import { everyRow } from '../../../test/asApp.ts'
import { clock, everything, standForCounting } from '../../../test/counting.ts'
import { instant } from '../../lib/index.ts'
import { OTHER } from './count/network.ts'
import { sourcesOf } from './queries.ts'
import { LEAST, sweepVisits } from './sweep.ts'

const { at, db, startProcess, days } = standForCounting()

test('the sums of a day go after 25 months, and no day earlier', async () => {
  const first = startProcess()
  await first.ask({ path: '/', headers: { referer: 'https://search.example/' } })
  await first.ask({ path: '/file' })
  await first.counter.flush()
  const context = { db: db(), now: () => clock.now, timeZone: 'Europe/Brussels' }
  clock.now = instant('2028-11-24T12:00:00Z')
  await sweepVisits(context)
  expect((await days()).length).toBe(1)
  clock.now = instant('2028-11-25T12:00:00Z')
  await sweepVisits(context)
  const left = [...(await everyRow({ at: at() }))].filter(
    ([table, rows]) => /visit_(?!flush)/.test(table) && rows !== '',
  )
  expect(left).toEqual([])
})

test('a source that hardly anybody came from loses its name when the day is over, and nobody is lost from the sums', async () => {
  await db().tx(async (tx) => {
    for (const [host, visitors] of [
      ['ada.mail.example', 1],
      ['few.example', 4],
      ['many.example', 5],
      ['(direct)', 2],
    ] as const)
      await tx.insertInto('visit_source').values({ day: '2028-12-01', host, visitors }).execute()
  })
  const context = { db: db(), now: () => clock.now, timeZone: 'Europe/Brussels' }
  const sources = () => db().query.selectFrom('visit_source').select(['host', 'visitors']).orderBy('host').execute()
  clock.now = instant('2028-12-01T12:00:00Z')
  await sweepVisits(context)
  expect(await sources()).toHaveLength(4)
  clock.now = instant('2028-12-02T12:00:00Z')
  await sweepVisits(context)
  await sweepVisits(context)
  expect((await sources()).map(({ host, visitors }) => `${host} ${visitors}`).sort()).toEqual([
    '(direct) 2',
    '(other) 5',
    'many.example 5',
  ])
})

test('what is shown of today names no source that hardly anybody came from, and leaves none of them out of the sum', async () => {
  const add = (host: string, visitors: number) =>
    db().query.insertInto('visit_source').values({ day: '2028-12-01', host, visitors }).execute()
  const shown = () => sourcesOf(db().query, everything, { least: LEAST, other: OTHER })
  expect(await shown()).toEqual([])
  await add('many.example', 7)
  expect(await shown()).toEqual([{ host: 'many.example', visitors: 7 }])
  await add('ada.mail.example', 1)
  expect(await shown()).toEqual([
    { host: 'many.example', visitors: 7 },
    { host: '(other)', visitors: 1 },
  ])
  await add(OTHER, 9)
  for (let site = 0; site < 40; site += 1) await add(`few${site}.example`, 2)
  expect(await shown()).toEqual([
    { host: 'many.example', visitors: 7 },
    { host: '(other)', visitors: 90 },
  ])
  for (let site = 0; site < 40; site += 1) await add(`some${site}.example`, 5)
  expect(await shown()).toHaveLength(31)
  expect((await shown()).at(-1)).toEqual({ host: '(other)', visitors: 90 })
})

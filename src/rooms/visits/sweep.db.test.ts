import { expect, test } from 'vitest'
import { everyRow } from '../../../test/asApp.ts'
import { clock, standForCounting } from '../../../test/counting.ts'
import { instant } from '../../lib/index.ts'
import { sweepVisits } from './sweep.ts'

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

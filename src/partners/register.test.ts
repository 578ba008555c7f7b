import { expect, test } from 'vitest'
import { instant } from '../lib/index.ts'
import { partnerWords } from './words.ts'
import { endOf, stateOf } from './register.ts'

const first = instant('2026-03-01T10:00:00Z')
const source = { document: 'Agreement', hash: 'a'.repeat(64) }

test('a commitment ends with its day, or a period after the first start, whichever comes first', () => {
  expect(endOf({ ...source, until: '2026-12-31' }, first)).toEqual(instant('2027-01-01T00:00:00Z'))
  expect(endOf({ ...source, periodFromFirstStart: 'P1Y' }, first)).toEqual(instant('2027-03-01T10:00:00Z'))
  expect(endOf({ ...source, until: '2026-12-31', periodFromFirstStart: 'P1Y' }, first)).toEqual(
    instant('2027-01-01T00:00:00Z'),
  )
})

test('a commitment is live, ends soon, has ended, or never was', () => {
  const at = (text: string) => stateOf(instant('2027-03-01T10:00:00Z'), instant(text))
  expect(at('2026-06-01T00:00:00Z')).toMatchObject({ state: 'live', days: 273 })
  expect(at('2027-02-20T10:00:00Z')).toMatchObject({ state: 'ends-soon', days: 9 })
  expect(at('2027-03-01T10:00:00Z')).toMatchObject({ state: 'expired' })
  expect(stateOf(undefined, first)).toEqual({ state: 'none' })
})

test('each state has words that staff can act on', () => {
  expect(partnerWords.commitment({ state: 'ends-soon', until: first, days: 1 })).toBe(
    'The promise ends in 1 day. Renew it in time.',
  )
  expect(partnerWords.commitment({ state: 'ends-soon', until: first, days: 0 })).toBe(
    'The promise ends in less than a day. Renew it in time.',
  )
  expect(partnerWords.commitment({ state: 'none' })).toContain('nothing is passed on')
})

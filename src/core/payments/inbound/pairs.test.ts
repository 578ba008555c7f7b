import { expect, test } from 'vitest'
import { instant } from '../../../lib/index.ts'
import { isTwice, pairsOf, textOf, valuesOf } from './pairs.ts'

const read = (query: string) => pairsOf(Buffer.from(query, 'latin1'))
const names = new Set(['name', 'co_name', 'o_no'])

test('what is UTF-8 is read as that, and one byte that cannot be makes all of it Windows-1252', () => {
  expect(read('name=%E5%B1%B1%E7%94%B0&co_name=M%C3%BCller')).toEqual([
    ['name', '山田'],
    ['co_name', 'Müller'],
  ])
  expect(read('name=M%FCller&co_name=%80uro')).toEqual([
    ['name', 'Müller'],
    ['co_name', '€uro'],
  ])
  expect(read('name=%F0%9F%92')).toEqual([['name', 'ðŸ’']])
})

test('signs that mean something elsewhere are plain text here', () => {
  expect(read('name=O%27Brien+%26+S%F8n&co_name=%3Cb%3E%22x%22&o_no=1%3D2')).toEqual([
    ['name', "O'Brien & Søn"],
    ['co_name', '<b>"x"'],
    ['o_no', '1=2'],
  ])
  expect(read('')).toEqual([])
  expect(read('&&name&=x&name=%zz%')).toEqual([
    ['name', ''],
    ['', 'x'],
    ['name', '%zz%'],
  ])
})

test('no value can pass for a line of its own', () => {
  const text = textOf(read('name=x%0D%0Ao_no:+7%E2%80%A8o_no:+8&o_no=1'), names, instant('2026-01-05T09:00:00Z'))
  expect(valuesOf(text).get('o_no')).toBe('1')
  expect(valuesOf(text).get('name')).toBe('x o_no: 7 o_no: 8')
})

test('what nobody needs is left out, and only counted', () => {
  const text = textOf(read('o_no=1&ip=192.0.2.7&phone=%2B32+470&name='), names, instant('2026-01-05T09:00:00Z'))
  expect(text).toBe('heard: 2026-01-05T09:00:00.000Z\no_no: 1\nname: \nleft out: 2')
})

test('a name that was sent twice is seen', () => {
  expect(isTwice(read('o_no=1&o_no=1'), names)).toBe(true)
  expect(isTwice(read('o_no=1&ip=1&ip=2'), names)).toBe(false)
})

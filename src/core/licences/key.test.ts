import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newKey, readKey } from './key.ts'

const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

test('a key is five groups of five signs that can be read out, and no two are alike', () => {
  const keys = Array.from({ length: 500 }, newKey)
  for (const key of keys) expect(key).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}$/)
  expect(new Set(keys).size).toBe(keys.length)
})

test('a key that was read out, copied with spaces or typed in small letters is still that key', () => {
  const key = newKey()
  const spoken = key.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')
  expect([readKey(key), readKey(spoken), readKey(` ${key}\n`)]).toEqual([key, key, key])
})

test('nearly every slip of one sign is noticed', () => {
  const slip = fc.tuple(fc.integer({ min: 0, max: 24 }), fc.integer({ min: 1, max: 31 }))
  let passed = 0
  fc.assert(
    fc.property(slip, ([place, by]) => {
      const signs = newKey().replaceAll('-', '').split('')
      signs[place] = SIGNS[(SIGNS.indexOf(signs[place] ?? '') + by) % 32] ?? ''
      if (readKey(signs.join('')) !== undefined) passed += 1
    }),
    { numRuns: 2000 },
  )
  expect(passed).toBeLessThan(20) // two check signs of 32 let one slip in 1,024 through
})

test.each(['', 'ABCDE', '00000-00000-00000-00000-0000U'])('%j is no key', (typed) => {
  expect(readKey(typed)).toBeUndefined()
})

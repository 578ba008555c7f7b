import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashToken, idFrom, isId, keyedHash, newId, newToken, readableCode, sameSecret } from './ids.ts'
import { instant, later } from './clock.ts'
import { errorCode, Broken } from './outcome.ts'
import { word } from './log.ts'

const start = instant('2030-01-02T03:04:05Z')

test('ids sort by the time they were made, and none is made twice', () => {
  const ids = Array.from({ length: 200 }, (_, index) => newId<'order'>(later(start, index)))
  expect([...ids].sort()).toEqual(ids)
  expect(new Set(Array.from({ length: 1000 }, () => newId<'order'>(start))).size).toBe(1000)
  expect(ids.every((id) => isId(id) && id[14] === '7')).toBe(true)
})

test('an id that follows from another has its time, is the same for the same parts, and another for whatever differs', () => {
  const [key, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
  const form = newId<'order'>(start)
  const id = idFrom(key, form, 'ab', 'c')
  expect([isId(id), id.slice(0, 14), idFrom(key, form, 'ab', 'c')]).toEqual([true, `${form.slice(0, 14)}`, id])
  const differing = [
    idFrom(key, form, 'a', 'bc'),
    idFrom(key, form, 'ab'),
    idFrom(other, form, 'ab', 'c'),
    idFrom(key, newId<'order'>(start), 'ab', 'c'),
  ]
  expect(new Set([id, form, ...differing]).size).toBe(6)
})

test.each(['', 'order-1', '018F3C5E-0000-7000-8000-000000000000', "018f3c5e-0000-7000-8000-00000000000'", 7, null])(
  '%j from outside is no id',
  (text) => {
    expect(isId(text)).toBe(false)
  },
)

test('parts of a keyed hash cannot run into one another', () => {
  const key = new Uint8Array(32).fill(7)
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1 }), fc.array(fc.string(), { minLength: 1 }), (a, b) => {
      const same = JSON.stringify(a) === JSON.stringify(b)
      expect(keyedHash(key, ...a).equals(keyedHash(key, ...b))).toBe(same)
    }),
  )
  expect(keyedHash(key, 'ab', 'c').equals(keyedHash(key, 'a', 'bc'))).toBe(false)
  expect(keyedHash(key, 'ab').equals(keyedHash(new Uint8Array(32), 'ab'))).toBe(false)
})

test('a link’s secret is 128 bits, and its hash says nothing of it', () => {
  const token = newToken()
  expect(Buffer.from(token, 'base64url')).toHaveLength(16)
  expect(hashToken(token).toString('base64url')).not.toContain(token)
  expect([sameSecret(token, token), sameSecret(token, `${token} `)]).toEqual([true, false])
})

test('a code that is read out has no letter that sounds or looks like another', () => {
  expect(readableCode(500)).toMatch(/^[0-9A-HJKMNP-TV-Z]{500}$/)
})

test('what is logged of an error is a word of the program, never its message', () => {
  const quoting = new Error('duplicate key: ada@quill.example')
  expect(errorCode(quoting)).toBe('Error')
  expect(errorCode(Object.assign(quoting, { code: '23505' }))).toBe('23505')
  expect(errorCode(new Broken('not-committed', { cause: quoting }))).toBe('not-committed')
  expect(errorCode('ada@quill.example')).toBe('unknown')
})

test.each(['ada@quill.example', 'Ada Quill', 'Kraanlei 1\nGent', 'Ada\u202e', 'x'.repeat(81), ''])(
  '%j cannot be written to a log as a word',
  (text) => {
    expect(word(text)).toEqual({ word: 'unprintable' })
  },
)

import { expect, test } from 'vitest'
import { signOf } from '../index.ts'
import { sniff, textOf } from './sniff.ts'

const bytesOf = (hex: string): Buffer => Buffer.from(hex, 'hex')

test.each([
  ['255044462d312e37', 'application/pdf'],
  ['89504e470d0a1a0a00', 'image/png'],
  ['ffd8ffe0', 'image/jpeg'],
  ['474946383961', 'image/gif'],
  ['5249464610203040574542500a', 'image/webp'],
  ['504b030414', 'application/zip'],
])('a file that begins with %s is %s', (hex, type) => {
  expect(signOf(bytesOf(hex))).toBe(type)
  expect(sniff(bytesOf(hex), true)).toBe(type)
})

test('a file without a sign is text when it is one, and bytes otherwise', () => {
  const [text, bytes] = [Buffer.from('<html>'), bytesOf('00ffd8ff')]
  expect([signOf(text), signOf(bytes)]).toEqual([undefined, undefined])
  expect([text, bytes].map((one) => sniff(one, textOf(one) !== undefined))).toEqual([
    'text/plain',
    'application/octet-stream',
  ])
})

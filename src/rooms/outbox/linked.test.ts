import { expect, test } from 'vitest'
import { linked } from './linked.ts'

test('links are cut out without the full stop after them, and nothing is lost', () => {
  const text = 'Your order: https://shop.example/o/abc_DEF-1.\n(See also http://127.0.0.1:4000/p/x?a=1&b=2)\nBye.'
  const pieces = linked(text)
  expect(pieces.flatMap((piece) => piece.href ?? [])).toEqual([
    'https://shop.example/o/abc_DEF-1',
    'http://127.0.0.1:4000/p/x?a=1&b=2',
  ])
  expect(pieces.map((piece) => piece.text).join('')).toBe(text)
})

test('what only looks like a link stays text', () => {
  expect(linked('javascript:alert(1) data:text/html,x ftp://x')).toEqual([
    { text: 'javascript:alert(1) data:text/html,x ftp://x' },
  ])
})

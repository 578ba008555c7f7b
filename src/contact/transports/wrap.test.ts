import { expect, test } from 'vitest'
import { wrapText } from './wrap.ts'

test('lines are broken at spaces and none is longer than 76', () => {
  const lines = wrapText('one two three four five '.repeat(20)).split('\n')
  expect(lines.length).toBeGreaterThan(5)
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(76)
  expect(lines.join(' ')).toBe('one two three four five '.repeat(20).trim())
})

test('a link stays whole on a line of its own, and blank lines stay', () => {
  const link = `https://shop.example/o/${'a'.repeat(80)}`
  expect(wrapText(`Your order is here: ${link} for thirty days.\n\nGoodbye.`)).toBe(
    `Your order is here:\n${link}\nfor thirty days.\n\nGoodbye.`,
  )
})

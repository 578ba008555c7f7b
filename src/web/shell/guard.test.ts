import { describe, expect, test } from 'vitest'
import { isListed, maySend } from './guard.ts'

const base = 'https://shop.example'
const sites = [undefined, 'same-origin', 'same-site', 'cross-site', 'none'] as const
const origins = [undefined, base, 'null', 'https://evil.example', ''] as const

describe('a form may change something', () => {
  const rows = sites.flatMap((site) =>
    origins.flatMap((origin) => [true, false].map((action) => ({ site, origin, action }))),
  )

  test.each(rows)('site $site, origin $origin, token $action', ({ site, origin, action }) => {
    const expected =
      site === 'same-origin' ||
      origin === base ||
      (site === undefined && (origin === undefined || origin === 'null') && action)
    expect(maySend(base, { site, origin, action, signedIn: false })).toBe(expected)
  })

  test('a token alone is not enough where a session cookie came along', () => {
    expect(maySend(base, { site: undefined, origin: 'null', action: true, signedIn: true })).toBe(false)
    expect(maySend(base, { site: 'same-origin', origin: undefined, action: false, signedIn: true })).toBe(true)
  })

  test.each([
    'http://shop.example',
    'https://shop.example:444',
    'https://shop.example.evil.example',
    'https://shop.example/',
  ])('%s is not our origin', (origin) =>
    expect(maySend(base, { site: undefined, origin, action: true, signedIn: false })).toBe(false),
  )
})

test('a path is listed whole, or by a beginning that says so', () => {
  expect(isListed(['/in/stripe', '/u/*'], '/in/stripe')).toBe(true)
  expect(isListed(['/in/stripe', '/u/*'], '/u/token')).toBe(true)
  expect(isListed(['/in/stripe', '/u/*'], '/in/stripe/more')).toBe(false)
})

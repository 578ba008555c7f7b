import { expect, test } from 'vitest'
import { heldIn } from './spellings.ts'

const street = 'Zwaluwstraat 9173'

test.each([
  ['plain', `to ${street}, Gent`],
  ['in capitals', street.toUpperCase()],
  ['in a URL', `?a=${encodeURIComponent(street)}`],
  ['in a form', new URLSearchParams({ street }).toString()],
  ['in hex', Buffer.from(`x${street}y`).toString('hex')],
  ['in base64', Buffer.from(`x${street}y`).toString('base64')],
  ['in base64 of JSON', Buffer.from(JSON.stringify({ name: 'Ada', street })).toString('base64')],
  ['in base64url', Buffer.from(`~~${street}~~`).toString('base64url')],
  ['in UTF-16', Buffer.from(street, 'utf16le').toString('latin1')],
  ['in base64 of UTF-16', Buffer.from(`ab${street}`, 'utf16le').toString('base64')],
])('a value is found %s', (_, text) => {
  expect(heldIn(text, [street, 'Kraanlei 12'])).toEqual([street])
})

test('a value that is not there is not found', () => {
  expect(heldIn('Zwaluwstraat 9174, Gent', [street])).toEqual([])
})

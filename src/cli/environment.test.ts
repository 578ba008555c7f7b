import { expect, test } from 'vitest'
import { readEnvironment } from './environment.ts'

test('a mailbox is read from its address, with its folder and what happens to mails afterwards', () => {
  const imap = (env: Record<string, string>) => readEnvironment(env).imap
  expect(imap({})).toBeUndefined()
  expect(imap({ IMAP_URL: 'imaps://help%40shop.example:p%25w@mail.shop.example' })).toEqual({
    host: 'mail.shop.example',
    port: 993,
    secure: true,
    auth: { user: 'help@shop.example', pass: 'p%w' },
    afterwards: 'leave',
  })
  expect(imap({ IMAP_URL: 'imap://a:b@mail.shop.example:1143/Support', IMAP_AFTERWARDS: 'Archive' })).toEqual({
    host: 'mail.shop.example',
    port: 1143,
    secure: false,
    auth: { user: 'a', pass: 'b' },
    mailbox: 'Support',
    afterwards: 'move',
    folder: 'Archive',
  })
})

test.each([
  'imaps://mail.shop.example',
  'imaps://ada@mail.shop.example',
  'pop3://a:secret@x.example',
  'secret',
  'imaps://a:%zz@x.example',
])('a mailbox address that cannot be right (%s) is named and not repeated', (address) => {
  const read = (): unknown => readEnvironment({ IMAP_URL: address })
  expect(read).toThrow(RangeError)
  expect(read).not.toThrow(/secret|zz/)
})

test('a closed processor is heard at paths that nobody can guess, or not at all', () => {
  const path = 'a-path-of-24-characters_'
  const set = { SWREG_SHOP: '128442', SWREG_PATH: `${path},${path}2`, SWREG_REFUND_SECURITY: 'one,two' }
  expect(readEnvironment({}).linked).toEqual({})
  expect(readEnvironment(set).linked.swreg).toMatchObject({
    secretPaths: [path, `${path}2`],
    refundSecurity: ['one', 'two'],
  })
  expect(readEnvironment({ REGNOW_VENDOR: '29237', REGNOW_PATH: path }).linked.regnow?.secretPaths).toEqual([path])
  expect(readEnvironment({ ...set, SWREG_PAGE: '' }).linked.swreg?.page).toContain('{currency}.swreg.org')
  expect(() => readEnvironment({ ...set, SWREG_PAGE: 'no address' })).toThrow('SWREG_PAGE must be an address')
  for (const wrong of [undefined, '', 'short', `${path},x`, `${path}/..`])
    for (const [name, id] of [
      ['SWREG_PATH', 'SWREG_SHOP'],
      ['REGNOW_PATH', 'REGNOW_VENDOR'],
    ] as const)
      expect(() => readEnvironment({ [id]: '1', [name]: wrong })).toThrow(name)
})

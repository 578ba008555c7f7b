import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { search } from './search.ts'

const folder = mkdtempSync(join(tmpdir(), 'avow-search-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const value = 'Žofia O’Brien-Ünal 91'
const noise = Buffer.from(Array.from({ length: 9001 }, (_, at) => (at * 131 + (at >> 5)) & 255))
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le')

/** Written by other means than the search's own, so that a slip in the one does not hide in the other. */
const written: readonly (readonly [string, Buffer])[] = [
  ['as it is', Buffer.from(value)],
  ['in small letters', Buffer.from(value.toLowerCase())],
  ['in capitals', Buffer.from(value.toUpperCase())],
  ['in UTF-16 with the little end first', utf16(value)],
  ['in UTF-16 with the little end first and capitals', utf16(value.toUpperCase())],
  ['in UTF-16 with the big end first', Buffer.from(utf16(value)).swap16()],
  ['in an address', Buffer.from(`?q=${encodeURIComponent(value)}&x=1`)],
  [
    'in an address with small digits',
    Buffer.from(encodeURIComponent(value).replace(/%../g, (code) => code.toLowerCase())),
  ],
  ['in a form', Buffer.from(new URLSearchParams({ name: value, x: '1' }).toString())],
  ['as JSON of plain letters', Buffer.from('{"name":"\\u017dofia O\\u2019Brien-\\u00dcnal 91"}')],
  ['as entities', Buffer.from('&#381;ofia O&#8217;Brien-&#220;nal 91')],
  ['in hex', Buffer.from(Buffer.from(value).toString('hex'))],
  ['in hex with capitals', Buffer.from(Buffer.from(value).toString('hex').toUpperCase())],
  ...['', 'x', 'xy', 'xyz', 'wxyz'].flatMap((before): (readonly [string, Buffer])[] => [
    [
      `in base64 after ${before.length} bytes`,
      Buffer.from(Buffer.from(`${before}${value}, and on`).toString('base64')),
    ],
    [
      `in base64 of addresses after ${before.length} bytes`,
      Buffer.from(Buffer.from(before + value).toString('base64url')),
    ],
    [
      `in base64 of UTF-16 after ${before.length} bytes`,
      Buffer.from(Buffer.concat([Buffer.from(before), utf16(`${value} and on`)]).toString('base64')),
    ],
  ]),
]

test.each(written)('a value that stands in a file %s is found', async (_name, bytes) => {
  const file = join(folder, 'planted')
  writeFileSync(file, noise)
  expect((await search({ folders: [folder] }, [value])).found).toEqual([])
  writeFileSync(file, Buffer.concat([noise, bytes, noise]))
  const { found } = await search({ folders: [folder] }, ['somebody else 17', value])
  expect(found.length).toBeGreaterThan(0)
  for (const hit of found) expect(hit).toContain(value)
  rmSync(file)
})

test('a value in the name of a file, or in what was printed, is found', async () => {
  writeFileSync(join(folder, 'ada-9173'), '')
  expect((await search({ folders: [folder] }, ['ada-9173'])).found).toHaveLength(1)
  expect((await search({ folders: [folder] }, ['bela-9173'])).found).toEqual([])
  expect(
    (await search({ folders: [], texts: { printed: 'request to=/x?Ada-9173' } }, ['ada-9173'])).found,
  ).toHaveLength(1)
})

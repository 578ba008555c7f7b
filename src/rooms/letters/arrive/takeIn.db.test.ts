import { deflateSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bela, idOf, letterDesk, refOf, type LetterDesk } from '../../../../test/letterDesk.ts'
import { openShop, type Shop } from '../../../../test/openShop.ts'

const words = 'Good day,\nmy copy of Tally shows the wrong year. Zonnebloem-8812.'
const PDF = Buffer.from('%PDF-1.4 scan of a letter zonnebloem')

let shop: Shop
let at: LetterDesk
beforeAll(async () => {
  shop = await openShop()
  at = await letterDesk(shop)
})
afterAll(() => shop.close())

async function dump(): Promise<string> {
  const tables = await shop.rows(
    `select format('select string_agg(t::text, E''\\n'') as all from %I.%I t', table_schema, table_name) as q
     from information_schema.tables where table_schema in ('public', 'vault') and table_type = 'BASE TABLE'`,
  )
  const texts: string[] = []
  for (const { q } of tables) texts.push(JSON.stringify(await shop.rows(String(q))))
  return texts.join('\n')
}

test('a letter is kept with what it says and who wrote it, and nothing of that stands in the tray, the address or the tables', async () => {
  const path = await at.arrived({ ...bela, message: words })
  const shown = await at.page(path)
  for (const part of [bela.name, bela.street, bela.email, 'Zonnebloem-8812']) expect(shown).toContain(part)
  expect(await at.page('/desk/letters')).toContain(refOf(path))
  const everywhere = [await at.page('/desk/letters'), path, await dump(), shop.lines.join('\n')].join('\n')
  for (const part of [bela.name, bela.street, bela.email, 'Zonnebloem-8812']) expect(everywhere).not.toContain(part)
  const [look] = await shop.rows(`select purpose, role from vault.access_log where ref = $1 limit 1`, [
    `letter:${idOf(path)}`,
  ])
  expect(look).toMatchObject({ purpose: 'correspondence', role: 'desk' })
})

test('a sender is found by an e-mail address if one was given, and by nothing else', async () => {
  const without = { ...bela, email: '', name: 'Mallory Ongevraagd' }
  const before = await shop.desk().vault.find('email', bela.email)
  await at.arrived({ ...without, message: 'You owe me.' })
  expect(await shop.desk().vault.find('email', bela.email)).toEqual(before)
  await at.arrived({ ...bela, message: 'Again.' })
  expect(await shop.desk().vault.find('email', bela.email)).toHaveLength(before.length + 1)
})

test('a letter of nobody needs no sender at all, and is gone after 30 days with no trace of a person', async () => {
  const path = await at.arrived({ message: 'I know what you did. Zonnebloem-anon.' })
  expect(await at.page(path)).toContain('The sender is unknown.')
  const [row] = await shop.rows('select person_id as person from letter where letter_id = $1', [idOf(path)])
  await shop.advance('P31D')
  await shop.restart()
  expect(await shop.rows('select 1 from letter where letter_id = $1', [idOf(path)])).toEqual([])
  expect(await shop.rows('select 1 from vault.basis where person_id = $1', [row?.['person']])).toEqual([])
  expect(await shop.rows('select 1 from vault.text_key where person_id = $1', [row?.['person']])).toEqual([])
  at = await letterDesk(shop)
  expect((await at.ask(path)).status).toBe(404)
  expect(await at.waiting()).not.toContain(refOf(path))
})

test('a scan is taken by what its bytes say, sealed, and given back only as a file', async () => {
  const path = await at.arrived({ message: '' }, { bytes: PDF, name: 'zonnescan-77.html', type: 'text/html' })
  const scan = await at.ask(`${path}/scan`)
  expect(Object.fromEntries(scan.headers)).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': expect.stringContaining('attachment') as string,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'content-security-policy': expect.stringMatching(/, sandbox$/) as string,
  })
  expect(Buffer.from(await scan.arrayBuffer()).equals(PDF)).toBe(true)
  expect(await dump()).not.toContain('zonnescan')
})

test('a scan of three megabytes comes back byte for byte', async () => {
  const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(3_000_001, 'avow!')])
  const path = await at.arrived({ message: '' }, { bytes: png, name: 'a.png', type: 'image/png' })
  expect(Buffer.from(await (await at.ask(`${path}/scan`)).arrayBuffer()).equals(png)).toBe(true)
})

test.each([
  ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'image/svg+xml'],
  ['HTML that says it is a PDF', '<!doctype html>%PDF-1.4', 'application/pdf'],
  ['a GIF', 'GIF89a', 'image/png'],
  ['a program', 'MZ\u0090', 'application/pdf'],
])('%s is no scan, and what was typed is still there', async (_, bytes, type) => {
  const count = async (): Promise<unknown> => (await shop.rows('select count(*)::int as n from letter'))[0]?.['n']
  const before = await count()
  const scan = { bytes: Buffer.from(bytes), name: 'scan.pdf', type }
  const answer = await at.send({ message: 'typed-and-kept', name: 'Bela' }, scan)
  expect(answer.status).toBe(422)
  expect(await answer.text()).toMatch(/no PDF, PNG or JPEG[\s\S]*typed-and-kept/)
  expect(await count()).toBe(before)
})

test('a scan whose text holds a card number is refused before anything is written, and the page says what it cannot read', async () => {
  const count = async (): Promise<unknown> =>
    (await shop.rows('select (select count(*) from letter) + (select count(*) from vault.text_key) as n'))[0]?.['n']
  const before = await count()
  const bytes = Buffer.concat([
    Buffer.from('%PDF-1.4\n1 0 obj\n<< /Filter /FlateDecode >>\nstream\n'),
    deflateSync('BT (My card is 4111 1111 1111 1111) Tj ET'),
    Buffer.from('\nendstream\nendobj\n%%EOF'),
  ])
  const answer = await at.send({ message: 'typed-and-kept' }, { bytes, name: 'a.pdf', type: 'image/png' })
  const shown = await answer.text()
  expect([answer.status, await count()]).toEqual([422, before])
  expect(shown).toMatch(/The text of this PDF holds a card number[\s\S]*typed-and-kept/)
  expect(shown).not.toMatch(/4111.?1111/)
  expect(await at.page('/desk/letters')).toContain('Nobody finds a card number in a picture')
})

test('a scan that is too large is refused, and so is any file from somebody who is not signed in or on another path', async () => {
  const large = Buffer.concat([PDF, Buffer.alloc(20 * 1024 * 1024)])
  expect((await at.send({ message: '' }, { bytes: large, name: 'a.pdf', type: 'application/pdf' })).status).toBe(422)
  const larger = Buffer.concat([PDF, Buffer.alloc(22 * 1024 * 1024)])
  expect((await at.send({ message: '' }, { bytes: larger, name: 'a.pdf', type: 'application/pdf' })).status).toBe(413)
  const body = new FormData()
  body.append('scan', new File([PDF], 'a.pdf'))
  const headers = { origin: shop.baseUrl }
  expect((await shop.ask('/desk/letters', { method: 'POST', body, headers })).status).toBe(415)
  expect((await shop.ask('/your-data', { method: 'POST', body, headers: at.headers })).status).toBe(415)
})

test('the day must be one that was, and not so long ago that the letter would be gone', async () => {
  for (const receivedOn of ['2099-01-01', '2026-02-31', 'today', '', '2020-01-01'])
    expect((await at.send({ message: 'x', receivedOn })).status, receivedOn).toBe(422)
  expect((await at.send({ message: '' })).status).toBe(422)
  expect((await at.send({ message: 'x', cameBy: 'pigeon' })).status).toBe(422)
  expect((await at.send({ message: 'x', hobby: 'chess' })).status).toBe(422)
})

test('a card number in a letter or an answer is cut out before anything is written', async () => {
  const path = await at.arrived({ ...bela, message: 'Take it from 4111 1111 1111 1111, please.' })
  expect(await at.page(path)).toContain('[card number removed, ends 1111]')
  await at.answered(path, 'post', 'Never send us 4111-1111-1111-1111.')
  expect(await at.page(path)).not.toMatch(/4111.1111/)
})

test('a card number as the name or the street of a sender is cut out too', async () => {
  const path = await at.arrived({
    ...bela,
    name: '4111 1111 1111 1111',
    street: '4111111111111111',
    message: 'Good day.',
  })
  expect(await at.page(path)).not.toMatch(/4111 ?1111/)
})

test('what a letter says cannot become a page', async () => {
  const path = await at.arrived({ name: '<b>Bela</b>', message: '<script>alert(1)</script>\u202e' })
  const shown = await at.page(path)
  expect(shown).not.toMatch(/<script>|<b>Bela/)
})

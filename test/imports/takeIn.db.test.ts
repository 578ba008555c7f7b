import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ImportedFile } from '../../src/cli/imports.ts'
import { shipped } from '../../src/rooms/imports/index.ts'
import { search } from '../erase/search.ts'
import { adaOnline, type Shop } from '../openShop.ts'
import { closed, deskForm, HEAD, openImporting, type Importing } from './desk.ts'
import { sampleFile } from './samples.ts'

let at: Importing
let shop: Shop
beforeAll(async () => {
  at = await openImporting()
  shop = at.shop
})
afterAll(() => at.close())

test('a report is tried without a trace, taken in once however often it comes, and sets nothing off', async () => {
  const before = await at.amounts()
  const tried = await at.take(sampleFile('regnow'), 'regnow', true)
  expect(tried.say).toBe('Nothing was written. It would be: 16 lines taken in, 0 known already, 4 not paid, 0 refused.')
  expect([await at.amounts(), await at.count('import_run')]).toEqual([before, 0])

  const taken = await at.take(sampleFile('regnow'), 'regnow')
  expect(taken.say).toBe('16 lines taken in, 0 known already, 4 not paid, 0 refused.')
  expect(taken.columns.join()).toContain('dropped: the mapping does not know it: Affiliate ID')
  const after = await at.amounts()
  expect(after).toMatchObject({ order_number: 15, order_person: 13, order_line: 15, news_consent: 0, disclosure: 0 })
  // What went back leaves no right behind; nothing else is asked for.
  expect(await shop.rows('select distinct kind from job')).toEqual([{ kind: 'licences.follow' }])
  for (const none of ['task', 'contact_ledger', 'link']) expect([none, after[none]]).toEqual([none, before[none]])
  // Of 15 sales two went back, so nobody owns them any more and nobody has to account for 2012; and one has no key.
  expect([after['licence'], after['licence_owner']]).toEqual([(before['licence'] ?? 0) + 12, 12])

  expect((await at.take(sampleFile('regnow'), 'regnow')).say).toBe(
    '0 lines taken in, 16 known already, 4 not paid, 0 refused.',
  )
  expect(await at.amounts()).toEqual(after)
  expect(
    await shop.rows('select lines, done, taken, known, ended_at is null as open, by from import_run order by begun_at'),
  ).toEqual([
    { lines: 20, done: 20, taken: 16, known: 0, open: false, by: 'command line' },
    { lines: 20, done: 20, taken: 0, known: 16, open: false, by: 'command line' },
  ])
})

const today = 'T,19.00,2026-03-04T10:00:00Z'
const gone = ['+44 20 7946 0018', '192.0.2.118', 'likes long walks', 'melancholic-mood']
const belaRow = `C-1,${today},,bela.9x1@buyer.example,Béla Quillfeather,HU,${gone[0]},${gone[1]},${gone[2]},CART-0001-QQQQ,${gone[3]}`

test('a sale holds its owner and its country, stands as it was sold, and what no purpose covers is nowhere', async () => {
  const { say, columns } = await at.takeRows([belaRow])
  expect(say).toBe('1 lines taken in, 0 known already, 0 not paid, 0 refused.')
  expect(columns.join('\n')).toContain('no purpose of your policy covers it: tel, ip, memo')
  const { vault } = shop.desk()
  const [person] = await vault.find('email', 'BELA.9x1@buyer.example')
  if (!person) throw new Error('nobody')
  const held = await vault.held(person)
  expect(held.map(({ purpose, channel, parts, notice }) => [purpose, channel, parts, notice])).toEqual([
    ['registration', 'import: cartwheel', ['contact', 'identity', 'licence'], 1],
    ['tax', 'import: cartwheel', ['address'], 1],
  ])
  expect([held[0]?.until, held[1]?.until?.toISOString().slice(0, 4)]).toEqual([null, '2036'])
  const order = await at.orderOf('C-1')
  expect(order).toMatchObject({ headline: 'delivered', to_send: false, person_id: person, currency: 'EUR' })
  expect(order?.['paid_at']).toEqual(new Date('2026-03-04T10:00:00Z'))
  expect([await at.check('cart 0001 qqqq'), await shop.mails('bela.9x1@buyer.example')]).toEqual(['VALID', []])
  const seen = await shop.held('bela.9x1@buyer.example')
  expect(seen.html).toContain('CART0001QQQQ')
  // Whoever said no before stands under the same mark; nobody is asked again, and nobody has agreed to anything.
  expect(vault.stopMarks(person).map(({ mark }) => Buffer.from(mark))).toEqual([
    Buffer.from(vault.stopMarkOf('mail', 'Bela.9x1+x@buyer.example')),
  ])
  expect(await at.count('news_consent')).toBe(0)
  const texts = await at.texts()
  const { found, bytes } = await search({ folders: [shop.at.dir], texts }, [...gone, '7946 0018'])
  expect([found, bytes > 100_000]).toEqual([[], true])
  expect((await search({ folders: [], texts }, ['import: cartwheel'])).found).not.toEqual([])
})

test('a refund that a later report tells ends the sale: the key, the owner, and with the clocks what was held', async () => {
  const [person] = await shop.desk().vault.find('email', 'bela.9x1@buyer.example')
  expect((await at.takeRows([belaRow.replace(',,bela', ',4.00,bela')])).say).toContain(
    '0 lines taken in, 1 known already',
  )
  expect([(await at.orderOf('C-1'))?.['headline'], await at.check('CART0001QQQQ')]).toEqual(['partlyRefunded', 'VALID'])
  // The sum of an older report comes late and adds nothing.
  await at.takeRows([belaRow.replace(',,bela', ',3.00,bela')])
  expect((await at.orderOf('C-1'))?.['headline']).toBe('partlyRefunded')
  await at.takeRows([belaRow.replace(',,bela', ',19.00,bela')])
  expect([(await at.orderOf('C-1'))?.['headline'], await at.check('CART0001QQQQ')]).toEqual(['refunded', 'REVOKED'])
  await shop.settled()
  expect(await at.count('licence', `key_tail = 'QQQ' and revoked_at is not null`)).toBe(1)
  expect(await at.count('licence_owner', `person_id = '${person}'`)).toBe(0)
  await shop.expire()
  expect(await shop.desk().vault.find('email', 'bela.9x1@buyer.example')).toEqual([])
  expect((await shop.desk().vault.held(person as never)).map(({ purpose }) => purpose)).toEqual(['tax'])
  await at.takeRows([belaRow])
  expect([await at.check('CART0001QQQQ'), await at.count('licence_owner', `person_id = '${person}'`)]).toEqual([
    'REVOKED',
    0,
  ])
})

test('whoever was erased does not come back with the same report, nor with one that tells of a refund', async () => {
  const row = `C-2,${today},,cleo.7z3@buyer.example,Cleo Marrowby,SE,,,,CART-0002-QQQQ,`
  await at.takeRows([row])
  const { vault } = shop.desk()
  const [person] = await vault.find('email', 'cleo.7z3@buyer.example')
  if (!person) throw new Error('nobody')
  await vault.erase({ person, actor: { role: 'person', id: 'self' } })
  const before = await at.amounts()
  expect((await at.takeRows([row])).say).toContain('1 known already')
  expect(await at.amounts()).toEqual(before)
  expect((await at.takeRows([row.replace(',,cleo', ',19.00,cleo')])).say).toContain('1 known already')
  expect((await at.orderOf('C-2'))?.['headline']).toBe('refunded')
  await shop.settled()
  expect([await vault.find('email', 'cleo.7z3@buyer.example'), await at.check('CART-0002-QQQQ')]).toEqual([
    [],
    'REVOKED',
  ])
  for (const same of ['vault.person', 'vault.box', 'order_number', 'licence_owner'] as const)
    expect([same, (await at.amounts())[same]]).toEqual([same, before[same]])
})

test('two runs at once, and one that was killed between its pieces, end with the same rows as one', async () => {
  await Promise.all([at.take(sampleFile('swreg'), 'swreg'), at.take(sampleFile('swreg'), 'swreg')])
  const swreg = `source = 'swreg' and kind = 'pay.captured'`
  expect([await at.count('order_fact', swreg), await at.count('order_fact', `source = 'swreg'`)]).toEqual([18, 56])

  const mapping = JSON.stringify(closed)
  const rows = Array.from({ length: 6 }, (_, at) => ({
    line: at + 2,
    cells: [
      `K-${at >> 1}`,
      at % 2 ? 'L' : 'T',
      '5.00',
      '2026-02-02',
      '',
      `k${at >> 1}@buyer.example`,
      'Kim',
      'FI',
      '',
      '',
      '',
      `KILL-000${at}-QQQQ`,
      '',
    ],
  }))
  const about = { mapping, dry: false, fileHash: 'ab'.repeat(32), lines: 6, head: HEAD.split(',') }
  const begun = await shop.desk().answerImport(about)
  const run = 'run' in begun ? begun.run : ''
  await shop.desk().answerImport({ ...about, run, rows: rows.slice(0, 2) })
  await shop.restart()
  const owner = await at.signedIn('owner')
  expect(await (await owner('/desk/imports')).text()).toContain('stopped after 2 of 6')
  const again = await shop.desk().answerImport({ ...about, rows })
  expect(again).toMatchObject({ counts: { done: 6, taken: 4, known: 2, refused: 0 } })
  expect(await at.count('order_fact', `source = 'cartwheel' and kind = 'pay.captured' and ref like 'K-%'`)).toBe(3)
  // A box that was sold elsewhere waits for nobody here.
  expect(await at.orderOf('K-1')).toMatchObject({ units: 2, boxes: 0, headline: 'delivered', to_send: false })
  expect(await at.count('order_line', `offer_id = 'letterpress-box'`)).toBe(3)
  expect(await at.check('KILL-0003-QQQQ')).toBe('VALID')
})

test('what is told of a sale of this shop adds only what its processor did not tell', async () => {
  await shop.buy(adaOnline)
  const [paid] = await shop.rows(`select ref from order_fact where source = 'stripe' and kind = 'pay.captured'`)
  const stripe = shipped.find(({ id }) => id === 'stripe')
  const head = Object.keys(stripe?.columns ?? {})
  const file = join(at.dir, 'stripe.csv')
  const report = async (back: string, status = 'Paid'): Promise<ImportedFile> => {
    const cells: Record<string, string> = {
      'PaymentIntent ID': String(paid?.['ref']),
      Description: 'Tally',
      Amount: '19.00',
      Currency: 'eur',
      'Created date (UTC)': '2026-01-05 10:00',
      Status: status,
      'Amount Refunded': back,
      'Customer Email': adaOnline.email,
    }
    writeFileSync(file, [head.join(','), head.map((name) => cells[name] ?? '').join(',')].join('\n'))
    return at.take(file, 'stripe')
  }
  const before = await at.amounts()
  expect((await report('0.00')).say).toContain('0 lines taken in, 1 known already')
  expect(await at.amounts()).toEqual(before)
  await report('19.00', 'Refunded')
  expect(await at.orderOf(String(paid?.['ref']))).toMatchObject({ headline: 'refunded' })
  expect((await at.amounts())['order_number']).toBe(before['order_number'])
  await shop.settled()
  // The processor's own message of the same refund comes after all: nothing went back twice.
  const [order] = await shop.rows(`select order_id from order_fact where ref = $1`, [paid?.['ref']])
  await shop.rows(
    `insert into order_fact (order_id, source, ext, kind, at, ref, of, amount_minor) values ($1, 'stripe', 're_1:succeeded', 'refund.succeeded', now(), 're_1', $2, 1900)`,
    [order?.['order_id'], paid?.['ref']],
  )
  expect((await report('19.00', 'Refunded')).say).toContain('1 known already')
})

test('lines that cannot be taken are named by line and column, and a card number is nowhere', async () => {
  const card = '4000 0000 0000 0101'
  const { say, refused } = await at.takeRows([
    `D-1,${today},,dora@buyer.example,Dora,PL,,,${card},DCRT-0001-QQQQ,`,
    `D-2,${today},,dora@buyer.example,Dora,PL,,,,CART-0001-QQQQ,`,
    `C-2,T,20.00,2026-03-04,,,,,,,,,`,
    `D-3,T,-5.00,2026-03-04,,,,,,,,,`,
    `D-4,${today},,dora@buyer.example,Dora,PL,,,,short,`,
    `D-5,${today},,dora@buyer.example,Dora,PL,,,,AAAAA-BBBBB-CCCCC-DDDDD-EEEEE,`,
    `D-6,${today},,,Dora Nomail,PL,,,,DCRT-0006-QQQQ,`,
  ])
  expect([say, refused]).toEqual([
    '1 lines taken in, 0 known already, 0 not paid, 6 refused.',
    [
      'line 2, memo: a card number stands there. Take it out of the file',
      'line 3: the licence key belongs to another order',
      'line 4: the order is known with another amount or currency',
      'line 5: money went back for an order that is not known. Take in the report with its sale first',
      'line 6: a licence key has between 8 and 64 letters and digits',
      'line 7: the licence key has the form of a key of this shop',
    ],
  ])
  // Without an address nobody can be known as an owner; the key is good for whoever registers it.
  expect([await at.check('DCRT-0006-QQQQ'), await shop.desk().vault.find('email', 'dora@buyer.example')]).toEqual([
    'VALID',
    [],
  ])
  const { found } = await search({ folders: [shop.at.dir], texts: { printed: shop.lines.join('\n') } }, [
    card,
    card.replaceAll(' ', ''),
  ])
  expect(found).toEqual([])
})

test('at the desk the owner tries a file first and takes in that one; others may only look', async () => {
  const row = `E-1,${today},,edda.3w@buyer.example,Edda,NO,+47 22 33 44 55,,,DESK-0001-QQQQ,`
  const desk = await at.signedIn('desk')
  expect(await (await desk('/desk/imports')).text()).toContain('Only the owner')
  expect((await desk('/desk/imports', deskForm([row], { do: 'try' }))).status).toBe(403)
  const owner = await at.signedIn('owner')
  expect((await owner('/desk/imports', deskForm([row], { do: 'take', seen: 'made-up' }))).status).toBe(422)
  expect(await at.orderOf('E-1')).toBeUndefined()

  const tried = await (await owner('/desk/imports', deskForm([row, 'E-2,T,oops,2026-01-01,,,,,,,,,'], {}))).text()
  expect(tried).toContain('What taking it in would do')
  expect(tried).toContain('the amount cannot be read without guessing')
  expect(tried).not.toMatch(/oops|edda|22 33 44/)
  const seen = /name="seen" value="([^"]+)"/.exec(tried)?.[1] ?? ''
  expect((await owner('/desk/imports', deskForm([row], { do: 'take', seen }))).status).toBe(422)
  const taken = await owner('/desk/imports', deskForm([row, 'E-2,T,oops,2026-01-01,,,,,,,,,'], { do: 'take', seen }))
  expect(await taken.text()).toContain('What was taken in')
  expect([(await at.orderOf('E-1'))?.['headline'], await at.orderOf('E-2')]).toEqual(['delivered', undefined])
  for (const wrong of [{ mapping: '' }, { own: '{' }, { mapping: 'swreg' }])
    expect((await owner('/desk/imports', deskForm([row], wrong))).status).toBe(422)
  const number = String((await at.orderOf('E-1'))?.['number'])
  const refund = await desk(`/desk/orders/${number}/refund`, new FormData())
  expect(await refund.text()).toContain('sold elsewhere')
  expect(await (await desk(`/desk/orders/${number}`)).text()).not.toContain('oops')
})

test('every promise holds over what was taken in', async () => {
  await shop.settled()
  await shop.restart() // looks at all of them
  expect(await shop.rows('select about, kind from task')).toEqual([])
  await shop.rows(`delete from licence_unit where order_id in (select order_id from order_fact where ref = 'K-1')`)
  await shop.advance('PT2M')
  await shop.restart()
  expect(await shop.rows('select about from task')).toEqual([{ about: 'promise:by-purchase' }])
})

import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { sampleCatalogue, sampleReport } from '../../../../test/imports/samples.ts'
import { higosoft } from '../../../../test/policy.ts'
import { readMapping, type Mapping } from '../mappings/mapping.ts'
import { shipped } from '../mappings/shipped.ts'
import { coveredBy, planFor, type ColumnReport } from './plan.ts'
import { readSales, type SaleInFile, type SalesRead } from './sales.ts'
import { readTable } from './table.ts'

const policy = higosoft()
const reading = { policy, now: new Date('2026-11-26T12:00:00Z'), catalogue: sampleCatalogue(), notice: 1 }

function shippedAs(id: string): Mapping {
  const found = shipped.find((one) => one.id === id)
  if (!found) throw new Error(id)
  return found
}

type Read = { columns: ColumnReport; read: SalesRead }

function readFile(mapping: Mapping, bytes: Uint8Array, under = policy): Read {
  const read = readTable(bytes)
  if (!read.ok) throw new Error(read.because)
  const planned = planFor(mapping, read.table.head, coveredBy(under))
  if (!planned.ok) throw new Error(`${planned.because}: ${planned.columns.join()}`)
  const { plan } = planned
  return { columns: plan.columns, read: readSales(plan, { ...reading, policy: under }, read.table.rows) }
}

/** A small report of a shop with columns of our choice. */
const small: Mapping = {
  id: 'small',
  name: 'Small',
  processor: 'small',
  fidelity: 'own',
  columns: {
    no: 'orderRef',
    line: 'lineRef',
    what: 'product',
    n: 'quantity',
    sum: 'amount',
    cur: 'currency',
    when: 'paidAt',
    how: 'status',
    back: 'refundedAmount',
    mail: 'email',
    who: 'name',
    land: 'country',
    ip: 'ipAddress',
    key: 'licenceKey',
  },
  statuses: { how: { ok: 'paid', no: 'unpaid', back: 'refunded', lost: 'chargedBack' } },
  dates: ['iso'],
}
const HEAD = 'no,line,what,n,sum,cur,when,how,back,mail,who,land,ip,key'

function rowsOf(...rows: string[]): SalesRead {
  return readFile(small, Buffer.from([HEAD, ...rows].join('\n'))).read
}

/** One sale in a line: its rows, number, pieces, sum, time, what went back, whose it is, where, and its keys. */
function told({ lines, sale, keys }: SaleInFile): string {
  const pieces = sale.lines.map(({ quantity, offerId, productName, grossMinor, taxRate }) =>
    [quantity, offerId || productName, grossMinor, ...(taxRate === null ? [] : [`${taxRate / 100}%`])].join(' '),
  )
  const back = [
    ...(sale.backMinor > 0 ? [`back ${sale.backMinor}`] : []),
    ...sale.refunds.map(({ amountMinor }) => `refund ${amountMinor}`),
    ...(sale.chargedBack ? ['charged back'] : []),
  ]
  const { email, name, street, postcode, city } = sale.owner
  const owner = [email, name, street?.replace('\n', ' / '), postcode, city].filter(Boolean).join(', ')
  const when = sale.paidAt.toISOString().slice(0, 16)
  const own = keys.map(({ unit, key }) => `${unit}=${key}`)
  return [
    lines.join('+'),
    sale.ref,
    pieces.join(' + '),
    sale.currency,
    when,
    ...back,
    owner,
    sale.country,
    ...own,
  ].join(' | ')
}

test.each(shipped.map(({ id }) => id))('the sample of %s is read by its mapping, row by row', async (id) => {
  const { columns, read } = readFile(shippedAs(id), sampleReport(id))
  const heads = Object.entries(columns).map(([kind, names]) => `${kind}: ${names.join(', ')}`)
  const text = [...heads, '', ...read.sales.map(told), '', `${read.unpaid} unpaid, ${read.passed} passed over`, '']
  expect(read.refused).toEqual([])
  await expect(text.join('\n')).toMatchFileSnapshot(resolve(`examples/imports/read/${id}.txt`))
})

test('rows of one order are one sale, with a key for each of its pieces', () => {
  const { sales, refused } = rowsOf(
    'A1,1,Tally,2,38.00,EUR,2024-05-02,ok,,ada@mail.example,Ada,BE,192.0.2.9,KEY-0001-AAAA',
    'B2,1,Ruler,,5.00,EUR,2024-05-01,ok,,bela@mail.example,,,,',
    'A1,2,Plumbline,1,59.00,EUR,2024-05-01,ok,9.00,,,,,KEY-0002-BBBB',
  )
  expect(refused).toEqual([])
  expect(sales.map(told)).toEqual([
    '2+4 | A1 | 2 Tally 3800 + 1 Plumbline 5900 | EUR | 2024-05-01T12:00 | back 900 | ada@mail.example, Ada | BE | 0=KEY-0001-AAAA | 2=KEY-0002-BBBB',
    '3 | B2 | 1 Ruler 500 | EUR | 2024-05-01T12:00 | bela@mail.example | ',
  ])
})

test('a product is found by the mapping, by its id or by its name, and otherwise keeps the name it was sold under', () => {
  const mapped = { ...small, products: { 'X-1': 'tally-download', 'X-2': 'plumbline' } }
  const names = ['X-1', 'X-2', 'lookout', 'Letterpress', 'Ruler 2', 'constructor']
  const rows = names.map((name, at) => `N${at},,${name},1,5,EUR,2024-05-02,ok,,,,,,`)
  const { read } = readFile(mapped, Buffer.from([HEAD, ...rows].join('\n')))
  expect(read.sales.map(({ sale: { lines } }) => lines[0]).map((line) => [line?.offerId, line?.productName])).toEqual([
    ['tally-download', 'Tally'],
    ['', 'Plumbline 4'],
    ['', 'Lookout'],
    ['', 'Letterpress'],
    ['', 'Ruler 2'],
    ['', 'constructor'],
  ])
})

test('what cannot be read is refused by line and column, and never repeats what stands there', () => {
  const good = 'G1,,Tally,1,19.00,EUR,2024-05-02,ok,,ada@mail.example,Ada,BE,,KEY-0001-AAAA'
  const cells = good.split(',')
  const bad = (at: number, text: string, no: string): string =>
    cells.map((cell, place) => (place === at ? text : place === 0 ? no : cell)).join(',')
  const { sales, refused } = rowsOf(
    good,
    bad(0, 'ada@mail.example', ''),
    bad(2, 'a@b.example', 'B1'),
    bad(3, '0', 'B2'),
    bad(4, '1.234', 'B3'),
    bad(5, 'QQQ', 'B4'),
    bad(6, '2024-02-30', 'B5'),
    bad(6, '2031-01-01', 'B6'),
    bad(7, 'Secretword', 'B7'),
    bad(8, '20.00', 'B8'),
    bad(9, 'nobody', 'B9'),
    bad(10, 'x'.repeat(201), 'C1'),
    bad(11, 'Atlantis', 'C2'),
    bad(12, '4242 4242 4242 4242', 'C3'),
    bad(10, 'a\u0000b', 'C4'),
    `${good.replace('G1', 'C5')},more`,
    'C6,,Tally',
  )
  expect(sales.map(({ sale }) => sale.ref)).toEqual(['G1'])
  expect(refused.map(({ line, column, because }) => `${line} ${column ?? '-'} ${because}`)).toEqual([
    '3 no reference',
    '4 what product',
    '5 n quantity',
    '6 sum amount',
    '7 cur currency',
    '8 when date',
    '9 when future',
    '10 how status',
    '11 back tooMuchBack',
    '12 mail email',
    '13 who long',
    '14 land country',
    '15 ip card',
    '16 who sign',
    '17 - cells',
    '18 - cells',
  ])
  expect(JSON.stringify(refused)).not.toMatch(/Secretword|4242|nobody|Atlantis|@/)
})

test('an order of which one row cannot be read is refused whole, and one in two currencies too', () => {
  const { sales, refused } = rowsOf(
    'A1,1,Tally,1,19.00,EUR,2024-05-02,ok,,,,,,',
    'A1,2,Tally,1,oops,EUR,2024-05-02,ok,,,,,,',
    'B1,1,Tally,1,19.00,EUR,2024-05-02,ok,,,,,,',
    'B1,2,Tally,1,19.00,USD,2024-05-02,ok,,,,,,',
  )
  expect(sales).toEqual([])
  expect(refused.map(({ line, because }) => [line, because])).toEqual([
    [2, 'otherRow'],
    [3, 'amount'],
    [4, 'mixed'],
    [5, 'mixed'],
  ])
})

test('a negative row is money that went back, and a row that stands there twice is one row', () => {
  const sold = 'A1,1,Tally,1,19.00,EUR,2024-05-02,ok,,,,,,'
  const back = 'A1,R7,Tally,1,-4.00,EUR,2024-05-09,ok,,,,,,'
  const { sales } = rowsOf(sold, back, back, sold, 'Z9,R1,Tally,1,(3.00),EUR,2024-05-09,ok,,,,,,')
  expect(sales.map(({ sale }) => [sale.ref, sale.lines.length, sale.refunds])).toEqual([
    ['A1', 1, [{ ref: 'R7', amountMinor: 400, at: new Date('2024-05-09T12:00:00Z') }]],
    ['Z9', 0, [{ ref: 'R1', amountMinor: 300, at: new Date('2024-05-09T12:00:00Z') }]],
  ])
})

test('where an order has one row, a newer report behind an older one tells the same sale, with what went back', () => {
  const once = { ...small, oneRowPerOrder: true } as const
  const read = (...rows: string[]): SalesRead => readFile(once, Buffer.from([HEAD, ...rows].join('\n'))).read
  const old = 'A1,,Tally,1,19.00,EUR,2024-05-02,ok,,,,,,'
  const { sales } = read(old, 'A1,,Tally,1,19.00,EUR,2024-05-02,ok,4.00,,,,,')
  expect(sales.map(told)).toEqual(['2+3 | A1 | 1 Tally 1900 | EUR | 2024-05-02T12:00 | back 400 |  | '])
  expect(read(old, 'A1,,Tally,1,20.00,EUR,2024-05-02,ok,,,,,,').refused.map(({ because }) => because)).toEqual([
    'differs',
    'differs',
  ])
})

test('of RegNow’s codes only C is paid, and what we named goes back after it', () => {
  const { columns, statuses } = shippedAs('regnow')
  const head = Object.keys(columns)
  const rows = ['N', 'W', 'I', 'L', 'C', 'c', 'V', 'R', 'B'].map((code, at) =>
    head
      .map(
        (name) =>
          ({ 'Order ID': `RN-${at}`, Item: 'x', Total: '5.00', Currency: 'USD', Date: '01/02/2012' })[name] ??
          (name === 'Status' ? code : ''),
      )
      .join(','),
  )
  const { read } = readFile(shippedAs('regnow'), Buffer.from([head.join(','), ...rows].join('\n')))
  expect([read.sales.map(({ sale }) => sale.ref), read.unpaid]).toEqual([['RN-4', 'RN-5', 'RN-7', 'RN-8'], 5])
  expect(read.sales.map(({ sale }) => [sale.backMinor, sale.chargedBack])).toEqual([
    [0, false],
    [0, false],
    [500, false],
    [0, true],
  ])
  expect(Object.keys(statuses?.['Status'] ?? {}).sort()).toEqual(['B', 'C', 'I', 'L', 'N', 'R', 'V', 'W'])
})

test('personal columns that no purpose of the policy covers are dropped by name, and their cells are in nothing that was read', () => {
  const { columns, read } = readFile(
    small,
    Buffer.from(`${HEAD},mood\nA1,,Tally,1,19.00,EUR,2024-05-02,ok,,ada@mail.example,Ada Unheard,BE,192.0.2.77,,sunny`),
  )
  expect([columns.dropped, columns.unknown]).toEqual([['ip'], ['mood']])
  expect(JSON.stringify(read.sales)).not.toMatch(/192\.0\.2\.77|sunny/)
  const off = higosoft({ purposes: { registration: { off: true } } })
  const without = readFile(
    small,
    Buffer.from(`${HEAD}\nA1,,Tally,1,19.00,EUR,2024-05-02,ok,,a@mail.example,Ada Unheard,BE,,`),
    off,
  )
  expect(without.columns.dropped).toEqual(['mail', 'who', 'ip'])
  expect(JSON.stringify(without.read.sales)).not.toMatch(/Unheard|mail\.example/)
  expect(without.read.sales[0]?.sale.country).toBe('BE')
})

test('a file without what every sale needs does not fit, above all one that cannot say what is paid', () => {
  const fits = (head: string): unknown => planFor(small, head.split(','), coveredBy(policy))
  expect(fits(HEAD.replace(',how', ''))).toEqual({ ok: false, because: 'missing', columns: ['how'] })
  expect(fits(HEAD.replace('no,', '').replace(',sum', ''))).toMatchObject({ columns: ['no', 'sum'] })
  expect(fits(`${HEAD},mail`)).toEqual({ ok: false, because: 'twice', columns: ['mail'] })
  expect(fits('Ada,1,Tally,59')).toMatchObject({ ok: false, because: 'missing' })
})

test('a mapping is read from JSON, and what is wrong with it is said', () => {
  const own = readMapping(JSON.stringify({ ...small, fidelity: 'published' }), shipped)
  expect(own).toMatchObject({ ok: true, mapping: { id: 'small', fidelity: 'own' } })
  const like = readMapping('{"like":"swreg","products":{"77-1":"tally"}}', shipped)
  expect(like).toMatchObject({
    ok: true,
    mapping: { processor: 'swreg', fidelity: 'chosen', products: { '77-1': 'tally' } },
  })
  const faults = (edit: object): unknown => readMapping(JSON.stringify({ ...small, ...edit }), shipped)
  expect(faults({ columns: { ...small.columns, x: 'shoeSize' } })).toMatchObject({ ok: false })
  expect(faults({ statuses: undefined })).toMatchObject({ ok: false })
  expect(faults({ everyRowIsPaid: true })).toMatchObject({ ok: false })
  expect(faults({ statuses: { ...small.statuses, back: { x: 'paid' } } })).toMatchObject({ ok: false })
  expect(faults({ extra: 1 })).toMatchObject({ ok: false })
  for (const text of ['', 'null', '[]', '{', '{"like":"nobody"}']) expect(readMapping(text, shipped).ok).toBe(false)
  for (const one of shipped) expect(readMapping(JSON.stringify(one), shipped).ok).toBe(true)
})

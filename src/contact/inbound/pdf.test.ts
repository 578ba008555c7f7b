import PDFDocument from 'pdfkit'
import { deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { cardsInPdf } from './pdf.ts'

/** A page as pdfkit makes it, in one of the fonts that every reader has. */
async function page(...lines: readonly string[]): Promise<Buffer> {
  const document = new PDFDocument()
  const chunks: Buffer[] = []
  document.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise((done) => document.on('end', done))
  for (const line of lines) document.text(line)
  document.end()
  await ended
  return Buffer.concat(chunks)
}

const stream = (content: string | Buffer, head = ''): Buffer =>
  Buffer.concat([
    Buffer.from(`%PDF-1.4\n1 0 obj\n<< ${head} >>\nstream\r\n`),
    Buffer.from(content),
    Buffer.from('\nendstream\nendobj\n%%EOF'),
  ])
const wide = (text: string): string => Buffer.from(text, 'utf16le').swap16().toString('hex')

test('a card number in the text of a page is found, however a writer of PDF lays it down', async () => {
  const spelled: Record<string, Buffer> = {
    'by pdfkit': await page('Good day,', 'take it from 4111 1111 1111 1111, please.'),
    together: stream('BT (4111111111111111) Tj ET'),
    'moved apart in one array': stream('[(4111)-250(1111)-250(11)3(11)-250(1111)]TJ'),
    'word by word': stream('(4111) Tj 30 0 Td (1111) Tj 30 0 Td (1111) Tj 30 0 Td (1111) Tj'),
    'sign by sign': stream('4111111111111111'.replace(/./g, '($&) Tj 6 0 Td ')),
    escaped: stream('(\\064111 1111\\0401111 1111) Tj'),
    'in hex': stream(`<${Buffer.from('4111 1111 1111 1111').toString('hex')}> Tj`),
    'below a scan, as text recognition writes it': stream(deflateSync(`<${wide('4111 1111 1111 1111')}> Tj`)),
    'deflated, and torn off': stream(
      deflateSync(`(4111 1111 1111 1111) Tj ${'(and more) Tj '.repeat(5000)}`, { level: 1 }).subarray(0, -30),
    ),
    'outside of all streams': Buffer.from('%PDF-1.4\n1 0 obj\n<< /Title (Card 4111 1111 1111 1111) >>\nendobj'),
  }
  for (const [how, bytes] of Object.entries(spelled)) expect([how, cardsInPdf(bytes)]).toEqual([how, 1])
})

test('what is no card is none, and what cannot be read is no fault', async () => {
  expect(cardsInPdf(await page('Order H-2031-0042', 'Tel. +32 470 91 73 55', '4111 1111 1111 1112'))).toBe(0)
  const picture = stream('(4111 1111 1111 1111) Tj', '/Subtype /Image /Filter /DCTDecode')
  const unclosed = stream(deflateSync(Buffer.alloc(4_000_000, '(\\')))
  const bomb = stream(deflateSync(Buffer.alloc(80 * 1024 * 1024, '(4) ')))
  for (const bytes of [
    picture,
    bomb,
    unclosed,
    Buffer.from('%PDF-1.4 stream'),
    Buffer.from('(4111 1111 1111 1111) Tj'),
  ])
    expect(cardsInPdf(bytes)).toBe(0)
})

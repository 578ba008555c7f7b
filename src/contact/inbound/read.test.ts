import { expect, test } from 'vitest'
import { corpus } from '../../../test/mail/corpus/index.ts'
import type { Sample } from '../../../test/mail/corpus/build.ts'
import { readMail } from './read.ts'

/** What was read, in the words in which a sample says what must come out. */
async function seen(sample: Sample): Promise<Record<string, unknown>> {
  const read = await readMail(sample.raw)
  if (read.outcome === 'unreadable') return { sort: 'unreadable', because: read.because }
  const { sort, files, ...mail } = read.mail
  return {
    ...mail,
    ...sort,
    ...(sort.sort === 'bounce' ? { reports: sort.reports.map(({ action, status }) => [action, status]) } : {}),
    messageId: sort.sort === 'bounce' ? sort.messageId : mail.messageId,
    files: files.map(({ name, type }) => [name, type]),
    all: [
      mail.subject,
      mail.text,
      mail.fromName,
      ...files.map(({ name, bytes }) => name + Buffer.from(bytes).toString()),
    ].join('\n'),
  }
}

test('the corpus has more than forty mails, each of its own name', () => {
  expect(new Set(corpus.map(({ name }) => name)).size).toBe(corpus.length)
  expect(corpus.length).toBeGreaterThanOrEqual(40)
})

test.each(corpus.map((sample) => [sample.name, sample] as const))('%s', async (_, sample) => {
  const { without, ...wanted } = sample.expect
  const found = await seen(sample)
  expect(found).toMatchObject(wanted)
  if (without) expect(found['all']).not.toMatch(without)
})

test('the same mail to two addresses of ours is one, another with its Message-ID is not', async () => {
  const print = async (raw: string) => {
    const read = await readMail(Buffer.from(raw))
    return read.outcome === 'read' ? Buffer.from(read.mail.fingerprint).toString('hex') : ''
  }
  const mail = (to: string, text: string) =>
    `Delivered-To: ${to}\r\nReceived: by mx for ${to}\r\nFrom: ada@post.example\r\nMessage-ID: <1@x>\r\n\r\n${text}`
  expect(await print(mail('help@x', 'Hi'))).toBe(await print(mail('sales@x', 'Hi')))
  expect(await print(mail('help@x', 'Hi'))).not.toBe(await print(mail('help@x', 'Ho')))
})

test('a card number across the end of a subject, a text or a file name leaves no digits, and one as a name is cut too', async () => {
  const card = '4111 1111 1111 1111'
  const [subject, text, file] = [490, 59_990, 190].map((length) => `${'x'.repeat(length)} ${card}`)
  const raw = [
    `From: "${card}" <ada@post.example>`,
    `Subject: ${subject}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="b"',
    '',
    `--b\r\nContent-Type: text/plain\r\n\r\n${text}`,
    `--b\r\nContent-Type: image/png; name="${file}"\r\nContent-Disposition: attachment\r\n\r\nabc\r\n--b--\r\n`,
  ].join('\r\n')
  const read = await readMail(Buffer.from(raw))
  if (read.outcome !== 'read') throw new Error(read.because)
  const { fromName, subject: about, text: said, files, cards } = read.mail
  expect([fromName, about, said, files[0]?.name].join(' ')).not.toMatch(/4111/)
  expect([fromName, cards]).toEqual(['[card number removed, ends 1111]', 4])
  expect([about.length, said.length <= 60_004]).toEqual([500, true])
})

test('a PDF whose text holds a card number is left out, is counted with the cards, and other files stay', async () => {
  const pdf = (said: string): string =>
    Buffer.from(`%PDF-1.4\n1 0 obj\n<< >>\nstream\nBT (${said}) Tj ET\nendstream\nendobj\n\0`).toString('base64')
  const part = (name: string, said: string): string =>
    `--b\r\nContent-Type: application/pdf; name="${name}"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment\r\n\r\n${pdf(said)}`
  const raw = [
    'From: ada@post.example',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="b"',
    '',
    '--b\r\nContent-Type: text/plain\r\n\r\nSee both.',
    part('order.pdf', '4111 1111 1111 1111'),
    part('invoice.pdf', 'H-2031-0042'),
    '--b--',
  ].join('\r\n')
  const read = await readMail(Buffer.from(raw))
  if (read.outcome !== 'read') throw new Error(read.because)
  const { files, cards, leftOut } = read.mail
  expect([files.map(({ name, type }) => [name, type]), cards, leftOut]).toEqual([
    [['invoice.pdf', 'application/pdf']],
    1,
    1,
  ])
})

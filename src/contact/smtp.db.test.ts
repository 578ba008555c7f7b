import { createServer, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDoors, type Doors } from '../../test/doors.ts'
import { smtpTransport } from './index.ts'

type Sink = {
  readonly mails: string[]
  readonly rcpts: string[]
  answer: (verb: string) => string | undefined
  readonly server: Server
}

/** A mail server of one page: it keeps what it is given and answers what a test wants. */
function startSink(): Promise<Sink> {
  const sink: Sink = {
    mails: [],
    rcpts: [],
    answer: () => undefined,
    server: createServer((socket) => talk(sink, socket)),
  }
  return new Promise((resolve) => sink.server.listen(0, '127.0.0.1', () => resolve(sink)))
}

function talk(sink: Sink, socket: Socket): void {
  let buffer = ''
  let ending = '\r\n'
  socket.on('error', () => socket.destroy())
  socket.write('220 sink\r\n')
  socket.on('data', (chunk: Buffer) => {
    buffer += chunk.toString('utf8')
    for (let end = buffer.indexOf(ending); end >= 0; end = buffer.indexOf(ending)) {
      const reply = take(sink, buffer.slice(0, end), ending !== '\r\n')
      buffer = buffer.slice(end + ending.length)
      ending = reply.startsWith('354') ? '\r\n.\r\n' : '\r\n'
      if (reply === 'hang up') socket.destroy()
      else socket.write(`${reply}\r\n`)
    }
  })
}

function take(sink: Sink, said: string, isMail: boolean): string {
  const verb = isMail ? 'END' : said.slice(0, 4).toUpperCase()
  if (verb === 'END') sink.mails.push(said)
  if (verb === 'RCPT') sink.rcpts.push(said)
  return sink.answer(verb) ?? usual[verb] ?? '250 ok'
}

const usual: Readonly<Record<string, string>> = {
  EHLO: '250-sink\r\n250 8BITMIME',
  DATA: '354 go on',
  STAR: '502 no such thing',
  QUIT: '221 bye',
}

let sink: Sink
let doors: Doors
let transport: ReturnType<typeof smtpTransport>

beforeAll(async () => {
  sink = await startSink()
  const { port } = sink.server.address() as AddressInfo
  transport = smtpTransport({
    host: '127.0.0.1',
    port,
    secure: false,
    from: { name: 'Higosoft Studio', address: 'shop@higosoft.example' },
    plainOnLoopback: true,
  })
  const composer = () =>
    Promise.resolve({
      subject: 'Your key – thank you',
      text: 'Here is your key: 7K3QD.\n\n.\nhttps://shop.example/o/abcdefghijklmnop',
    })
  const news = () =>
    Promise.resolve({
      subject: 'News',
      text: 'A new version.',
      stopLink: 'https://shop.example/u/AAAAAAAAAAAAAAAAAAAAAA',
      answers: 'first@shop.example',
      thread: ['root@shop.example', 'first@shop.example'],
    })
  const answer = () => Promise.resolve({ subject: 'Re: help', text: 'Try this.', byStaff: true as const })
  doors = await openDoors({ transport, composer, composers: { news, caseReply: answer } })
})
afterAll(async () => {
  await transport.close()
  await doors.close()
  await new Promise((resolve) => sink.server.close(resolve))
})

const header = (mail: string, name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(mail)?.[1]?.trim()

test('a mail goes out as plain text to one address, and says that a program wrote it', async () => {
  sink.answer = () => undefined
  const ada = await doors.buyer('ada@example.org')
  await doors.mail(ada)
  await doors.work()
  const mail = sink.mails.at(-1) ?? ''
  expect([header(mail, 'To'), header(mail, 'Auto-Submitted'), header(mail, 'Content-Type')]).toEqual([
    'ada@example.org',
    'auto-generated',
    'text/plain; charset=utf-8',
  ])
  expect(mail).toContain('https://shop.example/o/abcdefghijklmnop')
  expect(await doors.contact.ledger(ada)).toMatchObject([{ outcome: 'handed-over', keptClass: null }])
})

test('when the answer is lost the mail goes out again with the same Message-ID', async () => {
  const ada = await doors.buyer('ada@example.org')
  await doors.mail(ada)
  const before = sink.mails.length
  sink.answer = (verb) => (verb === 'END' ? 'hang up' : undefined)
  await doors.work()
  expect((await doors.contact.ledger(ada))[0]?.outcome).toBeNull()
  sink.answer = () => undefined
  doors.clock.advance(60_000)
  await doors.work()
  const sent = sink.mails.slice(before).map((mail) => header(mail, 'Message-ID'))
  const [row] = await doors.contact.ledger(ada)
  expect(sent).toEqual([`<${row?.messageId}>`, `<${row?.messageId}>`])
  expect(row).toMatchObject({
    outcome: 'handed-over',
    messageId: expect.stringMatching(/^[0-9a-f]{40}@shop\.example$/),
  })
})

test('a lasting no to the address ends the mail and staff are told, by a number only', async () => {
  const ada = await doors.buyer('ada@example.org')
  const mailId = await doors.mail(ada)
  sink.answer = (verb) => (verb === 'RCPT' ? '550 5.1.1 <ada@example.org> is unknown here' : undefined)
  await doors.work()
  expect(await doors.contact.ledger(ada)).toMatchObject([{ outcome: 'refused', because: 'smtp-550' }])
  expect(doors.troubles.at(-1)).toEqual({ kind: 'mail-not-sent', mailId, for: 'order:1', because: 'smtp-550' })
})

test('a passing no, and a no to our own sender address, are tried again', async () => {
  const ada = await doors.buyer('ada@example.org')
  await doors.mail(ada)
  sink.answer = (verb) => (verb === 'RCPT' ? '451 4.7.1 <ada@example.org> come back later' : undefined)
  await doors.work()
  sink.answer = (verb) => (verb === 'MAIL' ? '550 5.7.1 shop@higosoft.example may not send' : undefined)
  doors.clock.advance(60_000)
  await doors.work()
  expect(await doors.contact.ledger(ada)).toMatchObject([{ outcome: null }])
  sink.answer = () => undefined
  doors.clock.advance(60_000)
  await doors.work()
  expect(await doors.contact.ledger(ada)).toMatchObject([{ outcome: 'handed-over' }])
})

/** Asks for a mail of a kind to somebody who wants news. */
async function mailOf(kind: 'news' | 'caseReply', email: string) {
  const sealer = await doors.vault.newPerson(['relation'], { email })
  const arrival = { purposes: ['campaignMail'] as const, values: { email }, notice: 1, channel: 'web form' }
  const db = doors.at.engine.for<never>()
  const person = await db.tx((tx) => doors.vault.collect(tx, sealer, arrival))
  const order = { kind, person, purpose: 'campaignMail', for: 'campaign:1', key: `${kind}:${email}` } as const
  await db.tx((tx) => doors.contact.send(tx, kind === 'news' ? { ...order, line: 'bulk' } : order))
  await doors.work()
  return person
}

test('news can be stopped by one POST, says what it answers, and an answer of staff is no program’s', async () => {
  sink.answer = () => undefined
  await mailOf('news', 'ada.news@example.org')
  const news = sink.mails.at(-1) ?? ''
  const names = ['List-Unsubscribe', 'List-Unsubscribe-Post', 'Precedence', 'Auto-Submitted', 'In-Reply-To']
  expect(names.map((name) => header(news, name))).toEqual([
    '<https://shop.example/u/AAAAAAAAAAAAAAAAAAAAAA>',
    'List-Unsubscribe=One-Click',
    'bulk',
    undefined,
    '<first@shop.example>',
  ])
  expect(header(news, 'References')).toBe('<root@shop.example> <first@shop.example>')
  await mailOf('caseReply', 'ada.help@example.org')
  expect(header(sink.mails.at(-1) ?? '', 'Auto-Submitted')).toBeUndefined()
})

test('when the answer to one of many is lost it is unknown and does not go out again', async () => {
  sink.answer = (verb) => (verb === 'END' ? 'hang up' : undefined)
  const ada = await mailOf('news', 'ada.lost@example.org')
  sink.answer = () => undefined
  const before = sink.mails.length
  doors.clock.advance(3_600_000)
  await doors.work()
  expect(sink.mails.length).toBe(before)
  expect(await doors.contact.ledger(ada)).toMatchObject([{ outcome: 'unknown' }])
})

test('a passing no to one of many is tried again, and an address that is no more is stopped at once', async () => {
  sink.answer = (verb) => (verb === 'RCPT' ? '451 4.7.1 later' : undefined)
  const ada = await mailOf('news', 'ada.grey@example.org')
  sink.answer = () => undefined
  doors.clock.advance(60_000)
  await doors.work()
  expect(await doors.contact.ledger(ada)).toMatchObject([{ outcome: 'handed-over' }])
  sink.answer = (verb) => (verb === 'RCPT' ? '550 5.1.1 <ada.none@example.org> is unknown here' : undefined)
  const none = await mailOf('news', 'ada.none@example.org')
  expect(await doors.contact.ledger(none)).toMatchObject([{ outcome: 'refused', bounce: 'lasting' }])
  expect(await doors.contact.mayContact(none, 'mail', 'campaignMail')).toMatchObject({ because: 'bounced' })
})

test('a server without TLS is told nothing', async () => {
  sink.answer = () => undefined
  const before = [sink.rcpts.length, sink.mails.length]
  const { port } = sink.server.address() as AddressInfo
  const from = { name: 'Higosoft Studio', address: 'shop@higosoft.example' }
  const strict = smtpTransport({ host: '127.0.0.1', port, secure: false, from })
  const person = await doors.buyer('ada@example.org')
  const values = { mailId: '1@shop.example', subject: 'Hello', text: 'Hello' }
  const gate = await doors.partners.disclose({
    recipient: 'mailHost',
    purpose: 'purchase',
    for: 'order:1',
    person,
    fields: ['email'],
    values,
  })
  if (gate.outcome === 'shut') throw new Error(gate.because)
  expect(await strict.deliver(gate.released, {})).toEqual({ outcome: 'later', because: 'smtp-etls' })
  expect([sink.rcpts.length, sink.mails.length]).toEqual(before)
  await strict.close()
})

test('an address that would be read as several, or would end its line, is not used', async () => {
  sink.answer = () => undefined
  const before = sink.rcpts.length
  for (const address of [
    'ada@example.org, mallory@example.org',
    'ada@example.org>\r\nRCPT TO:<mallory@example.org',
    'Ada <ada@example.org>',
  ]) {
    const person = await doors.buyer(address)
    await doors.mail(person)
    await doors.work()
    expect(await doors.contact.ledger(person)).toMatchObject([{ outcome: 'refused', because: 'no-address' }])
  }
  expect(sink.rcpts.length).toBe(before)
})

test('the address is nowhere in what the program wrote down about it', async () => {
  const tables = await Promise.all(
    ['contact_ledger', 'job', 'disclosure'].map((table) =>
      doors.rows(`select to_jsonb(t)::text as row from ${table} t`),
    ),
  )
  expect(JSON.stringify([tables, doors.lines, doors.troubles])).not.toMatch(/ada@|mallory@|example\.org/)
})

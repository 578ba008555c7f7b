import { spawn } from 'node:child_process'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { testEngine, testOn, type TestEngine } from '../../../test/engine.ts'
import { startImap, type MailServer } from '../../../test/imap.ts'
import { corpus } from '../../../test/mail/corpus/index.ts'
import { raw } from '../../../test/mail/corpus/build.ts'
import type { PollerTask } from '../../../test/mail/poller.ts'
import { enqueue, type JobTables } from '../../db/index.ts'
import { movableClock, systemNow } from '../../lib/index.ts'
import { imapMailbox, takeIn, type FileMail, type ImapServer, type InboundMail } from '../index.ts'
import type { Mailbox, OpenMailbox } from './mailbox.ts'

let at: TestEngine
let imap: MailServer
const clock = movableClock(systemNow())
const told: { uid: number; because: string }[] = []
const bounces: { messageId: string; status: string }[] = []
const lines: string[] = []

beforeAll(async () => {
  at = await testEngine()
})
beforeEach(async () => {
  imap = await startImap()
  await at.engine.asOwner((ask) =>
    ask('delete from inbound_uid; delete from inbound_mark; delete from inbound_try; delete from job'),
  )
  for (const list of [told, bounces, lines]) list.length = 0
})
afterEach(() => imap.stop())
afterAll(() => at.close())

/** A mail becomes a job, so that what it becomes can be counted; the same must not become two. */
const asJob: FileMail = (mail, mark) =>
  at.engine.for<JobTables>().tx(async (tx) => {
    if ((await mark(tx)) === 'known') return
    await enqueue(tx, clock.now(), [{ key: `mail:${Math.random()}`, kind: mail.subject || 'none', ids: {} }])
  })

function visit(file: FileMail = asJob, server: Partial<ImapServer> = {}, mailbox?: Mailbox): Promise<number> {
  const ctx = {
    db: at.engine.for<never>() as never,
    mailbox: mailbox ?? imapMailbox({ ...imap.server, ...server }),
    key: Buffer.alloc(32, 7),
    now: clock.now,
    log: (event: string, values?: object) => void lines.push(JSON.stringify([event, values])),
    bounced: (one: { messageId: string; status: string }) => Promise.resolve(bounces.push(one)),
    tellStaff: (about: { uid: number; because: string }) => Promise.resolve(void told.push(about)),
  }
  return takeIn(ctx, file)
}

async function filed(): Promise<string[]> {
  const rows = await at.engine.asOwner((ask) => ask(`select kind from job order by kind`))
  return rows.map((row) => String(row['kind']))
}

const question = (subject: string, more = {}): Buffer =>
  raw({ Subject: subject, 'Message-ID': `<${subject}@post.example>`, ...more }, `About ${subject}`)

test('the whole corpus goes through a real mailbox, and what can be read becomes exactly what it must', async () => {
  const lying = corpus.filter(({ raw }) => raw.length > 0 && raw.length < 1_000_000 && raw.includes(0x3a))
  await imap.deliver(...lying.map((sample) => sample.raw))
  const seen: InboundMail[] = []
  await visit((mail, mark) => (seen.push(mail), asJob(mail, mark)))
  const wanted = lying.filter(({ expect: { sort } }) => sort === 'person' || sort === 'automatic')
  expect(seen).toHaveLength(wanted.length)
  expect(seen.map(({ text }) => text.includes('4111'))).not.toContain(true)
  expect(told.map(({ because }) => because).sort()).toEqual(['not-a-mail', 'not-a-mail', 'too-many-parts'])
  expect(bounces.map(({ status }) => status).sort()).toEqual(['5.0.0', '5.1.1', '5.1.1', '5.2.2', '5.7.1'])
  expect(await visit()).toBe(0)
  expect(lines.join()).not.toMatch(/post\.example|4111/)
}, 120_000)

test('two who poll at once, and again and again, file each mail once', async () => {
  await imap.deliver(...Array.from({ length: 12 }, (_, n) => question(`q${n}`)))
  await Promise.all([visit(), visit()])
  await Promise.all([visit(), visit()])
  expect(await filed()).toEqual(Array.from({ length: 12 }, (_, n) => `q${n}`).sort())
  expect(await imap.count()).toBe(12)
})

test('a mail that comes to two addresses of ours, and one that comes under a new number, are known', async () => {
  await imap.deliver(question('once', { 'Delivered-To': 'help@x' }), question('once', { 'Delivered-To': 'sales@x' }))
  expect(await visit()).toBe(1)
  await imap.renumber()
  expect(await visit()).toBe(0)
  expect(await filed()).toEqual(['once'])
})

test('a Message-ID that was used before, or none, loses no mail', async () => {
  const same = { 'Message-ID': '<same@post.example>' }
  await imap.deliver(question('one', same), question('two', same))
  await imap.deliver(question('three', { 'Message-ID': undefined }), question('four', { 'Message-ID': undefined }))
  await visit()
  expect(await filed()).toEqual(['four', 'one', 'three', 'two'])
})

test('what fails between storing and marking leaves nothing, and is filed once at the next visit', async () => {
  await imap.deliver(question('a'), question('b'), question('c'))
  let failing = true
  const fails: FileMail = (mail, mark) =>
    at.engine.for<JobTables>().tx(async (tx) => {
      await enqueue(tx, clock.now(), [{ key: `mail:${Math.random()}`, kind: mail.subject, ids: {} }])
      await mark(tx)
      if (failing && mail.subject === 'b') throw new Error('the disk is full of ada@post.example')
    })
  await visit(fails)
  expect(await filed()).toEqual(['a', 'c'])
  failing = false
  expect(await visit(fails)).toBe(0)
  clock.advance(61_000)
  await visit(fails)
  expect(await filed()).toEqual(['a', 'b', 'c'])
  expect(lines.join()).not.toContain('post.example')
})

test('a mail that can never be filed is left to staff after five tries, without a word of it', async () => {
  await imap.deliver(question('poison'), question('fine'))
  const fails: FileMail = (mail, mark) =>
    mail.subject === 'poison' ? Promise.reject(new Error(mail.text)) : asJob(mail, mark)
  for (let day = 0; day < 8; day += 1) {
    await visit(fails)
    clock.advance(61_000)
  }
  expect(await filed()).toEqual(['fine'])
  expect(told).toMatchObject([{ uid: 1, because: 'Error' }])
})

test('a mail that cannot be fetched holds up none behind it, and is left to staff after five tries', async () => {
  await imap.deliver(question('stuck'), question('behind'))
  const mailbox = imapMailbox(imap.server)
  const stuck = {
    ...mailbox,
    visit: <R>(use: (box: OpenMailbox) => Promise<R>): Promise<R> =>
      mailbox.visit((box) =>
        use({
          ...box,
          fetch: (uid) => (uid === 1 ? Promise.reject(new Error('of ada@post.example')) : box.fetch(uid)),
        }),
      ),
  }
  await visit(asJob, {}, stuck)
  expect(await filed()).toEqual(['behind'])
  for (let day = 0; day < 6; day += 1) {
    clock.advance(61_000)
    await visit(asJob, {}, stuck)
  }
  expect(told).toMatchObject([{ uid: 1, because: 'Error' }])
  expect(lines.join()).not.toContain('post.example')
})

test('mails that were taken in are moved or deleted where the vendor wants it, those left to staff never', async () => {
  await imap.deliver(question('one'), 'X-Pad: ' + 'x'.repeat(300_000) + '\r\n\r\nhi')
  await visit(asJob, { afterwards: 'move', folder: 'Aside' })
  expect([await imap.count(), await imap.count('Aside')]).toEqual([1, 1])
  await imap.deliver(question('two'))
  await visit(asJob, { afterwards: 'delete' })
  expect(await filed()).toEqual(['one', 'two'])
  expect([await imap.count(), await imap.count('Aside')]).toEqual([1, 1])
})

test('a server elsewhere is not spoken to without TLS', async () => {
  const { server } = imap
  expect(() => imapMailbox({ ...server, host: 'imap.example.com' })).toThrow('imap-needs-tls')
  const { plainOnLoopback: _, ...strict } = server
  await expect(imapMailbox(strict).visit(() => Promise.resolve(1))).rejects.toThrow('imap-not-reached')
})

testOn('postgres')(
  'a process that is killed between storing and marking loses and doubles nothing',
  async () => {
    await imap.deliver(...Array.from({ length: 6 }, (_, n) => question(`k${n}`)))
    for (const dieAt of [2, 1, 3, 0]) {
      const task: PollerTask = { source: at.source, server: imap.server, dieAt }
      const args = ['--import', 'tsx', 'test/mail/poller.ts', JSON.stringify(task)]
      const child = spawn(process.execPath, args, { stdio: 'ignore' })
      const signal = await new Promise((resolve) => child.once('exit', (_, by) => resolve(by)))
      expect(signal).toBe(dieAt === 0 ? null : 'SIGKILL')
    }
    const rows = await at.engine.asOwner((ask) => ask(`select split_part(key, ':', 1) as subject from job order by 1`))
    expect(rows.map((row) => row['subject'])).toEqual(['k0', 'k1', 'k2', 'k3', 'k4', 'k5'])
  },
  120_000,
)

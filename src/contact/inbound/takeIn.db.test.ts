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
import type { Lying, Mailbox, OpenMailbox } from './mailbox.ts'

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

test('a mail of which nothing was made and nothing was marked is left to staff', async () => {
  await imap.deliver(question('ignored'))
  expect(await visit(() => Promise.resolve())).toBe(0)
  expect(told).toMatchObject([{ uid: 1, because: 'not-marked' }])
  await visit()
  expect([await filed(), told.length]).toEqual([[], 1])
})

/** A mailbox of the test's own, which counts what it was asked. Shape: a mail without bytes cannot be fetched. */
function counted(lying: Map<number, Buffer | undefined>, validity = { is: '1' }) {
  const asked: { from: number; listed: number }[] = []
  const list = (from: number): Promise<Lying[]> => {
    const uids = [...lying.keys()].filter((uid) => uid >= from).sort((a, b) => a - b)
    asked.push({ from, listed: uids.length })
    return Promise.resolve(uids.map((uid) => ({ uid, bytes: lying.get(uid)?.length ?? 0 })))
  }
  const fetch = (uid: number) => {
    const bytes = lying.get(uid)
    return bytes || !lying.has(uid) ? Promise.resolve(bytes) : Promise.reject(new Error('not now'))
  }
  const mailbox: Mailbox = {
    leaves: true,
    visit: (use) => use({ validity: validity.is, list, fetch, settle: () => Promise.resolve() }),
  }
  return { mailbox, asked }
}

test('a visit lists only what came since, and what waits to be tried again', async () => {
  const lying = new Map(Array.from({ length: 250 }, (_, n) => [n + 1, question(`s${n + 1}`)] as const))
  const { mailbox, asked } = counted(lying)
  const go = async () => [await visit(asJob, {}, mailbox), asked.at(-1)?.from, asked.at(-1)?.listed]
  expect(await go()).toEqual([200, 1, 250])
  expect(await go()).toEqual([50, 201, 50])
  expect(await go()).toEqual([0, 251, 0])
  lying.set(260, undefined as never).set(261, question('behind'))
  expect(await go()).toEqual([1, 251, 2])
  lying.set(262, question('between'))
  expect(await go()).toEqual([1, 260, 3])
  lying.set(260, question('late'))
  clock.advance(61_000)
  expect(await go()).toEqual([1, 260, 3])
  expect(await go()).toEqual([0, 263, 0])
  expect(await filed()).toHaveLength(253)
})

test('a mail that was to be tried again and is gone keeps no list long, and one that only seemed gone is found', async () => {
  const lying = new Map<number, Buffer | undefined>([
    [1, undefined],
    [2, question('fine')],
  ])
  const { mailbox, asked } = counted(lying)
  await visit(asJob, {}, mailbox)
  lying.delete(1)
  await visit(asJob, {}, mailbox)
  clock.advance(61_000)
  await visit(asJob, {}, mailbox)
  await visit(asJob, {}, mailbox)
  expect(asked.map(({ from }) => from)).toEqual([1, 1, 1, 3])
  lying.set(3, question('blinked')).set(4, question('after'))
  const blinks: Mailbox = {
    ...mailbox,
    visit: (use) =>
      mailbox.visit((box) =>
        use({ ...box, fetch: (uid) => (uid === 3 ? Promise.resolve(undefined) : box.fetch(uid)) }),
      ),
  }
  await visit(asJob, {}, blinks)
  expect(await filed()).toEqual(['after', 'fine'])
  clock.advance(61_000)
  await visit(asJob, {}, mailbox)
  expect(await filed()).toEqual(['after', 'blinked', 'fine'])
  expect(told).toEqual([])
})

test('a mailbox whose numbers were given anew is listed from its beginning, and nothing in it is filed twice', async () => {
  const lying = new Map([
    [7, question('seven')],
    [8, question('eight')],
  ])
  const validity = { is: '1' }
  const { mailbox, asked } = counted(lying, validity)
  expect(await visit(asJob, {}, mailbox)).toBe(2)
  validity.is = '2'
  lying.set(1, question('seven')).set(2, question('new'))
  lying.delete(7)
  lying.delete(8)
  expect(await visit(asJob, {}, mailbox)).toBe(1)
  validity.is = '1'
  await visit(asJob, {}, mailbox)
  expect(asked.map(({ from }) => from)).toEqual([1, 1, 9])
  expect(await filed()).toEqual(['eight', 'new', 'seven'])
})

test('a server is asked for what lies from a number on, and answers with nothing when nothing does', async () => {
  await imap.deliver(question('first'), question('second'))
  const list = (from: number) => imapMailbox(imap.server).visit((box) => box.list(from))
  expect((await list(1)).map(({ uid }) => uid)).toEqual([1, 2])
  expect((await list(2)).map(({ uid }) => uid)).toEqual([2])
  expect(await list(3)).toEqual([])
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

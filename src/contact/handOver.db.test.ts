import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDoors, type Doors } from '../../test/doors.ts'
import type { Composed } from './index.ts'

function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {}
  const promise = new Promise<T>((done) => (resolve = done))
  return { promise, resolve }
}

let doors: Doors
let compose: () => Promise<Composed>

const text =
  'Thank you for your order. Your key works at once and for good; keep this mail, it is the only thing you need to bring it back.'
const usual: Composed = { subject: 'Your key\r\nBcc: mallory@example.org', text, carries: ['licenceKey'] }

beforeAll(async () => {
  doors = await openDoors({ composer: () => compose() })
})
afterAll(() => doors.close())

const again = () => (compose = () => Promise.resolve(usual))
const handOver = (mailId: string) => doors.contact.jobs['contact.handOver']({ mail: mailId })
const boxes = async (mailId: string): Promise<unknown> =>
  (await doors.rows(`select count(*)::int as n from vault.box where part = 'message' and item = '${mailId}'`))[0]?.['n']

test('a mail is a row of ids until it is handed over, then one sealed box that the outbox opens by a logged look', async () => {
  again()
  const ada = await doors.buyer('ada@example.org')
  const mailId = await doors.mail(ada)
  expect(await doors.contact.outbox.open(mailId)).toMatchObject({ outcome: 'waiting' })
  await doors.work()
  expect(await doors.contact.ledger(ada)).toMatchObject([
    { outcome: 'handed-over', keptClass: 'contract', kind: 'receipt', for: 'order:1' },
  ])
  const opened = await doors.contact.outbox.open(mailId)
  expect(opened).toMatchObject({
    outcome: 'shown',
    to: 'ada@example.org',
    subject: 'Your key Bcc: mallory@example.org',
  })
  expect(opened.outcome === 'shown' && opened.text.split('\n').every((line) => line.length <= 76)).toBe(true)
  expect((await doors.vault.looks(ada))[0]).toMatchObject({
    kind: 'reveal',
    role: 'program',
    parts: ['message'],
    ref: `mail:${mailId}`,
  })
  expect(await doors.partners.passedOn({ person: ada })).toMatchObject([
    { recipient: 'mailHost', fields: ['email', 'licenceKey'], times: 1 },
  ])
})

test('the same key asks for one mail only, also from many sides at once', async () => {
  again()
  const ada = await doors.buyer('ada@example.org')
  await Promise.all(Array.from({ length: 20 }, () => doors.mail(ada, 'order:7:receipt:1')))
  expect(await doors.contact.ledger(ada)).toHaveLength(1)
})

test('fifty hand-overs of one mail at once make one box and one end', async () => {
  again()
  const ada = await doors.buyer('ada@example.org')
  const mailId = await doors.mail(ada)
  const results = await Promise.all(Array.from({ length: 50 }, () => handOver(mailId)))
  expect(results.every((result) => result.outcome === 'done')).toBe(true)
  expect(await boxes(mailId)).toBe(1)
  expect(await doors.contact.ledger(ada)).toMatchObject([{ outcome: 'handed-over' }])
  await doors.work()
})

test('a worker that stops between taking a mail and ending it is taken over, and there is still one mail', async () => {
  const entered = deferred<void>()
  const stuck = deferred<Composed>()
  compose = () => {
    entered.resolve()
    return stuck.promise
  }
  const ada = await doors.buyer('ada@example.org')
  const mailId = await doors.mail(ada)
  const first = doors.work()
  await entered.promise
  again()
  expect(await doors.work()).toBe(0)
  doors.clock.advance(61_000)
  expect(await doors.work()).toBe(1)
  expect(await boxes(mailId)).toBe(1)
  stuck.resolve({ subject: 'A second one', text: 'This must not arrive.' })
  await first
  expect(await boxes(mailId)).toBe(1)
  expect(await doors.contact.outbox.open(mailId)).toMatchObject({ subject: 'Your key Bcc: mallory@example.org' })
})

test('a program that dies before the last commit leaves a mail that waits, without a box, and the next try sends one', async () => {
  again()
  const ada = await doors.buyer('ada@example.org')
  const mailId = await doors.mail(ada)
  await doors.rows('revoke update on contact_ledger from avow_app')
  await doors.work()
  expect([await boxes(mailId), (await doors.contact.ledger(ada))[0]?.outcome]).toEqual([0, null])
  await doors.rows('grant update on contact_ledger to avow_app')
  doors.clock.advance(60_000)
  await doors.work()
  expect(await boxes(mailId)).toBe(1)
})

test('a mail to somebody who was erased is dropped, nothing is sent, and the outbox shows nothing', async () => {
  again()
  const [ada, bela] = [await doors.buyer('ada@example.org'), await doors.buyer('bela@example.org')]
  const sent = await doors.mail(bela)
  await doors.work()
  const waiting = await doors.mail(ada)
  for (const person of [ada, bela]) await doors.vault.erase({ person, actor: { role: 'person', id: 'link' } })
  await doors.work()
  expect(await doors.contact.ledger(ada)).toMatchObject([{ outcome: 'dropped', because: 'erased', handedOverAt: null }])
  expect(await doors.partners.passedOn({ person: ada })).toEqual([])
  expect(await doors.contact.outbox.open(waiting)).toMatchObject({ outcome: 'erased' })
  expect(await doors.contact.outbox.open(sent)).toMatchObject({ outcome: 'erased' })
  expect([await boxes(waiting), await boxes(sent)]).toEqual([0, 0])
})

test('an erasure in the middle of a hand-over wins', async () => {
  const ada = await doors.buyer('ada@example.org')
  compose = async () => {
    await doors.vault.erase({ person: ada, actor: { role: 'person', id: 'link' } })
    return usual
  }
  const mailId = await doors.mail(ada)
  await doors.work()
  expect(await doors.contact.ledger(ada)).toMatchObject([{ outcome: 'dropped' }])
  expect(await boxes(mailId)).toBe(0)
})

test('those who were given an address are told of an erasure, with a state that can be seen', async () => {
  again()
  const ada = await doors.buyer('ada@example.org')
  await doors.mail(ada)
  await doors.work()
  await doors.vault.erase({ person: ada, actor: { role: 'person', id: 'link' } })
  for (const _ of [1, 2]) await doors.at.engine.for<never>().tx((tx) => doors.partners.tellErasure(tx, ada))
  expect(await doors.partners.toldAbout(ada)).toMatchObject([{ recipient: 'mailHost', state: 'waiting' }])
  await doors.work()
  expect(await doors.partners.toldAbout(ada)).toMatchObject([{ recipient: 'mailHost', state: 'nothing-held' }])
})

test('a recipient that no machine can tell is left to staff, by name', async () => {
  again()
  const ada = await doors.buyer('ada@example.org')
  await doors.mail(ada)
  await doors.work()
  await doors.vault.erase({ person: ada, actor: { role: 'person', id: 'link' } })
  await doors.at.engine.for<never>().tx((tx) => doors.partners.tellErasure(tx, ada))
  const [row] = await doors.partners.toldAbout(ada)
  await doors.partners.jobs({})['partners.tellErasure']({ told: row?.id ?? '' })
  expect(await doors.partners.waitingForStaff()).toMatchObject([{ id: row?.id, recipient: 'mailHost' }])
  await doors.partners.markTold(row?.id ?? '')
  expect(await doors.partners.toldAbout(ada)).toMatchObject([{ state: 'told' }])
})

test('a person may be reached by mail for a purpose with a live ground, and in no other way', async () => {
  const ada = await doors.buyer('ada@example.org')
  const may = doors.contact.mayContact
  expect(await may(ada, 'mail', 'purchase')).toEqual({ outcome: 'may' })
  expect(await may(ada, 'mail', 'refunds')).toEqual({ outcome: 'mayNot', because: 'no-ground' })
  expect(await may(ada, 'mail', 'campaignMail')).toEqual({ outcome: 'mayNot', because: 'no-ground' })
  expect(await may(ada, 'post', 'campaignPost')).toEqual({ outcome: 'mayNot', because: 'no-ground' })
  await doors.vault.erase({ person: ada, actor: { role: 'person', id: 'link' } })
  expect(await may(ada, 'mail', 'purchase')).toEqual({ outcome: 'mayNot', because: 'erased' })
})

test('a composer may drop a mail or ask for more time, and after five days the mail is given up and staff are told', async () => {
  const ada = await doors.buyer('ada@example.org')
  compose = () => Promise.resolve({ outcome: 'drop', because: 'order-cancelled' })
  await doors.mail(ada)
  await doors.work()
  compose = () => Promise.resolve({ outcome: 'later', because: 'no-key-yet' })
  const mailId = await doors.mail(ada)
  expect(await handOver(mailId)).toEqual({ outcome: 'later', because: 'no-key-yet' })
  doors.clock.advance(5 * 86_400_000)
  expect(await handOver(mailId)).toEqual({ outcome: 'done' })
  expect(await doors.contact.ledger(ada)).toMatchObject([
    { outcome: 'dropped', because: 'order-cancelled' },
    { outcome: 'given-up', because: 'no-key-yet' },
  ])
  expect(doors.troubles.at(-1)).toMatchObject({ kind: 'mail-not-sent', mailId, because: 'no-key-yet' })
  await doors.work()
})

test('when the mail host’s commitment ends its mails wait, staff are told, and nothing is opened', async () => {
  again()
  const ada = await doors.buyer('ada@example.org')
  doors.clock.advance(366 * 86_400_000)
  const mailId = await doors.mail(ada)
  const looks = await doors.vault.looks(ada)
  expect(await handOver(mailId)).toEqual({ outcome: 'later', because: 'shut-expired' })
  expect(doors.troubles.at(-1)).toEqual({
    kind: 'partner-shut',
    mailId,
    for: 'order:1',
    recipient: 'mailHost',
    because: 'expired',
  })
  expect(await doors.vault.looks(ada)).toEqual(looks)
  expect(await doors.contact.ledger(ada)).toMatchObject([{ outcome: null }])
})

test('no address in the log, in the ledger, in a job, or in what was passed on', async () => {
  const tables = await Promise.all(
    ['contact_ledger', 'contact_key', 'job', 'disclosure', 'erasure_told'].map((table) =>
      doors.rows(`select to_jsonb(t)::text as row from ${table} t`),
    ),
  )
  expect(tables.every((rows) => rows.length > 0)).toBe(true)
  expect(JSON.stringify([tables, doors.lines, doors.troubles])).not.toMatch(/ada@|bela@|mallory@|example\.org/)
})

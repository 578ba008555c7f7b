import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDoors, type Doors } from '../../../test/doors.ts'
import type { PersonId } from '../../vault/index.ts'
import { postalText } from '../../vault/index.ts'
import { bounceOf } from './bounced.ts'
import { madeSince, madeUntil } from './queries.ts'

let doors: Doors

beforeAll(async () => {
  const news = () =>
    Promise.resolve({
      subject: 'News',
      text: 'A new version.',
      stopLink: 'https://shop.example/u/AAAAAAAAAAAAAAAAAAAAAA',
    })
  doors = await openDoors({ composers: { news, newsConfirm: news, policyChange: news } })
})
afterAll(() => doors.close())

const tx = <T>(run: Parameters<ReturnType<Doors['at']['engine']['for']>['tx']>[0]) =>
  doors.at.engine.for<never>().tx(run as never) as Promise<T>
const may = (person: PersonId) => doors.contact.mayContact(person, 'mail', 'campaignMail')
const no = (because: string) => ({ outcome: 'mayNot', because })

/** Somebody who asked for news by mail, in one spelling of their address. */
async function reader(email: string): Promise<PersonId> {
  const sealer = await doors.vault.newPerson(['relation'], { email })
  const arrival = { purposes: ['campaignMail'] as const, values: { email }, notice: 1, channel: 'web form' }
  return tx((handle) => doors.vault.collect(handle, sealer, arrival))
}

let sent = 0
async function newsTo(person: PersonId, campaign = 'campaign:1' as const): Promise<string> {
  doors.clock.advance(1)
  const key = `news:${(sent += 1)}`
  await tx((handle) =>
    doors.contact.send(handle, { key, kind: 'news', person, purpose: 'campaignMail', for: campaign, line: 'bulk' }),
  )
  return (await doors.contact.ledger(person)).at(-1)?.messageId ?? ''
}
const ends = async (person: PersonId) =>
  (await doors.contact.ledger(person)).map((mail) => mail.because ?? mail.outcome)

test('a no stops news at once, in every spelling of the address and for every person who has it', async () => {
  const ada = await reader('Ada.One@Bücher.example')
  expect(await may(ada)).toEqual({ outcome: 'may' })
  await tx((handle) => doors.contact.stop(handle, { person: ada, channel: 'mail', because: 'said-no' }))
  for (const spelling of ['ada.one@xn--bcher-kva.example', 'ADA.ONE+news@BÜCHER.example', 'ada.one@bücher.example.'])
    expect(await may(await reader(spelling))).toEqual(no('said-no'))
  expect(await may(await reader('ada.two@bücher.example'))).toEqual({ outcome: 'may' })
})

test('a no is about news: a receipt still comes', async () => {
  const ada = await doors.buyer('ada.receipt@mail.example')
  await tx((handle) => doors.contact.stop(handle, { person: ada, channel: 'mail', because: 'said-no' }))
  await doors.mail(ada)
  await doors.work()
  expect(await ends(ada)).toEqual(['handed-over'])
})

test('a no that comes while a mail waits wins over it', async () => {
  const bela = await reader('bela@mail.example')
  await newsTo(bela)
  await tx((handle) => doors.contact.stop(handle, { person: bela, channel: 'mail', because: 'said-no' }))
  await doors.work()
  expect(await ends(bela)).toEqual(['said-no'])
})

test('a no outlives the erasure of whoever said it, and only a mark is left of the address', async () => {
  const ada = await reader('ada.gone@mail.example')
  await tx((handle) => doors.contact.stop(handle, { person: ada, channel: 'mail', because: 'said-no' }))
  await doors.vault.erase({ person: ada, actor: { role: 'person', id: 'link' } })
  expect(await may(await reader('Ada.Gone+shop@MAIL.example'))).toEqual(no('said-no'))
  expect(await doors.contact.many.isStopped({ channel: 'mail', value: 'ada.gone@mail.example.' })).toBe(true)
  const rows = JSON.stringify(await doors.rows('select * from contact_stop'))
  expect(rows).not.toMatch(/gone|mail\.example/)
})

test('only the person who asks anew lifts a no, and that is written down', async () => {
  const ada = await reader('ada.back@mail.example')
  await tx((handle) => doors.contact.stop(handle, { person: ada, channel: 'mail', because: 'said-no' }))
  const again = await reader('ada.back@mail.example')
  expect(await may(again)).toEqual(no('said-no'))
  await tx((handle) => doors.contact.lift(handle, { person: again, channel: 'mail' }))
  expect(await may(again)).toEqual({ outcome: 'may' })
  expect((await doors.contact.stopCounts()).lifted).toBe(1)
  await tx((handle) => doors.contact.stop(handle, { person: again, channel: 'mail', because: 'said-no' }))
  expect(await may(ada)).toEqual(no('said-no'))
})

test('whoever said no and asks again still gets the one mail with which they confirm it', async () => {
  const ada = await reader('ada.anew@mail.example')
  await tx((handle) => doors.contact.stop(handle, { person: ada, channel: 'mail', because: 'said-no' }))
  const about = { person: ada, purpose: 'campaignMail', for: 'request:1' } as const
  await tx((handle) => doors.contact.send(handle, { ...about, key: 'news-confirm:1', kind: 'newsConfirm' }))
  while ((await doors.work()) > 0);
  expect(await ends(ada)).toEqual(['handed-over'])
  expect(await may(ada)).toEqual(no('said-no'))
})

test('what a mail is decides whether a no concerns it, and never what it is said to be for', async () => {
  const ada = await reader('ada.policy@mail.example')
  await tx((handle) => doors.contact.stop(handle, { person: ada, channel: 'mail', because: 'said-no' }))
  const about = { person: ada, purpose: 'campaignMail' } as const
  const refs = ['policy:x', 'request:x'] as const
  for (const ref of refs)
    await tx((handle) => doors.contact.send(handle, { ...about, key: `as-${ref}`, kind: 'news', for: ref }))
  await tx((handle) => doors.contact.send(handle, { ...about, key: 'change', kind: 'policyChange', for: 'policy:x' }))
  while ((await doors.work()) > 0);
  expect((await ends(ada)).map(String).sort()).toEqual(['handed-over', 'said-no', 'said-no'])
  const sent = (await doors.contact.ledger(ada)).filter(({ outcome }) => outcome === 'handed-over')
  expect(sent.map(({ kind }) => kind)).toEqual(['policyChange'])
})

test('somebody who died is written to on no channel any more, but what the law demands', async () => {
  const ada = await doors.buyer('ada.died@mail.example')
  const at = { person: ada, purpose: 'rights', notice: 1, channel: 'letter' } as const
  await tx((handle) => doors.vault.grant(handle, at))
  await tx((handle) => doors.contact.stop(handle, { person: ada, channel: 'all', because: 'deceased' }))
  for (const channel of ['mail', 'post', 'telephone'] as const)
    expect(await doors.contact.mayContact(ada, channel, 'purchase')).toEqual(no('deceased'))
  expect(await doors.contact.mayContact(ada, 'mail', 'rights')).toEqual({ outcome: 'may' })
})

/** Somebody who bought, at one address of a family. */
async function atHome(email: string): Promise<PersonId> {
  const values = { email, name: 'N', street: 'Zwaluwstraat 1', postcode: '9051', city: 'Gent', country: 'BE' }
  const telephone = '+32 9 111 22 33'
  const sealer = await doors.vault.newPerson(['contract', 'relation', 'tax'], {
    email,
    telephone,
    post: postalText(values),
  })
  const purposes = ['purchase', 'registration', 'campaignMail', 'campaignPost', 'campaignTelephone'] as const
  const arrival = { purposes, values: { ...values, telephone }, notice: 1, channel: 'web form' }
  return tx((handle) => doors.vault.collect(handle, sealer, arrival))
}

test('after a death the others of the house get their receipt and their key, and only news by letter or telephone ends', async () => {
  const [dead, wife] = [await atHome('he@home.example'), await atHome('she@home.example')]
  await tx((handle) => doors.contact.stop(handle, { person: dead, channel: 'mail', because: 'said-no' }))
  await tx((handle) => doors.contact.stop(handle, { person: dead, channel: 'all', because: 'deceased' }))
  for (const person of [wife, await atHome('son@home.example')]) {
    for (const purpose of ['purchase', 'registration', 'campaignMail'] as const)
      expect(await doors.contact.mayContact(person, 'mail', purpose), purpose).toEqual({ outcome: 'may' })
    expect(await doors.contact.mayContact(person, 'post', 'purchase')).toEqual({ outcome: 'may' })
    expect(await doors.contact.mayContact(person, 'post', 'campaignPost')).toEqual(no('deceased'))
    expect(await doors.contact.mayContact(person, 'telephone', 'campaignTelephone')).toEqual(no('deceased'))
  }
  for (const purpose of ['purchase', 'registration'] as const)
    expect(await doors.contact.mayContact(dead, 'post', purpose)).toEqual(no('deceased'))
  expect(await doors.contact.mayContact(dead, 'mail', 'purchase')).toEqual(no('deceased'))
})

test('a letter that came back stops post to that house, and mail goes on', async () => {
  const values = { name: 'Ada', street: 'Side Street 9', postcode: '9000', city: 'Gent', country: 'BE' }
  const live = async (spelled: typeof values) => {
    const sealer = await doors.vault.newPerson(['relation'], {
      email: 'ada.moved@mail.example',
      post: postalText(spelled),
    })
    return tx<PersonId>((handle) =>
      doors.vault.collect(handle, sealer, {
        purposes: ['campaignPost', 'campaignMail'],
        values: { ...spelled, email: 'ada.moved@mail.example' },
        notice: 1,
        channel: 'web form',
      }),
    )
  }
  const ada = await live(values)
  await tx((handle) => doors.contact.stop(handle, { person: ada, channel: 'post', because: 'returned' }))
  const again = await live({ ...values, street: 'SIDE STREET, 9', postcode: '9000 ' })
  expect(await doors.contact.mayContact(again, 'post', 'campaignPost')).toEqual(no('returned'))
  expect(await may(again)).toEqual({ outcome: 'may' })
})

test.each([
  ['5.1.1', 'lasting'],
  ['5.1.10', 'lasting'],
  ['5.2.1', 'lasting'],
  ['5.2.2', 'passing'],
  ['4.4.1', 'passing'],
  ['5.7.1', 'other'],
  ['2.0.0', 'other'],
])('a status of %s is %s', (status, kind) => expect(bounceOf(status)).toBe(kind))

test('a dead address is stopped at once; three mails that failed for now stop it only over two campaigns', async () => {
  const [ada, bela] = [await reader('ada.dead@mail.example'), await reader('bela.full@mail.example')]
  expect(await doors.contact.bounced({ messageId: await newsTo(ada), status: '5.1.1' })).toBe('ours')
  expect(await may(ada)).toEqual(no('bounced'))
  for (let round = 0; round < 3; round += 1)
    await doors.contact.bounced({ messageId: await newsTo(bela), status: '5.2.2' })
  expect(await may(bela)).toEqual({ outcome: 'may' })
  await doors.contact.bounced({ messageId: await newsTo(bela, 'campaign:2' as never), status: '4.2.2' })
  expect(await may(bela)).toEqual(no('bounced-often'))
})

test('three failures over more than thirty days stop nothing', async () => {
  const ada = await reader('ada.slow@mail.example')
  for (const campaign of ['campaign:3', 'campaign:4', 'campaign:5'] as const) {
    await doors.contact.bounced({ messageId: await newsTo(ada, campaign as never), status: '4.2.2' })
    doors.clock.advance(16 * 86_400_000)
  }
  expect(await may(ada)).toEqual({ outcome: 'may' })
})

test('a bounce that is not ours, or of somebody who was erased, changes nothing and breaks nothing', async () => {
  const ada = await reader('ada.ghost@mail.example')
  const messageId = await newsTo(ada)
  await doors.vault.erase({ person: ada, actor: { role: 'person', id: 'link' } })
  const before = await doors.contact.stopCounts()
  expect(await doors.contact.bounced({ messageId, status: '5.1.1' })).toBe('ours')
  expect(await doors.contact.bounced({ messageId: 'forged@shop.example', status: '5.1.1' })).toBe('unknown')
  expect(await doors.contact.stopCounts()).toEqual(before)
  expect(await doors.vault.held(ada)).toEqual([])
})

test('one of many that was being handed over when the program stopped is unknown, and goes out again only when asked', async () => {
  const ada = await reader('ada.doubt@mail.example')
  await newsTo(ada)
  const { mailId } = (await doors.contact.ledger(ada))[0] ?? { mailId: '' }
  await doors.rows(`update contact_ledger set tried_at = now() where mail_id = '${mailId}'`)
  while ((await doors.work()) > 0);
  expect((await doors.contact.ledger(ada))[0]).toMatchObject({ outcome: 'unknown', because: 'cut-off' })
  expect(await tx((handle) => doors.contact.many.again(handle, 'campaign:1'))).toBe(1)
  await doors.work()
  expect((await doors.contact.ledger(ada))[0]).toMatchObject({ outcome: 'handed-over' })
})

test('letters and calls stand in the same ledger, once for their key', async () => {
  const ada = await reader('ada.called@mail.example')
  const call = {
    key: 'call:1',
    kind: 'newsCall',
    channel: 'telephone',
    person: ada,
    purpose: 'campaignTelephone',
    for: 'campaign:1',
    outcome: 'handed-over',
    because: 'reached',
  } as const
  for (const _ of [1, 2]) await tx((handle) => doors.contact.record(handle, [call]))
  expect(await doors.contact.ledger(ada)).toMatchObject([
    { channel: 'telephone', outcome: 'handed-over', because: 'reached' },
  ])
})

test('contacts that were made are read a page at a time in the order in which they were made, each once', async () => {
  const ada = await reader('ada.paged@mail.example')
  for (let round = 0; round < 5; round += 1) await newsTo(ada, 'campaign:paged' as never)
  while ((await doors.work()) > 0);
  // Two in one millisecond, and one long ago: the database's clock is finer than the program's.
  const ids = (await doors.contact.ledger(ada)).map(({ mailId }) => mailId)
  const made = [
    '2026-01-01 10:00:00.000200Z',
    '2026-01-01 10:00:00.000100Z',
    '2026-01-01 10:00:00.0001Z',
    '2020-01-01Z',
  ]
  for (const [index, at] of made.entries())
    await doors.rows(`update contact_ledger set handed_over_at = '${at}' where mail_id = '${ids[index] ?? ''}'`)
  const found: string[] = []
  let after = madeUntil(new Date('2025-12-31T00:00:00Z'))
  for (let page = 0; page < 500; page += 1) {
    const [row] = await madeSince(doors.at.engine.for<never>().query as never, {
      purposes: ['campaignMail'],
      after,
      most: 1,
    })
    if (!row) break
    found.push(row.mailId)
    after = row
  }
  expect(found.filter((id) => ids.includes(id))).toEqual([ids[1], ids[2], ids[0], ids[4]])
  expect(new Set(found).size).toBe(found.length)
})

test('what waits for one thing, what a person was to get lately, and what answers a mail are counted by their rows alone', async () => {
  const [ada, bela] = [await reader('ada.count@mail.example'), await reader('bela.count@mail.example')]
  const { many, byMessages, countSince } = doors.contact
  const campaign = 'campaign:waits' as never
  const first = await newsTo(ada, campaign)
  const since = doors.clock.now()
  const [second, third] = [await newsTo(ada, campaign), await newsTo(bela, campaign)]
  expect(await many.waiting(campaign)).toBe(3)
  const of = { persons: [ada, bela], kind: 'news', since } as const
  expect(await countSince({ ...of, persons: [] })).toBe(0)
  expect([await countSince(of), await countSince({ ...of, kind: 'receipt' })]).toEqual([3, 0])
  doors.clock.advance(1)
  expect(await countSince({ ...of, since: doors.clock.now() })).toBe(0)
  const asked = [third, 'forged@shop.example', first, second]
  expect((await byMessages(asked)).map(({ messageId }) => messageId)).toEqual([third, first, second])
  expect(await byMessages([])).toEqual([])
  while ((await doors.work()) > 0);
  expect([await many.waiting(campaign), await many.tally(campaign)]).toEqual([0, { 'handed-over': 3 }])
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testEngine, type TestEngine } from '../../test/engine.ts'
import { higosoft } from '../../test/policy.ts'
import type { Tx } from '../db/index.ts'
import { after, movableClock, systemNow } from '../lib/index.ts'
import { mayReveal } from '../policy/index.ts'
import { openFileKeys, openVault, syncPolicy, type KeyStore, type PersonId, type TextId, type Vault } from './index.ts'

const policy = higosoft()
const sam = { role: 'desk', id: 'sam' } as const
const self = { role: 'person', id: 'link' } as const
const clock = movableClock(systemNow())
let at: TestEngine
let keys: KeyStore
let vault: Vault
let keysDir: string

beforeAll(async () => {
  at = await testEngine()
  keysDir = mkdtempSync(join(tmpdir(), 'avow-keys-'))
  keys = await openFileKeys(keysDir, clock.now)
  await at.engine.asOwner((ask) => syncPolicy(ask, policy, at.login))
  const rest = { policy, reveals: mayReveal(policy), now: clock.now, log: () => {}, personTables: [] }
  vault = openVault({ db: at.engine.for<never>(), keys, ...rest })
})

afterAll(async () => {
  await keys.close()
  await at.close()
  rmSync(keysDir, { recursive: true, force: true })
})

const tx = <T>(work: (tx: Tx<never>) => Promise<T>): Promise<T> => at.engine.for<never>().tx(work)

async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const page of pages) found.push(page)
  return found
}

type Written = { person: PersonId; text: TextId }

async function wrote(email: string, passages: readonly string[]): Promise<Written> {
  const sealer = await vault.newPerson(['case'], { email })
  const text = vault.newText()
  await tx(async (tx) => {
    await vault.collect(tx, sealer, {
      purposes: ['support'],
      values: { email },
      notice: 1,
      channel: 'mail',
      keep: true,
    })
    const content = passages.map((passage) => ({ content: Buffer.from(passage), for: [sealer] }))
    await vault.writeTexts(tx, { id: text, class: 'case', passages: content })
  })
  sealer.wipe()
  return { person: sealer.person, text }
}

async function read(person: PersonId, text: TextId): Promise<string[]> {
  const opened = await vault.openTexts({ person, purpose: 'support', texts: [text], actor: sam, for: 'ticket:1' })
  return opened.outcome === 'shown' ? opened.passages.map(({ content }) => content.toString()) : [opened.because]
}

const dump = async (): Promise<string> =>
  JSON.stringify(await at.engine.asOwner((ask) => ask('select t::text, k::text from vault.text t, vault.text_key k')))

test('a text is read by whom it concerns, for a purpose they have a ground for, and each look leaves a line', async () => {
  const { person, text } = await wrote('ada@mail.example', ['Tally does not start.', 'My friend Bela has the same.'])
  expect(await read(person, text)).toEqual(['Tally does not start.', 'My friend Bela has the same.'])
  expect((await vault.looks(person))[0]).toMatchObject({ role: 'desk', purpose: 'support', parts: ['message'] })
  expect(await dump()).not.toContain('Tally')
  const enquiry = { person, purpose: 'enquiry', texts: [text], actor: sam, for: 'ticket:1' } as const
  expect(await vault.openTexts(enquiry)).toEqual({ outcome: 'refused', because: 'no-ground' })
})

test('a passage about somebody else is masked for the writer, and the erasure of one leaves the other’s', async () => {
  const { person: ada, text } = await wrote('ada2@mail.example', [
    'It crashes.',
    'Bela lives in Gent.',
    'Both of us saw it.',
  ])
  const { person: bela } = await wrote('bela@mail.example', ['Hello.'])
  const share = { text, from: ada, to: bela, purpose: 'support', actor: sam, for: 'ticket:1' } as const
  expect(await vault.shareText({ ...share, passages: [1], keep: false })).toEqual({ outcome: 'shared' })
  await vault.shareText({ ...share, passages: [2], keep: true })
  expect(await read(ada, text)).toEqual(['It crashes.', 'Both of us saw it.'])
  expect(await read(bela, text)).toEqual(['Bela lives in Gent.', 'Both of us saw it.'])
  expect((await vault.textPersons([text])).map(({ passage, person }) => [passage, person === ada])).toEqual(
    expect.arrayContaining([[0, true], [1, false], [2, true], [2, false]]), // prettier-ignore
  )
  await vault.erase({ person: ada, actor: self })
  expect(await read(bela, text)).toEqual(['Bela lives in Gent.', 'Both of us saw it.'])
  expect(await read(ada, text)).toEqual(['no-ground'])
  await vault.erase({ person: bela, actor: self })
  expect(await at.engine.asOwner((ask) => ask(`select 1 from vault.text where text_id = $1`, [text]))).toEqual([])
})

test('of two who hand one passage on at once, to whomever, one does, and the other is told so', async () => {
  const { person: ada, text } = await wrote('ada.hands@mail.example', ['It crashes.', 'They have it too.'])
  const others = await Promise.all(
    ['bela', 'carl', 'dora'].map((name) => wrote(`${name}.hands@mail.example`, ['Hello.'])),
  )
  const share = {
    text,
    from: ada,
    passages: [1],
    purpose: 'support',
    keep: false,
    actor: sam,
    for: 'ticket:1',
  } as const
  const done = await Promise.all(others.map(({ person }) => vault.shareText({ ...share, to: person })))
  expect(done.map(({ outcome }) => outcome).sort()).toEqual(['refused', 'refused', 'shared'])
  const [winner] = others.filter((_, at) => done[at]?.outcome === 'shared')
  const owners = (await vault.textPersons([text])).filter(({ passage }) => passage === 1)
  expect(owners.map(({ person }) => person)).toEqual([winner?.person])
  const late = await vault.shareText({ ...share, to: others[0]!.person })
  expect(late).toEqual({ outcome: 'refused', because: 'moved' })
})

test('a passage is destroyed alone', async () => {
  const { person, text } = await wrote('carl@mail.example', ['one', 'two', 'three'])
  expect(await tx((tx) => vault.dropPassages(tx, { text, passages: [1] }))).toBe(1)
  expect(await read(person, text)).toEqual(['one', 'three'])
})

test('nobody writes to a person who is gone, and no text stands without a person', async () => {
  const { person } = await wrote('dora@mail.example', ['one'])
  const opened = await vault.openSealer({
    person,
    classes: ['case'],
    purpose: 'support',
    part: 'message',
    actor: sam,
    for: 'ticket:1',
  })
  if (opened.outcome !== 'open') throw new Error('no sealer')
  await vault.erase({ person, actor: self })
  const late = { id: vault.newText(), class: 'case' as const }
  const passages = [{ content: Buffer.from('late'), for: [opened.sealer] }]
  await expect(tx((tx) => vault.writeTexts(tx, { ...late, passages }))).rejects.toThrow('person-gone')
  await expect(
    tx((tx) => vault.writeTexts(tx, { ...late, passages: [{ content: Buffer.from(''), for: [] }] })),
  ).rejects.toThrow('text-without-person')
  expect(await at.engine.asOwner((ask) => ask(`select 1 from vault.text where text_id = $1`, [late.id]))).toEqual([])
})

test('what is corrected is found and read anew, and the old value no more', async () => {
  const sealer = await vault.newPerson(['contract', 'relation', 'tax'], { email: 'old@mail.example' })
  const person = sealer.person
  await tx((tx) =>
    vault.collect(tx, sealer, {
      purposes: ['purchase', 'registration', 'tax'],
      values: { email: 'old@mail.example', country: 'BE', name: 'Ada' },
      notice: 1,
      channel: 'store',
    }),
  )
  const correct = (values: object) => vault.correct({ person, values, actor: self, for: 'request:1' })
  expect(await correct({ email: 'new@mail.example' })).toEqual({ outcome: 'refused', because: 'no-ground' })
  await tx((tx) =>
    vault.grant(tx, { person, purpose: 'rights', notice: 1, channel: 'web form', until: after(clock.now(), 'P2D') }),
  )
  expect(await correct({ email: 'new@mail.example', name: 'Ada L.' })).toMatchObject({ outcome: 'corrected' })
  for (const purpose of ['purchase', 'registration'] as const)
    expect(await vault.reveal({ person, purpose, actor: self, for: 'order:1' })).toMatchObject({
      values: { email: 'new@mail.example' },
    })
  expect([await vault.find('email', 'old@mail.example'), await vault.find('email', 'new@mail.example')]).toEqual([
    [],
    [person],
  ])
  expect(vault.stopMarks(person)).toEqual([
    { channel: 'mail', mark: Buffer.from(vault.stopMarkOf('mail', 'NEW+tag@Mail.Example.')) },
  ])
  const [one, two] = await Promise.all([correct({ name: 'A' }), correct({ name: 'B' })])
  expect([one.outcome, two.outcome].sort()).toEqual(expect.arrayContaining(['corrected']))
  await correct({ name: '' })
  const shown = await vault.reveal({ person, purpose: 'registration', actor: self, for: 'order:1' })
  expect(shown).toMatchObject({ outcome: 'shown', values: { email: 'new@mail.example' } })
  expect(JSON.stringify(shown)).not.toMatch(/Ada|"A"|"B"/)
})

test('a look at many shows only those with a ground, in one line a page that names each', async () => {
  const news = async (email: string): Promise<PersonId> => {
    const sealer = await vault.newPerson(['relation'], { email })
    await tx((tx) =>
      vault.collect(tx, sealer, { purposes: ['campaignMail'], values: { email }, notice: 1, channel: 'form' }),
    )
    return sealer.person
  }
  const [yes, no, gone] = [
    await news('yes@mail.example'),
    await news('no@mail.example'),
    await news('gone@mail.example'),
  ]
  await tx((tx) => vault.withdraw(tx, { person: no, purposes: ['campaignMail'] }))
  await vault.erase({ person: gone, actor: self })
  const look = {
    purpose: 'campaignMail',
    fields: ['email'],
    actor: { role: 'program', id: 'campaigns' },
    for: 'campaign:1',
  } as const
  const pages = await all(vault.revealMany({ ...look, persons: [[yes, no], [gone], []] }))
  expect(pages.flat()).toEqual([{ person: yes, values: { email: 'yes@mail.example' } }])
  expect((await vault.looks(yes)).map(({ ref }) => ref)).toEqual(['campaign:1'])
  expect((await vault.looks(no)).filter(({ kind }) => kind === 'reveal')).toEqual([])
  expect(await all(vault.personsOf('campaignMail'))).toEqual([[yes]])
  await expect(all(vault.revealMany({ ...look, actor: sam, persons: [[yes]] }))).rejects.toThrow('look-refused')
  expect(await vault.evidence.looksSince(new Date(0))).toMatchObject({ outside: 0 })
})

test('a group is corrected as a whole, and a value that is taken away is found no more', async () => {
  const address = { name: 'Ada', street: 'Main Street 1', city: 'Cork', country: 'IE', telephone: '+353 1 555 0101' }
  const sealer = await vault.newPerson(['contract'], { email: 'whole@mail.example', telephone: address.telephone })
  const person = sealer.person
  await tx((tx) =>
    vault.collect(tx, sealer, {
      purposes: ['purchase', 'fulfilment'],
      values: { email: 'whole@mail.example', ...address },
      notice: 1,
      channel: 'store',
    }),
  )
  const until = after(clock.now(), 'P2D')
  await tx((tx) => vault.grant(tx, { person, purpose: 'rights', notice: 1, channel: 'web form', until }))
  const correct = (values: object) => vault.correct({ person, values, actor: self, for: 'request:1' })
  const moved = { street: 'Zwaluwstraat 9', postcode: '9000', city: 'Gent', country: 'BE' }
  expect(await correct({ ...moved, telephone: '' })).toMatchObject({ outcome: 'corrected' })
  const shown = await vault.reveal({ person, purpose: 'fulfilment', actor: sam, for: 'order:1' })
  expect(shown).toMatchObject({ values: { ...moved, name: 'Ada' } })
  expect(JSON.stringify(shown)).not.toContain('555 0101')
  expect(await vault.find('telephone', address.telephone)).toEqual([])
  expect(await vault.find('email', 'whole@mail.example')).toEqual([person])
})

test('what stops a correction half way leaves the person found by the old address alone', async () => {
  const { person } = await wrote('before@mail.example', ['one'])
  const until = after(clock.now(), 'P2D')
  await tx((tx) => vault.grant(tx, { person, purpose: 'rights', notice: 1, channel: 'web form', until }))
  const broken = { also: () => Promise.reject(new Error('the disk is full')) }
  const values = { email: 'after@mail.example' }
  await expect(vault.correct({ person, values, actor: self, for: 'request:1', ...broken })).rejects.toThrow('full')
  expect(await vault.find('email', 'after@mail.example')).toEqual([])
  expect(await vault.find('email', 'before@mail.example')).toEqual([person])
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDoors, recipients, type Doors } from '../../test/doors.ts'
import { higosoft } from '../../test/policy.ts'
import type { PersonId } from '../vault/index.ts'
import { openPartners } from './index.ts'

let doors: Doors
let ada: PersonId

beforeAll(async () => {
  doors = await openDoors()
  ada = await doors.buyer('ada@example.org')
})
afterAll(() => doors.close())

const mail = {
  recipient: 'mailHost',
  purpose: 'purchase',
  for: 'mail:1',
  values: { mailId: '1', subject: 'Hello', text: 'Hello' },
} as const
const payment = {
  recipient: 'stripe',
  purpose: 'purchase',
  for: 'order:7',
  values: { orderId: '7', amountMinor: 5929, currency: 'EUR' },
} as const

test('what is let out holds exactly the asked fields and values, cannot be changed, and is logged by names only', async () => {
  const gate = await doors.partners.disclose({ ...mail, person: ada, fields: ['email'] })
  if (gate.outcome === 'shut') throw new Error(gate.because)
  expect(gate.released).toMatchObject({
    recipient: 'mailHost',
    host: '127.0.0.1',
    fields: { email: 'ada@example.org' },
    values: mail.values,
  })
  expect([gate.released, gate.released.fields, gate.released.values].every(Object.isFrozen)).toBe(true)
  const rows = await doors.rows(`select * from disclosure where disclosure_id = '${gate.released.disclosureId}'`)
  expect(rows).toMatchObject([
    {
      recipient: 'mailHost',
      purpose: 'purchase',
      ref: 'mail:1',
      fields: ['email'],
      value_names: ['mailId', 'subject', 'text'],
      person_id: ada,
    },
  ])
  expect(JSON.stringify(rows)).not.toContain('ada@example.org')
})

test('an order is told to the processor without a person, so that a refund after an erasure passes', async () => {
  expect(await doors.partners.disclose(payment)).toMatchObject({
    outcome: 'released',
    released: { fields: {}, values: payment.values },
  })
  expect(await doors.partners.passedOn({ ref: 'order:7' })).toMatchObject([
    { name: 'Stripe', fields: [], values: ['orderId', 'amountMinor', 'currency'], times: 1 },
  ])
})

test('unknown recipients, purposes, fields and values are outcomes, and leave no row and no look', async () => {
  const before = await doors.rows('select count(*) from disclosure')
  const looks = await doors.vault.looks(ada)
  const because = async (ask: Parameters<Doors['partners']['disclose']>[0]) => {
    const gate = await doors.partners.disclose(ask)
    return gate.outcome === 'shut' ? gate.because : gate.outcome
  }
  expect(await because({ ...payment, recipient: 'broker' })).toBe('unknown')
  expect(await because({ ...payment, purpose: 'rights' })).toBe('not-of-purpose')
  expect(await because({ ...payment, purpose: 'campaignMail' })).toBe('not-of-purpose')
  expect(await because({ ...payment, person: ada, fields: ['email'] })).toBe('not-needed')
  expect(await because({ ...mail, person: ada, fields: ['name'] })).toBe('not-needed')
  expect(await because({ ...payment, values: { cardNumber: '4242' } })).toBe('unknown-value')
  expect(await doors.rows('select count(*) from disclosure')).toEqual(before)
  expect(await doors.vault.looks(ada)).toEqual(looks)
})

test('when the log row cannot be written nothing is opened and nothing leaves', async () => {
  const looks = await doors.vault.looks(ada)
  await doors.rows('revoke insert on disclosure from avow_app')
  await expect(doors.partners.disclose({ ...mail, person: ada, fields: ['email'] })).rejects.toThrow(
    'permission denied',
  )
  await doors.rows('grant insert on disclosure to avow_app')
  expect(await doors.vault.looks(ada)).toEqual(looks)
})

test('nothing is let out inside a transaction, since its log row could be taken back', async () => {
  const inside = doors.at.engine.for<never>().tx(() => doors.partners.disclose(payment))
  await expect(inside).rejects.toThrow('outer-handle-in-tx')
})

test('a person without a ground gets a row that says that nothing left, and is not shown as passed on', async () => {
  const bela = await doors.buyer('bela@example.org')
  expect(await doors.partners.disclose({ ...mail, purpose: 'rights', person: bela, fields: ['email'] })).toEqual({
    outcome: 'shut',
    because: 'no-ground',
  })
  expect(await doors.partners.passedOn({ person: bela })).toEqual([])
  expect(
    await doors.rows(
      `select because from disclosure_withheld w join disclosure d using (disclosure_id) where person_id = '${bela}'`,
    ),
  ).toEqual([{ because: 'no-ground' }])
})

test('the same thing passed on twice is shown once, with how often', async () => {
  const bela = await doors.buyer('bela@example.org')
  for (const _ of [1, 2])
    await doors.partners.disclose({ ...mail, for: 'mail:2', person: bela, fields: ['email'], carries: ['licenceKey'] })
  expect(await doors.partners.passedOn({ person: bela })).toMatchObject([
    { name: 'Postbode Mail', fields: ['email', 'licenceKey'], ref: 'mail:2', times: 2 },
  ])
})

test('a commitment lives one year from the first start, which later starts cannot move', async () => {
  const own = await openDoors()
  try {
    own.clock.advance(300 * 86_400_000)
    await own.partners.start(own.clock.now())
    expect(await own.partners.disclose(payment)).toMatchObject({ outcome: 'released' })
    const states = async (): Promise<string[]> => (await own.partners.register()).map((row) => row.commitment.state)
    expect(new Set(await states())).toEqual(new Set(['live']))
    own.clock.advance(66 * 86_400_000)
    await own.partners.start(own.clock.now())
    expect(await own.partners.disclose(payment)).toEqual({ outcome: 'shut', because: 'expired' })
    expect(new Set(await states())).toEqual(new Set(['expired']))
    await own.rows(`delete from commitment`)
    expect(await own.partners.disclose(payment)).toEqual({ outcome: 'shut', because: 'no-commitment' })
    expect(new Set(await states())).toEqual(new Set(['none']))
  } finally {
    await own.close()
  }
})

test('a renewed document opens the gate again', async () => {
  const own = await openDoors()
  try {
    own.clock.advance(400 * 86_400_000)
    const renewed = recipients.map((row) => ({
      ...row,
      commitment: { document: 'Renewed', hash: 'd'.repeat(64), until: '2031-12-31' },
    }))
    const policy = higosoft({ recipients: renewed })
    const ctx = {
      db: own.at.engine.for<never>(),
      vault: own.vault,
      policy,
      mode: 'example',
      now: own.clock.now,
      log: () => {},
    } as const
    const partners = openPartners({ ...ctx, hosts: { stripe: '127.0.0.1' } })
    expect(await partners.disclose(payment)).toEqual({ outcome: 'shut', because: 'no-commitment' })
    await partners.start(own.clock.now())
    expect(await partners.disclose(payment)).toMatchObject({ outcome: 'released' })
  } finally {
    await own.close()
  }
})

test('a commitment whose document was swapped in the policy does not count until it is recorded', async () => {
  const other = recipients.map((row) => ({ ...row, commitment: { ...row.commitment, hash: 'b'.repeat(64) } }))
  const own = await openDoors({ recipients: other })
  try {
    await own.rows(`update commitment set hash = repeat('c', 64)`)
    expect(await own.partners.disclose(payment)).toEqual({ outcome: 'shut', because: 'no-commitment' })
  } finally {
    await own.close()
  }
})

test('the log of what was passed on can only grow', async () => {
  const db = doors.at.engine.for<{ disclosure: { ref: string } }>()
  await expect(db.query.updateTable('disclosure').set({ ref: 'order:0' }).execute()).rejects.toThrow(
    /permission denied/,
  )
  await expect(db.query.deleteFrom('disclosure').execute()).rejects.toThrow(/permission denied/)
})

test('no address in any line of the log', () => {
  expect(doors.lines.length).toBeGreaterThan(0)
  expect(doors.lines.join('\n')).not.toContain('@')
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testEngine, type TestEngine } from '../../test/engine.ts'
import { higosoft } from '../../test/policy.ts'
import { systemNow } from '../lib/index.ts'
import { mayReveal } from '../policy/index.ts'
import { openFileKeys, openVault, syncPolicy, type KeyStore, type Vault } from './index.ts'

const policy = higosoft()
const program = { role: 'program', id: 'licences' } as const
const desk = { role: 'desk', id: 'sam' } as const
const owner = { role: 'owner', id: 'sam' } as const
let at: TestEngine
let keys: KeyStore
let vault: Vault
let keysDir: string

beforeAll(async () => {
  at = await testEngine()
  keysDir = mkdtempSync(join(tmpdir(), 'avow-keys-'))
  keys = await openFileKeys(keysDir, systemNow)
  await at.engine.asOwner((ask) => syncPolicy(ask, policy, at.login))
  vault = openVault({
    db: at.engine.for<never>(),
    keys,
    policy,
    reveals: mayReveal(policy),
    now: systemNow,
    log: () => {},
    personTables: [],
  })
})

afterAll(async () => {
  await keys.close()
  await at.close()
  rmSync(keysDir, { recursive: true, force: true })
})

async function ada(): Promise<Awaited<ReturnType<Vault['newPerson']>>['person']> {
  const sealer = await vault.newPerson(['contract', 'relation', 'tax'], { email: 'Ada@Example.org' })
  const arrival = {
    purposes: ['purchase', 'registration', 'tax'] as const,
    values: { email: 'Ada@Example.org', country: 'BE' },
    notice: 1,
    channel: 'store',
  }
  return at.engine.for<never>().tx((tx) => vault.collect(tx, sealer, arrival))
}

test('a look for a purpose that the person gave a ground for shows what the purpose names, and leaves a line', async () => {
  const person = await ada()
  const shown = await vault.reveal({ person, purpose: 'purchase', actor: program, for: 'order:1' })
  expect(shown).toMatchObject({ outcome: 'shown', values: { email: 'Ada@Example.org' } })
  const lines = await vault.looks(person)
  expect(lines[0]).toMatchObject({ kind: 'reveal', role: 'program', purpose: 'purchase', ref: 'order:1' })
})

test('a look without a ground is refused and shows nothing', async () => {
  const person = await ada()
  expect(await vault.reveal({ person, purpose: 'fulfilment', actor: desk, for: 'order:1' })).toEqual({
    outcome: 'refused',
    because: 'no-ground',
  })
})

test('who is not named beside the purpose may not look, whatever ground there is', async () => {
  const person = await ada()
  for (const purpose of ['purchase', 'rights', 'tax'] as const)
    expect(await vault.reveal({ person, purpose, actor: desk, for: 'order:1' } as never)).toEqual({
      outcome: 'refused',
      because: 'not-of-purpose',
    })
  expect(await vault.looks(person)).toEqual([])
})

test('a purpose sees only its own fields', async () => {
  const person = await ada()
  const shown = await vault.reveal({ person, purpose: 'tax', actor: owner, for: 'order:1' })
  expect(shown).toMatchObject({ outcome: 'shown', values: { country: 'BE' } })
})

test('a value that no named purpose asks for is refused and nothing is stored', async () => {
  const sealer = await vault.newPerson(['contract'], {})
  const arrival = {
    purposes: ['purchase'] as const,
    values: { email: 'a@b.example', name: 'Mallory' } as never,
    notice: 1,
    channel: 'store',
  }
  await expect(at.engine.for<never>().tx((tx) => vault.collect(tx, sealer, arrival))).rejects.toThrow(
    'field-not-of-purpose',
  )
})

test('an address in any spelling finds the person, and after the erasure nobody', async () => {
  const person = await ada()
  expect(await vault.find('email', ' ada@EXAMPLE.org ')).toContain(person)
  const erased = await vault.erase({ person, actor: { role: 'person', id: 'link' } })
  expect(erased.kept).toEqual(['tax'])
  expect(await vault.find('email', 'ada@example.org')).not.toContain(person)
  expect(await vault.reveal({ person, purpose: 'purchase', actor: program, for: 'order:1' })).toMatchObject({
    outcome: 'refused',
  })
  expect(
    await vault.reveal({ person, purpose: 'tax', actor: { role: 'owner', id: 'sam' }, for: 'order:1' }),
  ).toMatchObject({ outcome: 'shown' })
})

test('a person who is erased by several at once is erased once, and all who come after have keys of their own', async () => {
  const [stays, person] = [await ada(), await ada()]
  const actors = [desk, { role: 'person', id: 'link' }, { role: 'program', id: 'job' }] as const
  const ends = await Promise.all(actors.map((actor) => vault.erase({ person, actor })))
  expect(ends.map(({ kept }) => kept)).toEqual([['tax'], ['tax'], ['tax']])
  expect((await vault.looks(person)).filter(({ kind }) => kind === 'erase')).toHaveLength(1)
  expect(keys.openErasures()).toEqual([])
  expect((await vault.erase({ person, actor: desk })).kept).toEqual(['tax'])
  for (const next of [stays, ...(await Promise.all(Array.from({ length: 30 }, ada))), stays])
    expect(await vault.reveal({ person: next, purpose: 'purchase', actor: program, for: 'order:1' })).toMatchObject({
      outcome: 'shown',
      values: { email: 'Ada@Example.org' },
    })
})

test('an erasure that stops at any point is finished by the next start', async () => {
  for (const point of ['ledger', 'keys', 'rows', 'checked'] as const) {
    const person = await ada()
    const stopping = openVault({
      db: at.engine.for<never>(),
      keys,
      policy,
      reveals: mayReveal(policy),
      now: systemNow,
      log: () => {},
      personTables: [],
      step: (name) => {
        if (name === point) throw new Error('the power went')
      },
    })
    await expect(stopping.erase({ person, actor: desk })).rejects.toThrow('the power went')
    expect(await vault.finishErasures()).toBe(1)
    expect(await vault.finishErasures()).toBe(0)
    expect(await vault.reveal({ person, purpose: 'purchase', actor: program, for: 'order:1' })).toMatchObject({
      outcome: 'refused',
    })
  }
})

test('keys and look-ups survive a restart, destroyed ones do not come back', async () => {
  const kept = await ada()
  const gone = await ada()
  await vault.erase({ person: gone, actor: desk })
  await keys.close()
  keys = await openFileKeys(keysDir, systemNow)
  vault = openVault({
    db: at.engine.for<never>(),
    keys,
    policy,
    reveals: mayReveal(policy),
    now: systemNow,
    log: () => {},
    personTables: [],
  })
  expect(await vault.find('email', 'ada@example.org')).toContain(kept)
  expect(await vault.find('email', 'ada@example.org')).not.toContain(gone)
  expect(await vault.reveal({ person: kept, purpose: 'purchase', actor: program, for: 'order:1' })).toMatchObject({
    outcome: 'shown',
  })
})

/** Sets the database's own clock, as a drill does; without an instant it runs again. */
function setClock(instant?: string): Promise<unknown> {
  const body = instant ? `select ${instant}` : 'select clock_timestamp()'
  return at.engine.asOwner((ask) =>
    ask(
      `begin; set local role avow_vault; create or replace function vault.now() returns timestamptz language sql volatile set search_path = pg_catalog, pg_temp as $$ ${body} $$; commit`,
    ),
  )
}

test('a look that is written down at midnight raises no alarm: its day is closed an hour later', async () => {
  const person = await ada()
  const midnight = `(date_trunc('day', clock_timestamp() at time zone 'UTC') + interval '1 day') at time zone 'UTC'`
  await setClock(`${midnight} + interval '59 minutes'`)
  expect(await vault.sealDays()).toBe(0)
  await setClock(`${midnight} - interval '1 millisecond'`)
  await vault.reveal({ person, purpose: 'purchase', actor: program, for: 'order:1' })
  await setClock(`${midnight} + interval '61 minutes'`)
  expect(await vault.sealDays()).toBe(1)
  expect(await vault.evidence.firstAlteredDay()).toBeUndefined()
  await setClock()
})

test('a row of the access log that the owner alters shows as the first altered day', async () => {
  await at.engine.asOwner(async (ask) => {
    await ask(`set role avow_vault`)
    await ask(`update vault.access_log set actor = 'nobody'`)
    await ask(`reset role`)
  })
  expect(await vault.evidence.firstAlteredDay()).toMatch(/^\d{4}-/)
})

test('no key stays in memory after a look that failed or a form that was refused', async () => {
  const seen: Buffer[] = []
  const watched: KeyStore = {
    ...keys,
    create: async (...asked) => noted(await keys.create(...asked)),
    get: async (...asked) => noted(await keys.get(...asked)),
  }
  const noted = <K>(given: ReadonlyMap<K, Buffer>): ReadonlyMap<K, Buffer> => (seen.push(...given.values()), given)
  const ctx = { db: at.engine.for<never>(), policy, reveals: mayReveal(policy), now: systemNow, log: () => {} }
  const watching = openVault({ ...ctx, keys: watched, personTables: [] })
  const person = await ada()
  await at.engine.asOwner(async (ask) => {
    await ask(`set role avow_vault`)
    await ask(`update vault.box set sealed = sealed || '\\x00' where person_id = '${person}'`)
    await ask(`reset role`)
  })
  await expect(watching.reveal({ person, purpose: 'purchase', actor: program, for: 'order:1' })).rejects.toThrow(
    'unable to authenticate',
  )
  const sealer = await watching.newPerson(['contract'], {})
  const arrival = { purposes: ['purchase'] as const, values: { name: 'Mallory' } as never, notice: 1, channel: 'store' }
  await expect(at.engine.for<never>().tx((tx) => watching.collect(tx, sealer, arrival))).rejects.toThrow(
    'field-not-of-purpose',
  )
  expect(seen.length).toBeGreaterThan(1)
  for (const key of seen) expect(key.equals(Buffer.alloc(32))).toBe(true)
})

import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { sql, type Database } from '../../src/db/index.ts'
import { systemNow } from '../../src/lib/index.ts'
import { mayReveal } from '../../src/policy/index.ts'
import {
  openFileKeys,
  openVault,
  syncPolicy,
  type KeyStore,
  type PersonId,
  type Vault,
  type VaultContext,
} from '../../src/vault/index.ts'
import { testEngine, type TestEngine } from '../engine.ts'
import { higosoft } from '../policy.ts'

const policy = higosoft()
const sam = { role: 'program', id: 'sam' } as const
let at: TestEngine
let keys: KeyStore
let vault: Vault
let person: PersonId
/** The classes of every key that was asked for. */
let asked: string[]

const over = (db: Database<never>, rest: Partial<VaultContext> = {}): Vault =>
  openVault({
    policy,
    reveals: mayReveal(policy),
    now: systemNow,
    log: () => {},
    personTables: [],
    db,
    keys: {
      ...keys,
      get: (log, who, classes) => {
        asked.push(...(classes.length > 0 ? classes : ['none']))
        return keys.get(log, who, classes)
      },
    },
    ...rest,
  })

beforeAll(async () => {
  at = await testEngine()
  keys = await openFileKeys(join(at.dir, 'keys'), systemNow)
  await at.engine.asOwner((ask) => syncPolicy(ask, policy, at.login))
  vault = over(at.engine.for())
  const sealer = await vault.newPerson(['contract', 'relation', 'tax'], { email: 'ada@quill.example' })
  const values = { email: 'ada@quill.example', country: 'BE' }
  const purposes = ['purchase', 'tax'] as const
  person = await at.engine
    .for<never>()
    .tx((tx) => vault.collect(tx, sealer, { purposes, values, notice: 1, channel: 'store' }))
})
beforeEach(() => void (asked = []))
afterAll(async () => {
  await keys.close()
  await at.close()
})

const look = (by: Vault): Promise<unknown> => by.reveal({ person, purpose: 'purchase', actor: sam, for: 'order:1' })
const write = (by: Vault): Promise<unknown> =>
  by.openSealer({ person, classes: ['contract'], purpose: 'purchase', part: 'licence', actor: sam, for: 'order:1' })
const both = [
  ['a look', look],
  ['a write', write],
] as const
const linesOf = async (): Promise<number> =>
  Number((await at.engine.asOwner((ask) => ask('select count(*) as n from vault.access_log')))[0]?.['n'])

/** Puts a fault into the database as its owner would, until the test is over. */
const undo: string[] = []
async function fault(make: string, unmake: string): Promise<void> {
  undo.push(unmake)
  await at.engine.asOwner((ask) => ask(`begin; set local role avow_vault; ${make}; commit`))
}
afterEach(async () => {
  for (const unmake of undo.splice(0))
    await at.engine.asOwner((ask) => ask(`begin; set local role avow_vault; ${unmake}; commit`))
})
const NAME = 'vault.log(uuid, uuid, text, text, text, text, text[], text)'
const answering = (body: string): Promise<void> =>
  fault(
    `alter function ${NAME} rename to log_kept;
     create function ${NAME} returns text language plpgsql set search_path = pg_catalog, pg_temp as $$ begin ${body} end $$;
     grant execute on function ${NAME} to avow_app`,
    `drop function ${NAME}; alter function vault.log_kept(uuid, uuid, text, text, text, text, text[], text) rename to log`,
  )

test.each(both)('%s with a line that stands fetches the keys it needs and no other', async (_name, act) => {
  const before = await linesOf()
  expect(await act(vault)).toMatchObject({ outcome: act === look ? 'shown' : 'open' })
  expect(asked).toEqual(['contract'])
  expect(await linesOf()).toBe(before + 1)
})

test.each(both)('%s whose line cannot be written fetches no key', async (_name, act) => {
  await answering(`raise exception 'the disk is full' using errcode = '53100';`)
  await expect(act(vault)).rejects.toThrow('the disk is full')
  expect(asked).toEqual([])
})

test.each(both)(
  '%s whose line is undone at the very end, by a COMMIT that fails, fetches no key',
  async (_name, act) => {
    const before = await linesOf()
    await fault(
      `create function vault.breaks() returns trigger language plpgsql as $$ begin raise exception 'undone'; end $$;
     create constraint trigger breaks after insert on vault.access_log deferrable initially deferred
       for each row execute function vault.breaks()`,
      'drop trigger breaks on vault.access_log; drop function vault.breaks()',
    )
    await expect(act(vault)).rejects.toThrow('undone')
    expect(asked).toEqual([])
    expect(await linesOf()).toBe(before)
  },
)

test.each(both)(
  '%s that is answered with nothing, or with a word that is not known, fetches no key',
  async (_name, act) => {
    await answering(`return null;`)
    await expect(act(vault)).rejects.toThrow('log-unclear')
    expect(asked).toEqual([])
  },
)

test('a look at a line that is not there, whatever the answer said, fetches no key', async () => {
  await answering(`return 'logged';`)
  expect(await look(vault)).toMatchObject({ values: {} })
  expect(asked).toEqual([])
})

test.each(both)('%s inside a transaction, which could still be rolled back, fetches no key', async (_name, act) => {
  const before = await linesOf()
  const db = at.engine.for<never>()
  await expect(db.tx((tx) => act(over({ ...db, query: tx })))).rejects.toThrow('log-inside-transaction')
  await expect(db.tx(() => act(vault))).rejects.toThrow('outer-handle-in-tx')
  expect(asked).toEqual([])
  expect(await linesOf()).toBe(before)
})

test.each(both)('%s never runs on a session that somebody left inside a transaction', async (_name, act) => {
  const before = await linesOf()
  await sql`begin`.execute(at.engine.for<never>().query)
  expect(await act(vault)).toMatchObject({ outcome: act === look ? 'shown' : 'open' })
  expect(asked).toEqual(['contract'])
  expect(await linesOf()).toBe(before + 1)
})

test('a look or a write without a ground fetches no key', async () => {
  const rights = { person, purpose: 'rights', actor: sam, for: 'order:1' } as const
  expect(await vault.reveal(rights)).toEqual({ outcome: 'refused', because: 'no-ground' })
  expect(await vault.openSealer({ ...rights, classes: ['contract'], part: 'contact' })).toMatchObject({
    outcome: 'refused',
  })
  expect(asked).toEqual([])
})

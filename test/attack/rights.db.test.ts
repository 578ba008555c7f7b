import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest'
import { migrate, openEngine, type Engine } from '../../src/db/index.ts'
import { allGrants } from '../../src/desk/index.ts'
import { testEngine, type TestEngine } from '../engine.ts'
import { asAdmin } from '../postgres.ts'

const plan = { folder: resolve('src/db/migrations'), grants: allGrants }
const name = process.env['AVOW_TEST_ENGINE'] ?? 'pglite'
const on = (engine: string): string[] => (name === engine ? [engine] : [])

describe('rights that the app’s login should not have', () => {
  let at: TestEngine
  beforeAll(async () => {
    at = await testEngine()
  })
  afterAll(() => at.close())
  const undo: string[] = []
  const asVault = (text: string): Promise<unknown> =>
    at.engine.asOwner((ask) => ask(`begin; set local role avow_vault; ${text}; commit`))
  const asOwner = (text: string): Promise<unknown> => at.engine.asOwner((ask) => ask(text))
  afterEach(async () => {
    for (const text of undo.splice(0)) await (text.includes('vault.') ? asVault(text) : asOwner(text))
  })

  test.each([
    [
      'one of the vault’s tables',
      'grant select on vault.box to avow_app',
      'revoke all on vault.box from avow_app',
      'vault.box',
    ],
    [
      'one column of it',
      'grant select (sealed) on vault.box to avow_app',
      'revoke all (sealed) on vault.box from avow_app',
      'vault.box',
    ],
    [
      'its log, for everybody',
      'grant update on vault.access_log to public',
      'revoke all on vault.access_log from public',
      'vault.access_log',
    ],
    [
      'taking facts away, for everybody',
      'grant delete on order_fact to public',
      'revoke all on order_fact from public',
      'order_fact',
    ],
    [
      'changing one column of a fact',
      'grant update (at) on order_fact to public',
      'revoke all (at) on order_fact from public',
      'order_fact',
    ],
  ])('are found at the next start, and it is refused: %s', async (_what, give, take, table) => {
    await (give.includes('vault.') ? asVault(give) : asOwner(give))
    undo.push(take)
    await expect(migrate(at.engine, plan)).rejects.toThrow(`rights-of-${table}-differ`)
  })

  test('are taken away at the next start where they were given to the app’s login by name', async () => {
    await asOwner('grant delete on order_fact to avow_app')
    await asOwner('revoke insert on task from avow_app')
    expect((await migrate(at.engine, plan)).applied).toEqual([])
    const rights = await at.engine.asOwner((ask) =>
      ask(
        `select has_table_privilege('avow_app', 'order_fact', 'delete') as fact, has_table_privilege('avow_app', 'task', 'insert') as task`,
      ),
    )
    expect(rights).toEqual([{ fact: false, task: true }])
  })

  test('are no reason to refuse when there are none', async () => {
    expect((await migrate(at.engine, plan)).applied).toEqual([])
  })
})

describe.each(on('postgres'))('two starts at once on an empty database of %s', () => {
  const engines: Engine[] = []
  afterAll(async () => {
    for (const engine of engines) await engine.close()
  })

  test('make each table once, and both find it as it should be', async () => {
    const port = inject('postgresPort')
    const database = `avow_twice_${process.pid}`
    await asAdmin(port, `create database ${database} owner avow_owner`)
    const login = (user: string): string => `postgres://${user}@127.0.0.1:${port}/${database}`
    for (let start = 0; start < 4; start += 1)
      engines.push(await openEngine({ kind: 'postgres', url: login('avow_app'), ownerUrl: login('avow_owner') }))
    const done = await Promise.all(engines.map((engine) => migrate(engine, plan)))
    const counts = done.map(({ applied }) => applied.length).sort((a, b) => a - b)
    expect(counts.slice(0, 3)).toEqual([0, 0, 0])
    expect(counts[3]).toBe(readdirSync(plan.folder).filter((name) => name.endsWith('.sql')).length)

    const temporary = await asAdmin(
      port,
      `select has_database_privilege('avow_app', '${database}', 'temporary') as may`,
    )
    expect(temporary).toEqual([{ may: false }])
  })
})

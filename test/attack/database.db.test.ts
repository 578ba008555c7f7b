import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from '../../src/db/index.ts'
import { openDoors, type Doors } from '../doors.ts'
import { attacks, logId, logLine, revealOf, trap } from './attacks.ts'
import { intruderOn, partsSeen, victimIn, type Intruder, type Victim } from './intruder.ts'

// On PGlite the one session is the superuser's, so there the roles stop mistakes and nothing more; SECURITY.md says so.
const engine = process.env['AVOW_TEST_ENGINE'] ?? 'pglite'
const on = (name: string): string[] => (engine === name ? [name] : [])
let doors: Doors
let victim: Victim
let other: string
beforeAll(async () => {
  doors = await openDoors()
  victim = await victimIn(doors)
  other = await doors.buyer('ada@quill.example')
})
afterAll(() => doors.close())

const lineOf = async (log: string): Promise<readonly Record<string, unknown>[]> =>
  doors.rows(`select kind, purpose, parts from vault.access_log where log_id = '${log}'`)

test.each(on('pglite'))('on %s the app’s login stops a mistake, and whoever sends SQL can take it off', async () => {
  const { query } = doors.at.engine.for<never>()
  await expect(sql`select * from vault.box`.execute(query)).rejects.toThrow('permission denied')
  await sql`reset role`.execute(query)
  expect((await sql`select * from vault.box`.execute(query)).rows.length).toBeGreaterThan(0)
  await sql`set role avow_app`.execute(query)
})

describe.each(on('postgres'))('on %s the app’s own login, with any SQL,', () => {
  let intruder: Intruder
  beforeAll(() => {
    intruder = intruderOn(doors.at.source.kind === 'postgres' ? doors.at.source.url : '')
  })
  afterAll(() => intruder.close())
  /** The vault hashes finished days; here are some, so that the functions that do it have work. */
  beforeAll(async () => {
    await doors.at.engine.asOwner(async (ask) => {
      await ask('set role avow_vault')
      await ask('update vault.log_root set day = day - 3')
    })
    expect(await doors.vault.sealDays()).toBeGreaterThanOrEqual(2) // yesterday is closed at one o'clock
  })
  const aged = (log: string, by: string): Promise<unknown> =>
    doors.at.engine.asOwner(async (ask) => {
      await ask('set role avow_vault')
      await ask(`update vault.access_log set at = at - interval '${by}' where log_id = $1`, [log])
    })

  test('with a ground and a committed line it gets the parts of that line, sealed, and nothing wider', async () => {
    const log = logId()
    const heard = await intruder.sends([logLine(victim.person, log), revealOf(victim.person, log)])
    expect(Object.keys(victim.sealed).sort()).toEqual(['address', 'contact', 'identity'])
    expect(partsSeen(victim, heard)).toEqual(['contact'])
    expect(heard).not.toContain('bela')
    expect(await lineOf(log)).toEqual([{ kind: 'reveal', purpose: 'purchase', parts: ['contact'] }])
  })

  test.each(attacks.map((attack) => [attack.name, attack] as const))('gets no box by %s', async (_name, attack) => {
    const statements = attack.sends({ person: victim.person, other })
    const heard = await intruder.sends(statements)
    expect(statements.length).toBeGreaterThan(0)
    expect(heard).not.toBe('')
    expect(partsSeen(victim, heard)).toEqual([])
  })

  test('would get a box by a trap if one function of the vault were not pinned, so the trap is a real one', async () => {
    const pin = (path: string): Promise<unknown> =>
      doors.at.engine.asOwner(async (ask) => {
        await ask('set role avow_vault')
        await ask(`alter function vault.day_hash(bytea, date) set search_path = ${path}`)
      })
    await pin('pg_catalog')
    const heard = await intruder.sends(trap.sends({ person: victim.person, other }))
    await pin('pg_catalog, pg_temp')
    expect(partsSeen(victim, heard)).toEqual(['address', 'contact', 'identity'])
  })

  test('gets no box for a line that another session has not committed yet, and none when it never does', async () => {
    const [one, two] = [await intruder.session(), await intruder.session()]
    const log = logId()
    await one.send('begin')
    expect(await one.send(logLine(victim.person, log))).toContain('logged')
    expect(partsSeen(victim, await two.send(revealOf(victim.person, log)))).toEqual([])
    await one.send('rollback')
    expect(partsSeen(victim, await two.send(revealOf(victim.person, log)))).toEqual([])
    expect(await lineOf(log)).toEqual([])
  })

  test('gets no box for a line that is more than a minute old', async () => {
    const log = logId()
    await intruder.sends([logLine(victim.person, log)])
    await aged(log, '59 seconds')
    expect(partsSeen(victim, await intruder.sends([revealOf(victim.person, log)]))).toEqual(['contact'])
    await aged(log, '2 seconds')
    expect(partsSeen(victim, await intruder.sends([revealOf(victim.person, log)]))).toEqual([])
  })

  test('gets no box for the line of another login', async () => {
    const log = logId()
    await intruder.sends([logLine(victim.person, log)])
    await doors.at.engine.asOwner(async (ask) => {
      await ask('set role avow_vault')
      await ask(`update vault.access_log set login = 'avow_worker' where log_id = $1`, [log])
    })
    expect(partsSeen(victim, await intruder.sends([revealOf(victim.person, log)]))).toEqual([])
  })

  test('gets no box for a committed line when the ground ended in between', async () => {
    const gone = await victimIn(doors)
    const log = logId()
    await intruder.sends([logLine(gone.person, log)])
    const end = (until: string): Promise<unknown> =>
      doors.at.engine.asOwner(async (ask) => {
        await ask('set role avow_vault')
        await ask(`update vault.basis set until = ${until} where person_id = $1`, [gone.person])
      })
    await end(`now() - interval '1 second'`)
    expect(partsSeen(gone, await intruder.sends([revealOf(gone.person, log)]))).toEqual([])
    await end('null')
    expect(partsSeen(gone, await intruder.sends([revealOf(gone.person, log)]))).toEqual(['contact'])
  })

  test('is not stopped from recording a ground by itself, but then two lines stay behind that it cannot remove', async () => {
    const log = logId()
    const basis = `[{"basis_id":"${logId()}","purpose":"rights","legal_basis":"duty","notice":1,"channel":"sql"}]`
    const heard = await intruder.sends([
      `select vault.collect('${victim.person}', '[]', '${basis}')`,
      logLine(victim.person, log, { purpose: 'rights', parts: ['contact', 'identity', 'address'] }),
      revealOf(victim.person, log),
      `delete from vault.access_log`,
      `select vault.erase('${other}', '${log}', array['contract'], 'desk', 'sam', 'order:1')`,
    ])
    expect(partsSeen(victim, heard)).toEqual(['address', 'contact', 'identity'])
    expect(await lineOf(log)).toContainEqual({
      kind: 'reveal',
      purpose: 'rights',
      parts: ['contact', 'identity', 'address'],
    })
    const grounds = await doors.rows(
      `select channel from vault.basis where person_id = '${victim.person}' and purpose = 'rights'`,
    )
    expect(grounds).toEqual([{ channel: 'sql' }])
  })

  test('finds every function of the vault pinned, owned by the vault, and shut to everybody else', async () => {
    const functions = await doors.rows(
      `select proname, prosecdef, pg_get_userbyid(proowner) as owner, array_to_string(proconfig, ';') as config,
           has_function_privilege('avow_app', oid, 'execute') as app,
           coalesce(proacl::text ~ '[{,]=X', true) as everybody
         from pg_proc where pronamespace = 'vault'::regnamespace`,
    )
    expect(functions.length).toBeGreaterThanOrEqual(19)
    for (const one of functions)
      expect(one).toMatchObject({
        owner: 'avow_vault',
        config: 'search_path=pg_catalog, pg_temp',
        everybody: false,
        app: one['prosecdef'],
      })
  })
})

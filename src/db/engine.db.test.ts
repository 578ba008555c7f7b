import { connect, createServer, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, inject } from 'vitest'
import { testEngine, type TestEngine, testOn } from '../../test/engine.ts'
import { asAdmin } from '../../test/postgres.ts'
import { until } from '../../test/program.ts'
import { openEngine, sql, type Engine } from './index.ts'
import { openPglite } from './pglite/connect.ts'

// What nobody catches fails the whole run, so each test here would be red if a lost connection ended the program.

/** In the words of the server, of its driver or of the system. */
const LOST = /terminat|connection|reset|closed|EPIPE/i
let at: TestEngine

beforeAll(async () => {
  at = await testEngine()
})
afterAll(() => at.close())

async function backend(handle: Parameters<ReturnType<typeof sql>['execute']>[0]): Promise<number> {
  return (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(handle)).rows[0]?.pid ?? 0
}

const one = async (engine: Engine): Promise<number | undefined> =>
  (await sql<{ one: number }>`select 1 as one`.execute(engine.for<never>().query)).rows[0]?.one

const endBackend = (pid: number): Promise<unknown> =>
  asAdmin(inject('postgresPort'), `select pg_terminate_backend(${pid}, 5000)`)

testOn('postgres')('a connection that the server ends inside a transaction fails that one deed only', async () => {
  const { tx } = at.engine.for<never>()
  const cut = tx(async (handle) => {
    await endBackend(await backend(handle))
    await sql`select 1`.execute(handle)
  })
  await expect(cut).rejects.toThrow(LOST)
  expect(await one(at.engine)).toBe(1)
})

testOn('postgres')('a connection that the server ends while it answers fails that one question only', async () => {
  const { query } = at.engine.for<never>()
  const asked = sql`select pg_sleep(600), 'a question that is cut off'`.execute(query).catch((error: unknown) => error)
  const running = `select pid from pg_stat_activity where query like '%is cut off%' and state = 'active' and pid <> pg_backend_pid()`
  let pid = 0
  await until('it runs', async () => {
    pid = Number((await asAdmin(inject('postgresPort'), running))[0]?.['pid'] ?? 0)
    return pid > 0
  })
  await endBackend(pid)
  expect(String(await asked)).toMatch(LOST)
  expect(await one(at.engine)).toBe(1)
})

testOn('postgres')('the owner whose connection ends is told so, and can ask again', async () => {
  const cut = at.engine.asOwner(async (ask) => {
    await endBackend(Number((await ask('select pg_backend_pid() as pid'))[0]?.['pid']))
    await ask('select 1')
  })
  await expect(cut).rejects.toThrow(LOST)
  expect(await at.engine.asOwner((ask) => ask('select 1 as one'))).toEqual([{ one: 1 }])
})

/** A way to the server that can be cut and opened again on the same port. */
async function way(to: number) {
  const open = new Set<Socket>()
  const serverAt = (port: number) =>
    new Promise<ReturnType<typeof createServer>>((done) => {
      const server = createServer((near) => {
        const far = connect(to, '127.0.0.1')
        for (const socket of [near, far]) {
          open.add(socket)
          socket.on('error', () => socket.destroy()).once('close', () => (near.destroy(), far.destroy()))
        }
        near.pipe(far).pipe(near)
      })
      server.listen(port, '127.0.0.1', () => done(server))
    })
  let server = await serverAt(0)
  const { port } = server.address() as { port: number }
  const cut = async (): Promise<void> => {
    const closed = new Promise((done) => server.close(done))
    for (const socket of open) socket.resetAndDestroy()
    await closed
  }
  const restore = async (): Promise<void> => void (server = await serverAt(port))
  return { port, cut, restore }
}

testOn('postgres')('a server that goes away and comes back is asked again', async () => {
  const { port, cut, restore } = await way(inject('postgresPort'))
  if (at.source.kind !== 'postgres') throw new Error('another engine')
  const url = new URL(at.source.url)
  url.port = String(port)
  const engine = await openEngine({ kind: 'postgres', url: url.href })
  const { tx } = engine.for<never>()
  let during: Promise<unknown> = Promise.resolve()
  const lost = tx(async (handle) => {
    await sql`select 1`.execute(handle)
    await cut()
    during = one(engine).catch((error: unknown) => error)
    await sql`select 1`.execute(handle)
  })
  await expect(lost).rejects.toThrow(LOST)
  expect(await during).toBeInstanceOf(Error)
  await restore()
  expect(await one(engine)).toBe(1)
  await engine.close()
  await cut()
})

testOn('pglite')('a line to the database in the folder that breaks, in use or not, is replaced', async () => {
  const { pool, close } = await openPglite(`${at.dir}/other`)
  for (const inUse of [true, false]) {
    const client = await pool.connect()
    if (!inUse) client.release()
    const gone = new Promise((done) => client.once('end', done))
    ;(client as unknown as { connection: { stream: Socket } }).connection.stream.destroy(new Error('broken'))
    await gone
    if (inUse) client.release()
    expect((await pool.query<{ one: number }>('select 1 as one')).rows).toEqual([{ one: 1 }])
  }
  await close()
})

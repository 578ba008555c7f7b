import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { testEngine, type TestEngine } from '../../../test/engine.ts'
import { until } from '../../../test/program.ts'
import { later, systemNow } from '../../lib/index.ts'
import { enqueue, markDone, takeDue } from './queries.ts'
import type { JobTables } from './tables.ts'
import { runJobs, startWorker, type JobHandler, type JobResult, type JobWorker } from './worker.ts'

let at: TestEngine
let worker: JobWorker | undefined
let now = systemNow
const lines: string[] = []

beforeAll(async () => {
  at = await testEngine()
})
afterEach(async () => {
  await worker?.stop()
  worker = undefined
  now = systemNow
  lines.length = 0
  await at.engine.asOwner((ask) => ask('delete from job'))
})
afterAll(() => at.close())

const done: JobResult = { outcome: 'done' }

/** A piece of work that lasts until it is let go. */
function gate() {
  let open = (): void => {}
  let begin = (): void => {}
  const begun = new Promise<void>((resolve) => (begin = resolve))
  const opened = new Promise<void>((resolve) => (open = resolve))
  const handler: JobHandler = async () => {
    begin()
    await opened
    return done
  }
  return { handler, begun, open }
}

function ctx(handlers: Readonly<Record<string, JobHandler>>) {
  const log = (event: string): void => void lines.push(event)
  return { db: at.engine.for<JobTables>(), now: () => now(), log, handlers }
}

let asked = 0
function ask(kind: string, many = 1): Promise<void> {
  const jobs = Array.from({ length: many }, () => ({ key: `${kind}:${(asked += 1)}`, kind, ids: { number: asked } }))
  return at.engine.for<JobTables>().tx((tx) => enqueue(tx, now(), jobs))
}

async function open(kind: string): Promise<number> {
  const { query } = at.engine.for<JobTables>()
  return (
    await query.selectFrom('job').select('job_id').where('kind', '=', kind).where('done_at', 'is', null).execute()
  ).length
}

test('work that hangs holds up nothing that comes after it, and what ended is marked while it hangs', async () => {
  const { handler, begun, open: letGo } = gate()
  worker = startWorker(ctx({ mail: handler, key: () => Promise.resolve(done) }), 2)
  await ask('mail')
  worker.kick()
  await begun
  await ask('key', 10)
  worker.kick()
  await until('all keys are issued', async () => (await open('key')) === 0)
  expect(await open('mail')).toBe(1)
  letGo()
  await worker.idle()
  expect(await open('mail')).toBe(0)
})

test('work whose lease ends while it still runs here is not begun a second time', async () => {
  const { handler, begun, open: letGo } = gate()
  let begins = 0
  worker = startWorker(ctx({ mail: (ids) => ((begins += 1), handler(ids)), key: () => Promise.resolve(done) }), 3)
  await ask('mail')
  worker.kick()
  await begun
  now = () => later(systemNow(), 3_600_000)
  await ask('key')
  worker.kick()
  await until('the key is issued', async () => (await open('key')) === 0)
  letGo()
  await worker.idle()
  expect([begins, await open('mail')]).toEqual([1, 0])
})

test('never more run side by side than there are places, and all of them come to an end', async () => {
  let [beside, most, ran] = [0, 0, 0]
  const handler: JobHandler = async () => {
    most = Math.max(most, (beside += 1))
    await new Promise((resolve) => setImmediate(resolve))
    ran += 1
    beside -= 1
    return done
  }
  worker = startWorker(ctx({ key: handler }), 3)
  await ask('key', 40)
  await worker.idle()
  expect([most, ran, await open('key')]).toEqual([3, 40, 0])
})

test('stopping waits for what runs and marks it', async () => {
  const { handler, begun, open: letGo } = gate()
  worker = startWorker(ctx({ mail: handler }), 2)
  await ask('mail')
  worker.kick()
  await begun
  let stopped = false
  const stop = worker.stop().then(() => (stopped = true))
  await ask('mail')
  expect(stopped).toBe(false)
  letGo()
  await stop
  expect(await open('mail')).toBe(1)
})

test('nothing is idle while work that was asked for before is due or runs', async () => {
  let ran = 0
  worker = startWorker(
    ctx({ first: () => ask('second', 3).then(() => done), second: () => ((ran += 1), Promise.resolve(done)) }),
    2,
  )
  for (let round = 1; round <= 10; round += 1) {
    await ask('first')
    await worker.idle()
    expect([ran, await open('first'), await open('second')]).toEqual([3 * round, 0, 0])
  }
})

test('only the holder of the lease ends a job', async () => {
  const { query } = at.engine.for<JobTables>()
  await ask('mail')
  const [first] = await takeDue(query, now(), { most: 1, leaseMs: 1 })
  const [second] = await takeDue(query, later(now(), 1_000), { most: 1, leaseMs: 60_000 })
  await markDone(query, now(), first ? [first] : [])
  expect(await open('mail')).toBe(1)
  await markDone(query, now(), second ? [second] : [])
  expect([first?.tries, second?.tries, await open('mail')]).toEqual([1, 2, 0])
})

test('work that fails comes back later and does not stop the rest', async () => {
  const broken = ctx({ mail: () => Promise.reject(new Error('no')), key: () => Promise.resolve(done) })
  await ask('mail', 2)
  await ask('key', 2)
  expect(await runJobs(broken)).toBe(4)
  expect([await runJobs(broken), await open('mail'), await open('key')]).toEqual([0, 2, 0])
  expect(lines).toEqual(['job.failed', 'job.failed'])
})

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { testEngine, type TestEngine } from '../../../test/engine.ts'
import { until } from '../../../test/program.ts'
import { systemNow } from '../../lib/index.ts'
import { startLanes } from './lanes.ts'
import { enqueue } from './queries.ts'
import type { JobTables } from './tables.ts'
import type { JobHandler, JobResult, JobWorker } from './worker.ts'

let at: TestEngine
let worker: JobWorker | undefined
let letGo = (): void => {}

beforeAll(async () => {
  at = await testEngine()
})
afterEach(async () => {
  letGo()
  await worker?.stop()
})
afterAll(() => at.close())

const done: JobResult = { outcome: 'done' }
const ask = (kind: string, count: number) =>
  at.engine.for<JobTables>().tx((tx) =>
    enqueue(
      tx,
      systemNow(),
      Array.from({ length: count }, (_, index) => ({ key: `${kind}:${index}`, kind, ids: {} })),
    ),
  )

test('twenty mails to many that hang hold up neither a receipt nor anything else, and no more than two hang at once', async () => {
  const hang = new Promise<void>((resolve) => (letGo = resolve))
  const begun: Record<string, number> = {}
  const counted =
    (kind: string, run: () => Promise<unknown>): JobHandler =>
    async () => {
      begun[kind] = (begun[kind] ?? 0) + 1
      await run()
      return done
    }
  const handlers = {
    bulk: counted('bulk', () => hang),
    receipt: counted('receipt', () => Promise.resolve()),
    other: counted('other', () => Promise.resolve(ask('receipt', 6))),
  }
  await ask('bulk', 20)
  const ctx = { db: at.engine.for<JobTables>(), now: systemNow, log: () => {}, handlers }
  worker = startLanes(ctx, 2, [
    { kinds: ['receipt'], most: 2 },
    { kinds: ['bulk'], most: 2 },
  ])
  await until('the mails to many hang', () => begun['bulk'] === 2)
  await ask('other', 1)
  worker.kick()
  await until('the rest is done', () => begun['other'] === 1 && begun['receipt'] === 6)
  expect(begun['bulk']).toBe(2)
  letGo()
  await worker.idle()
  expect(begun['bulk']).toBe(20)
})

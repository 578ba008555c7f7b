import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Booked, Misfortune } from '../../sim/faults/drill.ts'
import type { Asked } from '../../sim/faults/rules.ts'
import { systemNow } from '../../src/lib/index.ts'
import type { Source } from '../../src/db/index.ts'
import { search } from '../erase/search.ts'
import { buildProgram, runAvow, until } from '../program.ts'
import { reports } from '../reports.ts'
import { buyOne, type Bought, type Store } from '../storm/faces/buyer.ts'
import { compare, type Tally } from '../storm/faces/compare.ts'
import { DOWNLOADS, planOf, type Plan } from '../storm/faces/plan.ts'
import { walker } from '../walker.ts'
import { receiptsIn } from './buyers.ts'
import { chance } from './chance.ts'
import { faultsIn, openStage, type Stage } from './stage.ts'

const kills = Number(process.env['AVOW_CRASH_ROUNDS'] ?? 3)
const seed = Number(process.env['AVOW_CRASH_SEED'] ?? Math.floor(Math.random() * 1_000_000))
/** So many buyers between two kills, and so many of them at once. */
const EACH = 14
const BESIDE = 5

/** What goes wrong beside the kills. Nothing comes later than seconds: here nobody moves the clock. */
const FAULTS: readonly Asked[] = [
  { fault: 'drop', share: 0.05 },
  { fault: 'delay', share: 0.08, by: 40 },
  { fault: 'duplicate', share: 0.1, by: 2 },
  { fault: 'reorder', share: 0.1, by: 60 },
  { fault: 'answer500', share: 0.05 },
  { fault: 'answerTimeout', share: 0.03 },
]

type Drilled = { readonly id: string; readonly knows: readonly Misfortune[]; readonly books: readonly Booked[] }

let dist = ''
beforeAll(async () => {
  dist = await buildProgram('crash')
})

describe.each<Source['kind']>(['pglite', 'postgres'])('killed in the middle of a storm (%s)', (kind) => {
  let stage: Stage
  const random = chance(seed)
  beforeAll(async () => {
    stage = await openStage(kind, dist, (sim) => sim.allEnv)
    console.log(`AVOW_CRASH_SEED=${seed} AVOW_CRASH_ROUNDS=${kills}`)
  })
  afterAll(() => stage.close())

  test('every payment at every processor comes to its keys, nothing twice, nothing lost, no card on disk', async () => {
    for (const fault of FAULTS) await addFault(stage, fault)
    const bought: Bought[] = []
    for (let at = 0; at < kills; at += 1) bought.push(...(await killedAmong(stage, { from: at * EACH, random })))
    for (const { plan, orderId } of bought)
      if (plan.after !== 'nothing' && plan.after !== 'vendorRefund')
        await stage.sim.post(`drills/${plan.face}/${orderId}/${plan.after}`)
    await calm(stage)
    for (const as of Object.keys(reports)) expect((await takeReport(stage, as)).code).toBe(0)
    const drills = await stage.sim.look<Drilled[]>('drills')
    const books = drills.flatMap((drill) => drill.books)
    await until('every receipt is handed over', () => allServed(stage, books))
    await stage.kill()

    const tally = await stage.remains((remains) => compare(remains, bought, books))
    const { wrong, keysDue, faces } = tally
    console.log(`${kind}: ${kills} kills, ${said(tally)}`)
    expect(wrong).toEqual([])
    expect(tally).toMatchObject({ orders: kills * EACH, keysOut: keysDue, duplicates: 0, lost: 0, stuck: 0 })
    expect(Object.keys(faces).toSorted()).toEqual(['paddle', 'regnow', 'sealed', 'stripe', 'swreg'])
    expect(keysDue).toBeGreaterThan((kills * EACH) / 2)
    expect(await stage.remains((remains) => faultsIn(remains, stage.ledger()))).toEqual([])
    const cards = await search({ folders: await stage.onDisk() }, ['4242424242424242', '4000000000000119'])
    expect(cards.found).toEqual([])
  })
})

function said({ orders, keysDue, keysOut, duplicates, lost, stuck }: Tally): string {
  return `${orders} orders, money in = keys out (${keysDue} = ${keysOut}), ${duplicates} duplicates, ${lost} lost, ${stuck} stuck without a task`
}

async function addFault({ sim }: Stage, fault: Asked): Promise<void> {
  const asked = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(fault) }
  expect((await fetch(`${sim.url}/_sim/faults`, asked)).status).toBe(201)
}

/** Lets so many buyers buy, kills the program while some of them are at it, and starts it again. */
async function killedAmong(stage: Stage, of: { from: number; random: () => number }): Promise<Bought[]> {
  const faces = (await stage.sim.look<Drilled[]>('drills')).map(({ id, knows }) => ({
    id,
    knows,
    products: DOWNLOADS,
  }))
  const store: Store = {
    baseUrl: stage.program().store,
    cartKey: stage.cartKey(),
    now: systemNow,
    walk: () => walker((url, init) => patient(stage, url, init)),
  }
  const killAfter = 1 + Math.floor(of.random() * (EACH - BESIDE))
  const done: Bought[] = []
  let next = 0
  let killed: Promise<void> | undefined
  const lane = async (): Promise<void> => {
    while (next < EACH) {
      const number = of.from + next++
      const plan: Plan = planOf(seed, number, faces)
      done.push(await buyOne(store, plan, number))
      if (done.length === killAfter) killed = stage.kill().then(() => stage.start())
    }
  }
  await Promise.all(Array.from({ length: BESIDE }, lane))
  await killed
  return done
}

/** A browser whose shop is away for a moment: whoever uses it loads the page, or sends the form, once more. */
async function patient(stage: Stage, url: string, init: RequestInit | undefined): Promise<Response> {
  let answer: Response | undefined
  await until('the shop answers', async () => {
    answer = await fetch(url, init).catch(() => undefined)
    return answer !== undefined && (!url.startsWith(stage.program().store) || answer.status !== 503)
  })
  return answer as Response
}

/** Ends the faults, sends what still waits, and lets a new start read what the processors have to tell. */
async function calm(stage: Stage): Promise<void> {
  await fetch(`${stage.sim.url}/_sim/faults`, { method: 'DELETE' })
  await stage.sim.post('release')
  await stage.kill()
  // What the dead program had taken in hand is free again after a minute, which passes now.
  await stage.remains(({ rows }) =>
    rows(
      `update job set leased_until = leased_until - interval '1 minute', run_at = least(run_at, now()) where done_at is null`,
    ),
  )
  await stage.start()
  await stage.sim.post('release')
}

async function takeReport(stage: Stage, as: string): ReturnType<typeof runAvow> {
  const [data = ''] = stage.folders
  const file = join(data, '..', `${as}.report`)
  writeFileSync(file, await (await fetch(`${stage.sim.url}/_sim/${reports[as as keyof typeof reports]}`)).text())
  return runAvow(dist, data, ['import', file, '--as', as])
}

async function allServed(stage: Stage, books: readonly Booked[]): Promise<boolean> {
  const got = await receiptsIn(stage.program().outbox)
  return books.every(({ order, captured }) => captured === 0 || got.has(`order:${order}`))
}

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Source } from '../../src/db/index.ts'
import { buildProgram } from '../program.ts'
import {
  buyersAt,
  eraseForms,
  payHeld,
  post,
  receiptOf,
  served,
  sessionsOf,
  waitingBuyers,
  type Buyer,
} from './buyers.ts'
import { chance, killAmong, momentOf, type Sent } from './chance.ts'
import { faultsIn, openStage, type Remains, type Stage } from './stage.ts'

const rounds = Number(process.env['AVOW_CRASH_ROUNDS'] ?? 3)
const seed = Number(process.env['AVOW_CRASH_SEED'] ?? Math.floor(Math.random() * 1_000_000))
const TOGETHER = 8
/** How the key store marks the key of the class that the law keeps. */
const TAX = 2

let dist = ''
beforeAll(async () => {
  dist = await buildProgram('crash')
  console.log(`AVOW_CRASH_SEED=${seed} AVOW_CRASH_ROUNDS=${rounds}`)
})

type Spread = { readonly cut: number; readonly done: number }
type Round = { readonly at: number; readonly of: number }

const idsOf = (of: readonly Buyer[]): string[] => of.map(({ orderId }) => orderId)
const spreadOf = (sent: readonly Sent<unknown>[]): Spread => {
  const done = sent.filter(({ answer }) => answer !== undefined).length
  return { cut: sent.length - done, done }
}

describe.each<Source['kind']>(['pglite', 'postgres'])('killed on %s', (kind) => {
  let stage: Stage
  const random = chance(seed)
  beforeAll(async () => {
    stage = await openStage(kind, dist)
  })
  beforeEach(() => stage.start())
  afterAll(() => stage.close())

  /** Plays every round of one moment. Kills that all come before or all after the moment would prove nothing. */
  async function expectSpread(moment: string, round: (at: Round) => Promise<Spread>): Promise<void> {
    const sum = { cut: 0, done: 0 }
    for (let at = 0; at < rounds; at += 1) {
      const one = await round({ at, of: rounds })
      sum.cut += one.cut
      sum.done += one.done
    }
    console.log(`${kind}, ${moment}: ${sum.done} were done before the kill, ${sum.cut} were not`)
    expect([sum.done > 0, sum.cut > 0]).toEqual([true, true])
  }

  /** Looks at what the dead program left: nothing of it may be wrong. Then the minute passes for which it had taken work. */
  const soundRemains = <R>(look: (remains: Remains) => Promise<R>): Promise<R> =>
    stage.remains(async (remains) => {
      expect(await faultsIn(remains, stage.ledger())).toEqual([])
      await remains.rows(`update job set leased_until = leased_until - interval '1 minute' where done_at is null`)
      return look(remains)
    })

  /** Starts again, and waits until every order has its key and its receipt. */
  async function startAndServe(buyers: readonly Buyer[]): Promise<void> {
    await stage.start()
    await stage.sim.post('release')
    await served(stage, buyers)
  }

  const sending = (id: string) => async (): Promise<string | undefined> => {
    const { status } = await stage.sim.post<{ status: number }>(`messages/${id}/send`)
    return status === 200 ? id : undefined
  }

  test('in the middle of checkout, no order that was answered is lost, and the form sent again makes no second one', () =>
    expectSpread('checkout', async (round) => {
      const buyers = await buyersAt(stage, TOGETHER)
      const acts = buyers.map(
        ({ form }) =>
          () =>
            post(form),
      )
      const sent = await killAmong(stage, momentOf(round, { most: TOGETHER, span: 6 }, random), acts)
      const answered = buyers.filter((_, index) => sent[index]?.answer?.status === 303)
      const there = await soundRemains(({ rows }) =>
        rows(`select order_id from order_fact where kind = 'order.placed' and order_id = any($1::uuid[])`, [
          idsOf(answered),
        ]),
      )
      expect(there).toHaveLength(answered.length)
      await stage.start()

      const again = await Promise.all(buyers.map(({ form }) => post(form)))
      expect(again.map(({ status }) => status)).toEqual(buyers.map(() => 303))
      for (const [index, { to }] of again.entries()) expect(sent[index]?.answer?.to ?? to).toBe(to)
      const sessions = (await sessionsOf(stage, buyers)).map((session) => session.client_reference_id)
      expect(sessions.sort()).toEqual(idsOf(buyers).sort())
      return spreadOf(sent)
    }))

  test('in the middle of a storm of payments, no message that was answered is lost, and nothing is issued twice', () =>
    expectSpread('payment', async (round) => {
      const buyers = await waitingBuyers(stage, TOGETHER)
      const events = await payHeld(stage, buyers)
      expect(events).toHaveLength(buyers.length)
      const acts = [...events, ...events, ...events].map(sending)
      const sent = await killAmong(stage, momentOf(round, { most: acts.length, span: 6 }, random), acts)
      const answered = [...new Set(sent.flatMap(({ answer }) => answer ?? []))]
      const kept = await soundRemains(({ rows }) => rows('select ext from inbox where ext = any($1)', [answered]))
      expect(kept).toHaveLength(answered.length)
      await startAndServe(buyers)
      return spreadOf(sent)
    }))

  test('in the middle of fulfilment, every piece gets one key and every order one receipt', () =>
    expectSpread('fulfilment', async (round) => {
      const buyers = await waitingBuyers(stage, TOGETHER)
      const events = await payHeld(stage, buyers)
      const acts = buyers.map((buyer, index) => async () => {
        await sending(events[index] ?? '')()
        return receiptOf(stage, buyer)
      })
      await killAmong(stage, momentOf(round, { most: TOGETHER, span: 6 }, random), acts)
      const done = await soundRemains(({ rows }) =>
        rows(`select ref from contact_ledger where kind = 'receipt' and outcome = 'handed-over' and ref = any($1)`, [
          idsOf(buyers).map((id) => `order:${id}`),
        ]),
      )
      await startAndServe(buyers)
      return { cut: buyers.length - done.length, done: done.length }
    }))

  test('in the middle of erasure, one that was answered is finished, and one that began is finished by the next start', async () => {
    let openAtDeath = 0
    await expectSpread('erasure', async (round) => {
      const buyers = await waitingBuyers(stage, TOGETHER)
      const forms = await eraseForms(stage, buyers)
      const acts = forms.map((form) => () => post(form))
      const known = stage.ledger().length
      const begun = { ms: 0, seen: () => stage.ledger().length - known }
      const moment = momentOf(round, { most: TOGETHER, span: 6 }, random)
      const early = round.at < (round.of * 2) / 3
      const sent = await killAmong(stage, early ? { answers: moment.answers + 1, ...begun } : moment, acts)
      const persons = await soundRemains(({ rows }) => personsOf(rows, buyers))
      const answered = persons.filter((_, index) => sent[index]?.answer?.status === 303)
      const atDeath = stage.ledger()
      expect(atDeath.filter(({ person, ended }) => ended && answered.includes(person))).toHaveLength(answered.length)
      openAtDeath += atDeath.filter(({ ended }) => !ended).length
      await stage.start()

      expect(stage.ledger().filter(({ ended }) => !ended)).toEqual([])
      const again = await Promise.all(forms.map(post))
      for (const { status } of again) expect([303, 410]).toContain(status)
      for (const person of persons) expect(stage.slotsOf(person)).toEqual({ keys: [TAX], lookUps: 0 })
      return spreadOf(sent)
    })
    console.log(`${kind}, erasure: ${openAtDeath} had begun and not ended at the kill`)
    expect(openAtDeath).toBeGreaterThan(0)
  })

  test('after all of it, everything that was ever written adds up', async () => {
    await stage.kill()
    const counted = await soundRemains(({ rows }) =>
      rows(`select (select count(*)::int from order_number) as orders, (select count(*)::int from licence where order_id is not null) as keys,
        (select count(*)::int from contact_ledger where kind = 'receipt' and outcome = 'handed-over') as receipts`),
    )
    const each = rounds * TOGETHER
    expect(counted).toEqual([{ orders: 4 * each, keys: 2 * each, receipts: 2 * each }])
    expect(stage.ledger()).toHaveLength(each)
  })
})

async function personsOf(rows: Remains['rows'], buyers: readonly Buyer[]): Promise<string[]> {
  const found = await rows('select order_id, person_id from order_person where order_id = any($1::uuid[])', [
    idsOf(buyers),
  ])
  const byOrder = new Map(found.map((row) => [row['order_id'], String(row['person_id'])]))
  return buyers.map(({ orderId }) => byOrder.get(orderId) ?? '')
}

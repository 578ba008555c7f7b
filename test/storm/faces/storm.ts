import { facesOf } from '../../../sim/app.tsx'
import type { Drill } from '../../../sim/faults/drill.ts'
import { addFault, type Asked } from '../../../sim/faults/rules.ts'
import { seeded } from '../../../sim/random.ts'
import { release } from '../../../sim/outgoing.ts'
import { isClean, scanPaths } from '../../../src/core/cards/index.ts'
import { refund } from '../../../src/core/orders/index.ts'
import type { OrderContext } from '../../../src/core/orders/index.ts'
import { search } from '../../erase/search.ts'
import type { Shop } from '../../openShop.ts'
import { foldersOf } from '../../postgres.ts'
import { takeReports } from '../../reports.ts'
import { buyOne, type Bought } from './buyer.ts'
import { compare, type Tally } from './compare.ts'
import { DOWNLOADS, planOf, type Played } from './plan.ts'

/** What to play. Shape: `beside` so many buyers at once. */
export type Storm = {
  readonly orders: number
  readonly seed: number
  readonly beside: number
  /** No other test uses the same database server. */
  readonly alone: boolean
  readonly say?: (line: string) => void
}

/** What goes wrong, and how often. Nothing of it is for ever: a processor tries again, and a shop asks. */
const FAULTS: readonly Asked[] = [
  { fault: 'drop', share: 0.05 },
  { fault: 'delay', share: 0.08, by: 40 },
  { fault: 'duplicate', share: 0.1, by: 3 },
  { fault: 'reorder', share: 0.1, by: 60 },
  // What is unsigned is told over TLS, which lets nothing change on its way: a number that is another one cannot be told from it.
  ...['stripe', 'paddle', 'sealed'].map((face): Asked => ({ fault: 'corrupt', share: 0.03, face })),
  { fault: 'wrongSecret', share: 0.02 },
  { fault: 'staleTime', share: 0.02 },
  { fault: 'futureTime', share: 0.02 },
  { fault: 'answer500', share: 0.05 },
  { fault: 'answerTimeout', share: 0.03 },
  { fault: 'slowBody', share: 0.02, by: 2 },
  { fault: 'apiDown', share: 0.03 },
  { fault: 'refundPending', share: 0.2, by: 50 },
  { fault: 'refundFails', share: 0.05, by: 80 },
]

/**
 * So many orders over all processors with everything going wrong that can; then three days of retries, the sweep, and the reports of those
 * that cannot be asked. Answers what the shop came to, beside the processors' own books.
 */
export async function playStorm(
  shop: Shop,
  { orders, seed, beside, alone, say = () => {} }: Storm,
): Promise<Tally & { cards: number }> {
  const drills = new Map(facesOf(shop.sim).flatMap(({ id, drill }) => (drill ? [[id, drill] as const] : [])))
  const faces = [...drills].map(([id, { knows }]): Played => ({ id, knows, products: DOWNLOADS }))
  for (const fault of FAULTS) addFault(shop.sim, fault)
  const bought = await inLanes(orders, beside, (number) => buyOne(shop, planOf(seed, number, faces), number))
  say(`${orders} orders placed`)
  await befall(shop, bought, drills)
  for (let day = 0; day < 3; day += 1) await passes(shop, 'P1D')
  say('three days have passed')
  await calm(shop)
  await passes(shop, 'PT2H')
  say('swept')
  await takeReports(shop)
  say('reports taken in')
  const tally = await compare(
    { rows: shop.rows, db: shop.at.engine.for() },
    bought,
    [...drills.values()].flatMap(({ books }) => [...books()]),
  )
  return { ...tally, cards: await cardsOnDisk(shop, alone) }
}

/** Runs so many pieces of work, so many at a time. */
async function inLanes<T>(count: number, lanes: number, work: (number: number) => Promise<T>): Promise<T[]> {
  const done: T[] = []
  let next = 0
  const lane = async (): Promise<void> => {
    for (let number = next++; number < count; number = next++) done[number] = await work(number)
  }
  await Promise.all(Array.from({ length: Math.min(lanes, count) }, lane))
  return done
}

/** What befalls some payments afterwards, in a mixed order. */
async function befall(shop: Shop, bought: readonly Bought[], drills: ReadonlyMap<string, Drill>): Promise<void> {
  await passes(shop, 'PT5M')
  for (const { plan, orderId } of seeded(bought.length).shuffled(bought)) {
    if (plan.after === 'nothing') continue
    if (plan.after === 'vendorRefund') await refund(ordersOf(shop), orderId, { reason: 'asked' })
    else drills.get(plan.face)?.befall(orderId, plan.after)
  }
  await passes(shop, 'PT5M')
}

function ordersOf(shop: Shop): OrderContext {
  return { db: shop.at.engine.for(), now: shop.now, kick: () => shop.desk().worker.kick() } as unknown as OrderContext
}

/** Lets time pass for shop and processors, and waits for the shop's work that is due. */
async function passes(shop: Shop, period: string): Promise<void> {
  await shop.advance(period)
  await shop.desk().worker.idle()
}

/** Ends all faults, lets every processor send what it still has, and starts the shop anew, which sweeps. */
async function calm(shop: Shop): Promise<void> {
  shop.sim.faults.rules.clear()
  shop.sim.faults.disabled.clear()
  await release(shop.sim)
  await passes(shop, 'P1DT2H')
  await shop.restart()
  await passes(shop, 'PT2H')
  await shop.restart()
  await shop.settled()
}

/** Card numbers on the disk: by the program's own search, and each test card in every spelling. Shape: also in the tables of PostgreSQL, and in its log where no other test writes. */
async function cardsOnDisk(shop: Shop, alone: boolean): Promise<number> {
  const { source } = shop.at
  const folders = [shop.at.dir, ...(source.kind === 'postgres' ? await foldersOf(source.url, { alone }) : [])]
  const report = await scanPaths(folders)
  const { found } = await search({ folders, texts: { lines: shop.lines.join('\n') } }, [
    '4242424242424242',
    '4000000000000119',
  ])
  return report.findings.length + found.length + (isClean(report) ? 0 : 1)
}

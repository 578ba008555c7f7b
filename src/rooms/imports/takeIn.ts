import { faultOfSoldKey, recordKeys, dropOwner, type LicenceTables, type Source } from '../../core/licences/index.ts'
import {
  knowsSale,
  takeIn,
  tryIn,
  type AlsoWrite,
  type OrderId,
  type SaleContext,
  type TakenIn,
} from '../../core/orders/index.ts'
import type { Tx } from '../../db/index.ts'
import type { ImportsContext } from './context.ts'
import type { Counts } from './queries.ts'
import { coveredBy, planFor, type ColumnReport, type NoPlan } from './read/plan.ts'
import type { Because, RefusedRow } from './read/row.ts'
import { readSales, type SaleInFile } from './read/sales.ts'
import type { RawTable } from './read/table.ts'
import type { Mapping } from './mappings/mapping.ts'

/** What a piece of a report came to. */
export type Report = { readonly counts: Counts; readonly refused: readonly RefusedRow[] }

/** Says what becomes of the columns of a file under the policy in force; nothing is written. */
export function lookAtColumns(
  ctx: Pick<ImportsContext, 'policy'>,
  mapping: Mapping,
  head: readonly string[],
): { ok: true; columns: ColumnReport } | NoPlan {
  const planned = planFor(mapping, head, coveredBy(ctx.policy))
  return planned.ok ? { ok: true, columns: planned.plan.columns } : planned
}

/**
 * Takes in rows of a report: whole orders, each in a transaction of its own, so that a run which stops anywhere is gone on with by
 * sending the same file again. A dry run reads and looks in the same way and writes nothing.
 */
export async function takeInRows(
  ctx: ImportsContext,
  { mapping, dry }: { mapping: Mapping; dry: boolean },
  { head, rows }: RawTable,
): Promise<Report | NoPlan> {
  const planned = planFor(mapping, head, coveredBy(ctx.policy))
  if (!planned.ok) return planned
  const { policy, orders, web } = ctx
  const reading = { policy, now: ctx.now(), catalogue: orders.catalogue, notice: web.policyVersion() }
  const { sales, unpaid, passed, refused } = readSales(planned.plan, reading, rows)
  const done = { taken: 0, known: 0 }
  const late: RefusedRow[] = []
  for (const one of sales) {
    const ended = dry ? await tryOne(ctx, one) : await takeOne(ctx, mapping, one)
    if (ended === 'taken' || ended === 'known') done[ended] += one.lines.length
    else late.push(...one.lines.map((line) => ({ line, because: ended })))
  }
  const all = [...refused, ...late].toSorted((a, b) => a.line - b.line)
  return { counts: { done: rows.length, ...done, unpaid: unpaid + passed, refused: all.length }, refused: all }
}

type Ended = 'taken' | 'known' | Because

function saleContext(ctx: ImportsContext): SaleContext {
  return { ...ctx.orders, saleKey: ctx.key }
}

async function tryOne(ctx: ImportsContext, { sale, keys }: SaleInFile): Promise<Ended> {
  const outcome = await tryIn(saleContext(ctx), sale)
  return outcome === 'taken' ? ((await faultOfKeys(ctx, keys, undefined)) ?? outcome) : outcome
}

async function takeOne(ctx: ImportsContext, { processor }: Mapping, { sale, keys }: SaleInFile): Promise<Ended> {
  const known = await knowsSale(saleContext(ctx), sale)
  const fault = await faultOfKeys(ctx, keys, known)
  if (fault && !known) return fault
  const source: Source = processor === 'swreg' || processor === 'regnow' ? processor : 'elsewhere'
  const { outcome } = await takeIn(saleContext(ctx), sale, {
    sold: (tx, { orderId, sealer }) =>
      recordKeys(ctx.licences, tx as unknown as Tx<LicenceTables>, {
        order: { orderId, sealer, source, soldAt: sale.paidAt },
        keys,
      }),
    over: (tx, person) => dropOwner(tx as unknown as Tx<LicenceTables>, person),
  } satisfies AlsoWrite)
  return endOf(outcome)
}

function endOf(outcome: TakenIn['outcome']): Ended {
  return outcome === 'added' ? 'known' : outcome
}

const keyFaults = { length: 'keyLength', likeOurs: 'keyLikeOurs', taken: 'keyTaken' } as const satisfies Record<
  string,
  Because
>

async function faultOfKeys(
  ctx: ImportsContext,
  keys: SaleInFile['keys'],
  orderId: OrderId | undefined,
): Promise<Because | undefined> {
  for (const { key } of keys) {
    const fault = await faultOfSoldKey(ctx.licences, key, orderId)
    if (fault) return keyFaults[fault]
  }
  return undefined
}

import { offerOf, type Catalogue, type PastLine, type PastSale } from '../../../core/orders/index.ts'
import type { FieldOf } from '../../../policy/index.ts'
import type { Mapping } from '../mappings/mapping.ts'
import type { Plan } from './plan.ts'
import { readRow, type Reading, type ReadRow, type RefusedRow } from './row.ts'
import type { RawRow } from './table.ts'

/** A key of one piece of a sale, and the line of the file that names it. */
export type KeyInFile = {
  readonly unit: number
  readonly key: string
  readonly productId: string | null
  readonly productName: string
}

/** One sale of a file. Shape: `lines` are the places of its rows. */
export type SaleInFile = {
  readonly lines: readonly number[]
  readonly sale: PastSale
  readonly keys: readonly KeyInFile[]
}

/** What some rows come to. Shape: `unpaid` and `passed` count rows that are no sale. */
export type SalesRead = {
  readonly sales: readonly SaleInFile[]
  readonly unpaid: number
  readonly passed: number
  readonly refused: readonly RefusedRow[]
}

/** What reading sales needs. */
export type SalesReading = Reading & { readonly catalogue: Catalogue; readonly notice: number }

/** Reads rows into sales. Rows of one order are one sale, and one that cannot be read holds back the others of its order: money is not guessed. */
export function readSales(plan: Plan, reading: SalesReading, rows: readonly RawRow[]): SalesRead {
  const reads = rows.map((raw) => readRow(plan, reading, raw))
  const refused = reads.flatMap((one) => (one.outcome === 'refused' ? [one.refused] : []))
  const bad = new Set(refused.map(({ line }) => line))
  const spoilt = new Set(rows.filter(({ line }) => bad.has(line)).map((raw) => referenceIn(plan, raw)))
  const read = reads.flatMap((one) => (one.outcome === 'read' ? [one.row] : []))
  const sound = read.filter(({ orderRef }) => !spoilt.has(orderRef))
  const paid = sound.filter(({ state }) => state !== 'unpaid')
  const orders = grouped(paid, ({ orderRef }) => orderRef).map((order) => saleOf(plan, reading, order))
  return {
    sales: orders.flatMap((one) => (one.ok ? [one.sale] : [])),
    unpaid: sound.length - paid.length,
    passed: reads.filter(({ outcome }) => outcome === 'passed').length,
    refused: [
      ...refused,
      ...read
        .filter(({ orderRef }) => spoilt.has(orderRef))
        .map(({ line }) => ({ line, because: 'otherRow' as const })),
      ...orders.flatMap((one) => (one.ok ? [] : one.refused)),
    ].toSorted((a, b) => a.line - b.line),
  }
}

/** The order that a row names, also one that cannot be read. */
export function referenceIn({ places }: Pick<Plan, 'places'>, { cells }: RawRow): string {
  return (places.get('orderRef') ?? [])
    .map((at) => cells[at] ?? '')
    .filter(Boolean)
    .join(' ')
}

/** What belongs together, in the order of the first of each. */
export function grouped<T>(all: readonly T[], by: (one: T) => string): T[][] {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const group = groups.get(by(one))
    if (group) group.push(one)
    else groups.set(by(one), [one])
  }
  return [...groups.values()]
}

type SaleRead = { ok: true; sale: SaleInFile } | { ok: false; refused: RefusedRow[] }

function saleOf({ mapping }: Plan, reading: SalesReading, order: readonly ReadRow[]): SaleRead {
  const rows = onceEach(mapping, order)
  const [first] = rows
  const isMixed = rows.some(({ amount }) => amount.currency !== first?.amount.currency)
  const sold = rows.filter(({ amount }) => amount.minor >= 0)
  const isTwice = mapping.oneRowPerOrder === true && sold.length > 1
  if (!first || isMixed || isTwice)
    return { ok: false, refused: order.map(({ line }) => ({ line, because: isTwice ? 'differs' : 'mixed' })) }
  const lines = sold.map((row) => lineOf(reading.catalogue, mapping, row))
  const sale: PastSale = {
    processor: mapping.processor,
    ref: first.orderRef,
    ours: rows.find(({ ours }) => ours)?.ours,
    lines: lines.map(({ line }) => line),
    currency: first.amount.currency,
    paidAt: earliest(sold.length > 0 ? sold : rows),
    ...wentBack(rows),
    chargedBack: rows.some(({ state }) => state === 'chargedBack'),
    ...peopleOf(sold),
    notice: reading.notice,
  }
  return { ok: true, sale: { lines: order.map(({ line }) => line), sale, keys: keysOf(sold, lines) } }
}

/**
 * A row that stands in a file twice, word by word, is one row. Where an order has one row, a newer report that was put behind an
 * older one tells the same sale again, perhaps with more of it paid back.
 */
function onceEach({ oneRowPerOrder }: Mapping, order: readonly ReadRow[]): ReadRow[] {
  const rows = [...new Map(order.map((row) => [JSON.stringify(row.cells), row])).values()]
  if (!oneRowPerOrder) return rows
  const same = (row: ReadRow): string => `${row.amount.minor} ${row.amount.currency} ${row.paidAt.toISOString()}`
  return grouped(rows, same).flatMap((alike) => {
    const most = alike.toSorted((a, b) => b.backMinor - a.backMinor)[0]
    const state = alike.find((row) => row.state === 'chargedBack')?.state
    return most ? [state ? { ...most, state } : most] : []
  })
}

type Named = { readonly line: PastLine; readonly productId: string | null }

function lineOf(catalogue: Catalogue, mapping: Mapping, row: ReadRow): Named {
  const name = named(mapping, row.product)
  const offered = offerOf(catalogue, name)
  const product = offered?.product ?? catalogue.products.find((one) => one.id === name || one.name === name)
  const { id, label, goods } = offered?.offer ?? {
    id: '',
    label: `through ${mapping.name}`,
    goods: 'download' as const,
  }
  const sold = { offerId: id, label, goods, productName: product?.name ?? row.product }
  const line = { ...sold, quantity: row.quantity, grossMinor: row.amount.minor, taxRate: rateOf(row) }
  return { line, productId: product?.id ?? null }
}

/** The vendor's own name of what the processor sold; what the mapping does not name may still be called the same. */
function named({ products = {} }: Mapping, sold: string): string {
  return (Object.hasOwn(products, sold) ? products[sold] : undefined) ?? sold
}

/** The rate that the tax in a line comes from. Shape: hundredths of a percent, null where the report does not tell it. */
function rateOf({ amount, tax }: ReadRow): number | null {
  if (tax === undefined || tax < 0 || tax >= amount.minor) return tax === 0 ? 0 : null
  return Math.round((tax * 10_000) / (amount.minor - tax))
}

function earliest(rows: readonly ReadRow[]): Date {
  return rows.map(({ paidAt }) => paidAt).reduce((first, at) => (at < first ? at : first))
}

/** A single refund without a number of its own is known by its time and its amount. */
function wentBack(rows: readonly ReadRow[]): Pick<PastSale, 'backMinor' | 'backAt' | 'refunds'> {
  const refunds = rows
    .filter(({ amount }) => amount.minor < 0)
    .map(({ amount, lineRef, paidAt: at }) => ({
      ref: lineRef ?? `${at.toISOString()}:${-amount.minor}`,
      amountMinor: -amount.minor,
      at,
    }))
  return {
    backMinor: rows.reduce((sum, row) => sum + (row.amount.minor < 0 ? 0 : row.backMinor), 0),
    backAt: rows.find(({ backAt }) => backAt)?.backAt,
    refunds,
  }
}

/** Who bought: as the first row says that names an address. */
function peopleOf(sold: readonly ReadRow[]): Pick<PastSale, 'owner' | 'country'> {
  const { country, ...owner } = (sold.find(({ personal }) => personal.email) ?? sold[0])?.personal ?? {}
  return { owner: owner as Partial<Record<FieldOf<'registration'>, string>>, country }
}

function keysOf(sold: readonly ReadRow[], lines: readonly Named[]): KeyInFile[] {
  let unit = 0
  return sold.flatMap(({ key, quantity }, at) => {
    const place = unit
    unit += quantity
    const named = lines[at]
    if (key === undefined || !named) return []
    return [{ unit: place, key, productId: named.productId, productName: named.line.productName }]
  })
}

import { sql, type Query, type Tx } from '../../db/index.ts'
import type { PersonId } from '../../vault/index.ts'
import type { Fact, OrderId } from './facts.ts'
import { isToSend, type OrderState } from './fold/state.ts'
import type { OrderTables } from './tables.ts'

/** Holds an order for one transaction, also one that does not exist yet. */
export async function lockOrder(tx: Tx<OrderTables>, orderId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${orderId}, 7))`.execute(tx)
}

/** Adds facts; those that are there already are left as they are. */
export async function addFacts(tx: Tx<OrderTables>, orderId: OrderId, facts: readonly Fact[]): Promise<void> {
  if (facts.length === 0) return
  const rows = facts.map((fact) => ({
    order_id: orderId,
    ...columns(fact),
    units: fact.units ?? null,
    boxes: fact.boxes ?? null,
    attempt: fact.attempt ?? null,
  }))
  await tx
    .insertInto('order_fact')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

function columns(fact: Fact): Omit<OrderTables['inbox'], 'order_ref' | 'received_at'> {
  const { source, ext, kind, at } = fact
  return {
    source,
    ext,
    kind,
    at,
    ref: fact.ref ?? null,
    of: fact.of ?? null,
    reason: fact.reason ?? null,
    amount_minor: fact.amountMinor ?? null,
    currency: fact.currency ?? null,
  }
}

type FactColumns = Omit<OrderTables['inbox'], 'order_ref' | 'received_at'> &
  Partial<Pick<OrderTables['order_fact'], 'units' | 'boxes' | 'attempt'>>

/** A fact as its row has it. */
export function factOf(row: FactColumns): Fact {
  return {
    source: row.source,
    ext: row.ext,
    kind: row.kind,
    at: row.at,
    ...(row.ref !== null && { ref: row.ref }),
    ...(row.of !== null && { of: row.of }),
    ...(row.reason !== null && { reason: row.reason }),
    ...(row.amount_minor !== null && { amountMinor: Number(row.amount_minor) }),
    ...(row.currency !== null && { currency: row.currency }),
    ...(row.units != null && { units: row.units }),
    ...(row.boxes != null && { boxes: row.boxes }),
    ...(row.attempt != null && { attempt: row.attempt }),
  }
}

/** All facts of an order, in no order that matters. */
export async function factsOf(db: Query<OrderTables>, orderId: OrderId): Promise<Fact[]> {
  return (await db.selectFrom('order_fact').selectAll().where('order_id', '=', orderId).execute()).map(factOf)
}

/** Keeps what a processor sent, known order or not. */
export async function keepInInbox(
  tx: Tx<OrderTables>,
  at: Date,
  arrived: readonly { orderRef: string; fact: Fact }[],
): Promise<void> {
  if (arrived.length === 0) return
  const rows = arrived.map(({ orderRef, fact }) => ({ ...columns(fact), order_ref: orderRef, received_at: at }))
  await tx
    .insertInto('inbox')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** What arrived for an order before it was known, by its id or by the name of one of its payments. */
export async function waitingFor(tx: Tx<OrderTables>, orderRef: string): Promise<Fact[]> {
  const rows = await tx
    .selectFrom('inbox')
    .select(['source', 'ext', 'kind', 'at', 'ref', 'of', 'reason', 'amount_minor', 'currency'])
    .where('order_ref', '=', orderRef)
    .execute()
  return rows.map(factOf)
}

/** An order as lists and pages show it. Shape: amounts in minor units. */
export type OrderRow = Omit<OrderTables['order_view'], 'order_id' | 'total_minor'> & {
  readonly id: OrderId
  readonly total_minor: number
}

function orderRow({ order_id, total_minor, ...row }: OrderTables['order_view']): OrderRow {
  return { ...row, id: order_id as OrderId, total_minor: Number(total_minor) }
}

/** One order by its id. */
export async function orderById(db: Query<OrderTables>, orderId: string): Promise<OrderRow | undefined> {
  const row = await db.selectFrom('order_view').selectAll().where('order_id', '=', orderId).executeTakeFirst()
  return row && orderRow(row)
}

/** One order by the number that people read. */
export async function orderByNumber(db: Query<OrderTables>, number: string): Promise<OrderRow | undefined> {
  const row = await db
    .selectFrom('order_number')
    .innerJoin('order_view', 'order_view.order_id', 'order_number.order_id')
    .selectAll('order_view')
    .where('order_number.number', '=', number)
    .executeTakeFirst()
  return row && orderRow(row)
}

/** The newest orders, or those whose box waits to be sent, oldest first. */
export async function listOrders(db: Query<OrderTables>, which: 'newest' | 'toSend'): Promise<OrderRow[]> {
  const all = db.selectFrom('order_view').selectAll().limit(100)
  const rows =
    which === 'toSend' ? all.where('to_send', '=', true).orderBy('placed_at') : all.orderBy('placed_at', 'desc')
  return (await rows.execute()).map(orderRow)
}

/** Writes the list row of an order from its state. */
export async function writeView(
  tx: Tx<OrderTables>,
  order: { id: OrderId; number: string; state: OrderState },
): Promise<void> {
  const { placed, headline, paidAt } = order.state
  if (!placed) return
  const shown = { headline, to_send: isToSend(order.state), paid_at: paidAt ?? null }
  await tx
    .insertInto('order_view')
    .values({
      order_id: order.id,
      number: order.number,
      total_minor: placed.totalMinor,
      currency: placed.currency,
      units: placed.units,
      boxes: placed.boxes,
      placed_at: placed.at,
      ...shown,
    })
    .onConflict((conflict) => conflict.column('order_id').doUpdateSet(shown))
    .execute()
}

/** The number of an order. */
export async function numberOf(db: Query<OrderTables>, orderId: OrderId): Promise<string | undefined> {
  return (await db.selectFrom('order_view').select('number').where('order_id', '=', orderId).executeTakeFirst())?.number
}

/** One line of an order. Shape: gross in minor units; tax rate in hundredths of a percent, null where a report does not tell it. */
export type OrderLine = {
  readonly offerId: string
  readonly productName: string
  readonly label: string
  readonly goods: 'download' | 'box'
  readonly file: string | null
  readonly quantity: number
  readonly grossMinor: number
  readonly taxRate: number | null
}

/** The lines of an order, as they were sold. */
export async function linesOf(db: Query<OrderTables>, orderId: OrderId): Promise<OrderLine[]> {
  const rows = await db.selectFrom('order_line').selectAll().where('order_id', '=', orderId).orderBy('line').execute()
  return rows.map((row) => ({
    offerId: row.offer_id,
    productName: row.product_name,
    label: row.label,
    goods: row.goods,
    file: row.file,
    quantity: row.quantity,
    grossMinor: Number(row.gross_minor),
    taxRate: row.tax_rate,
  }))
}

/** Writes the rows that an order is born with. */
export async function writeOrder(
  tx: Tx<OrderTables>,
  order: { id: OrderId; number: string; person: PersonId | undefined; lines: readonly OrderLine[] },
): Promise<void> {
  await tx.insertInto('order_number').values({ number: order.number, order_id: order.id }).execute()
  if (order.person)
    await tx.insertInto('order_person').values({ order_id: order.id, person_id: order.person }).execute()
  const rows = order.lines.map((line, index) => ({
    order_id: order.id,
    line: index,
    offer_id: line.offerId,
    product_name: line.productName,
    label: line.label,
    goods: line.goods,
    file: line.file,
    quantity: line.quantity,
    gross_minor: line.grossMinor,
    tax_rate: line.taxRate,
  }))
  await tx.insertInto('order_line').values(rows).execute()
}

/** Whose order it is; undefined after an erasure. */
export async function personOf(db: Query<OrderTables>, orderId: OrderId): Promise<PersonId | undefined> {
  const row = await db.selectFrom('order_person').select('person_id').where('order_id', '=', orderId).executeTakeFirst()
  return row?.person_id as PersonId | undefined
}

/** The orders of some persons, newest first. */
export async function ordersOf(
  db: Query<OrderTables>,
  persons: readonly PersonId[],
): Promise<(OrderRow & { person: PersonId })[]> {
  if (persons.length === 0) return []
  const rows = await db
    .selectFrom('order_person')
    .innerJoin('order_view', 'order_view.order_id', 'order_person.order_id')
    .selectAll('order_view')
    .select('order_person.person_id')
    .where('order_person.person_id', 'in', [...persons])
    .orderBy('order_view.placed_at', 'desc')
    .execute()
  return rows.map(({ person_id, ...row }) => ({ ...orderRow(row), person: person_id as PersonId }))
}

/** All order ids, for making the lists again. */
export async function allOrders(db: Query<OrderTables>): Promise<{ id: OrderId; number: string }[]> {
  const rows = await db.selectFrom('order_number').select(['order_id', 'number']).execute()
  return rows.map((row) => ({ id: row.order_id as OrderId, number: row.number }))
}

/** Empties the lists, so that they can be made again. */
export async function clearViews(tx: Tx<OrderTables>): Promise<void> {
  await tx.deleteFrom('order_view').execute()
}

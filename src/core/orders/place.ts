import type { Tx } from '../../db/index.ts'
import { dayIn, idFrom, readableCode } from '../../lib/index.ts'
import { isOn, type Field, type Purpose, type RetentionClass } from '../../policy/index.ts'
import { postalText, type Sealer } from '../../vault/index.ts'
import { quote, type Cart, type Quote } from './cart.ts'
import { taxRate } from './catalogue.ts'
import type { OrderContext } from './context.ts'
import type { Fact, OrderId } from './facts.ts'
import { lockOrder, numberOf, waitingFor, writeOrder, type OrderLine } from './queries.ts'
import { settle } from './record.ts'
import type { OrderTables } from './tables.ts'

/** An order as the checkout form gives it. Shape: `id` follows from the form and all that was typed (`orderIdOf`); `quotedMinor` is the total that was on the page. */
export type NewOrder = {
  readonly id: OrderId
  readonly cart: Cart
  readonly quotedMinor: number
  readonly values: Readonly<Partial<Record<Field, string>>>
  readonly notice: number
}

/** How placing an order ended. */
export type Placed =
  | { readonly outcome: 'placed' | 'already'; readonly id: OrderId; readonly number: string; readonly quote: Quote }
  | { readonly outcome: 'priceChanged'; readonly quote: Quote }
  | { readonly outcome: 'notSold' }

/**
 * The id of the order that a form asks for: the same form with the same content is one order however often it is sent,
 * and whatever is corrected in it makes another one. Shape: `key` 32 bytes; `form` is the form's own random id.
 */
export function orderIdOf(key: Uint8Array, form: OrderId, content: Omit<NewOrder, 'id' | 'notice'>): OrderId {
  const { cart, quotedMinor, values } = content
  const lines = cart.flatMap((line) => [line.offerId, String(line.quantity)])
  const typed = Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))
  return idFrom(key, form, 'order', String(quotedMinor), String(cart.length), ...lines, ...typed.flat())
}

/** The purposes for which the order form asks. */
export function purposesOf(ctx: Pick<OrderContext, 'policy'>, needsAddress: boolean): Purpose[] {
  const wanted: Purpose[] = [
    'purchase',
    ...(needsAddress ? (['fulfilment'] as const) : []),
    'refunds',
    'tax',
    'registration',
  ]
  return wanted.filter((purpose) => isOn(ctx.policy, purpose))
}

/** The purposes whose fields the order form shows: registration takes only what the order had to ask for anyway. */
export function askedFor(ctx: Pick<OrderContext, 'policy'>, needsAddress: boolean): Purpose[] {
  return purposesOf(ctx, needsAddress).filter((purpose) => purpose !== 'registration')
}

/**
 * Places an order: keys first, then boxes, grounds, lines and facts in one transaction, and whatever a processor
 * sent before us is attached. `alsoWrite` lets the desk add the return link's row. Source: promise by-purchase.
 */
export async function place(
  ctx: OrderContext,
  order: NewOrder,
  alsoWrite: (tx: Tx<OrderTables>) => Promise<void>,
): Promise<Placed> {
  const quoted = quote(ctx.catalogue, order.cart)
  const country = order.values.country ?? ''
  const rate = taxRate(ctx.catalogue, country, dayIn(ctx.timeZone, ctx.now()))
  if (!quoted || rate === undefined) return { outcome: 'notSold' }
  if (quoted.total.minor !== order.quotedMinor) return { outcome: 'priceChanged', quote: quoted }

  const before = await numberOf(ctx.db.query, order.id)
  if (before !== undefined) return { outcome: 'already', id: order.id, number: before, quote: quoted }
  const purposes = purposesOf(ctx, quoted.needsAddress)
  const sealer = await ctx.vault.newPerson(classesOf(ctx, purposes), entriesOf(order.values))
  const lines = orderLines(quoted, rate)
  const number = `${ctx.orderPrefix}-${readableCode(4)}-${readableCode(4)}`
  try {
    return await ctx.db.tx(async (tx): Promise<Placed> => {
      await lockOrder(tx, order.id)
      const known = await numberOf(tx, order.id)
      if (known !== undefined) return { outcome: 'already', id: order.id, number: known, quote: quoted }
      await write(ctx, tx, { order, number, lines, quoted, purposes, sealer })
      await alsoWrite(tx)
      return { outcome: 'placed', id: order.id, number, quote: quoted }
    })
  } finally {
    sealer.wipe()
    ctx.kick()
  }
}

/** By what the buyer is found again, and by what a no of theirs is known. */
function entriesOf(values: NewOrder['values']): Parameters<OrderContext['vault']['newPerson']>[1] {
  return { email: values.email, telephone: values.telephone, post: postalText(values) }
}

function classesOf(ctx: OrderContext, purposes: readonly Purpose[]): RetentionClass[] {
  return [...new Set(purposes.flatMap((purpose) => ctx.policy.purposes[purpose]?.class ?? []))]
}

function orderLines(quoted: Quote, rate: number): OrderLine[] {
  return quoted.lines.map(({ product, offer, quantity, grossMinor }) => ({
    offerId: offer.id,
    productName: product.name,
    label: offer.label,
    goods: offer.goods,
    file: offer.file ?? null,
    quantity,
    grossMinor,
    taxRate: rate,
  }))
}

type Birth = {
  order: NewOrder
  number: string
  lines: readonly OrderLine[]
  quoted: Quote
  purposes: readonly Purpose[]
  sealer: Sealer
}

async function write(ctx: OrderContext, tx: Tx<OrderTables>, birth: Birth): Promise<void> {
  const { order, number, lines, purposes, sealer } = birth
  const person = await ctx.vault.collect(tx, sealer, {
    purposes,
    values: order.values as never,
    notice: order.notice,
    channel: 'store',
  })
  await writeOrder(tx, { id: order.id, number, person, lines })
  const waiting = await waitingFor(tx, order.id)
  await settle(tx, ctx.now(), {
    id: order.id,
    number,
    facts: [...birthFacts(ctx.now(), birth), ...waiting],
    isNew: true,
    also: ctx.alsoSettled,
  })
}

function birthFacts(at: Date, { quoted, lines }: Birth): Fact[] {
  const pieces = (goods?: 'box'): number =>
    lines.filter((line) => !goods || line.goods === goods).reduce((sum, line) => sum + line.quantity, 0)
  return [
    {
      source: 'store',
      ext: 'placed',
      kind: 'order.placed',
      at,
      amountMinor: quoted.total.minor,
      currency: quoted.total.currency,
      units: pieces(),
      boxes: pieces('box'),
    },
    { source: 'store', ext: 'attempt:1', kind: 'checkout.attempt', at, attempt: 1 },
  ]
}

import type { Query, Tx } from '../../../db/index.ts'
import { after, idFrom, isId, readableCode, yearEndIn } from '../../../lib/index.ts'
import { clockOf, isOn, type Field, type Purpose } from '../../../policy/index.ts'
import { postalText, type PersonId, type Sealer } from '../../../vault/index.ts'
import type { OrderContext } from '../context.ts'
import type { Fact, OrderId } from '../facts.ts'
import { fold } from '../fold/fold.ts'
import { factsOf, linesOf, lockOrder, numberOf, personOf, writeOrder } from '../queries.ts'
import { settle } from '../record.ts'
import type { OrderTables } from '../tables.ts'
import { capturedIn, paymentKey } from '../payment/queries.ts'
import { factsOfSale } from './facts.ts'
import { orderPaidBy } from './queries.ts'
import { totalOf, type PastLine, type PastSale } from './sale.ts'

/** What came of it. `added`: the order was known and something of it was not. `differs`: it is known with another amount. */
export type TakenIn = {
  readonly outcome: 'taken' | 'known' | 'added' | 'differs' | 'unknownSale'
}

/** What taking in needs. Shape: `saleKey` 32 bytes, under which a sale always gets the same id. */
export type SaleContext = OrderContext & { readonly saleKey: Uint8Array }

/** A sale whose right of use lives, for what is written with it. Shape: no sealer when nothing personal is held as an owner. */
export type SoldNow = { readonly orderId: OrderId; readonly sealer: Sealer | undefined }

/** What is written with a sale, in its transaction: when its right of use lives, and when it ended after it was taken in. */
export type AlsoWrite = {
  readonly sold: (tx: Tx<OrderTables>, sold: SoldNow) => Promise<void>
  readonly over: (tx: Tx<OrderTables>, person: PersonId) => Promise<void>
}

// A sale has no time of its own before it is read, so that a corrected date in a later report finds the same order.
const NO_TIME = '00000000-0000-7000-8000-000000000000' as OrderId

function idOf({ saleKey }: SaleContext, { processor, ref }: PastSale): OrderId {
  return idFrom(saleKey, NO_TIME, 'past sale', processor, ref)
}

/** Whether the shop has this sale already: taken in before, or made by itself. */
export async function knowsSale(ctx: SaleContext, sale: PastSale): Promise<OrderId | undefined> {
  const { db } = ctx
  const id = idOf(ctx, sale)
  if ((await numberOf(db.query, id)) !== undefined) return id
  const paid = await orderPaidBy(db.query, { source: sale.processor, ref: sale.ref })
  if (paid) return paid
  const named = isId<'order'>(sale.ours) && (await numberOf(db.query, sale.ours)) !== undefined
  return named ? (sale.ours as OrderId) : undefined
}

/** What taking a sale in would come to, as far as it can be seen without writing. */
export async function tryIn(ctx: SaleContext, sale: PastSale): Promise<Exclude<TakenIn['outcome'], 'added'>> {
  const known = await knowsSale(ctx, sale)
  if (known)
    return (await misfit(ctx.db.query, { id: known, facts: await factsOf(ctx.db.query, known) }, sale)) ?? 'known'
  return sale.lines.length === 0 ? 'unknownSale' : 'taken'
}

/**
 * Takes in one sale that was made elsewhere, once however often it is told. Of a sale that is known only what is missing is added,
 * and never anything about a person: whoever was erased does not come back. Of a new sale nothing is mailed and no key is made; an order of our own is paid as by any payment.
 * Source: decisions 024 and 033.
 */
export async function takeIn(ctx: SaleContext, sale: PastSale, also: AlsoWrite): Promise<TakenIn> {
  const known = await knowsSale(ctx, sale)
  if (known) return addMissing(ctx, { id: known, sale }, also)
  if (sale.lines.length === 0) return { outcome: 'unknownSale' }
  return takeNew(ctx, sale, also)
}

async function takeNew(ctx: SaleContext, sale: PastSale, also: AlsoWrite): Promise<TakenIn> {
  const id = idOf(ctx, sale)
  const facts = factsOfSale(sale, false)
  const isActive = fold(facts).right === 'active'
  const holding = heldOf(ctx, sale, isActive)
  const sealer = holding ? await newSealer(ctx, holding) : undefined
  try {
    const done = await ctx.db.tx(async (tx): Promise<TakenIn | undefined> => {
      await lockOrder(tx, id)
      if ((await numberOf(tx, id)) !== undefined) return undefined
      const person = sealer && holding ? await hold(ctx, tx, { sealer, holding, sale }) : undefined
      const number = `${ctx.orderPrefix}-${readableCode(4)}-${readableCode(4)}`
      await writeOrder(tx, { id, number, person, lines: sale.lines.map((line) => ({ ...line, file: null })) })
      await settle(tx, ctx.now(), { id, number, facts, isNew: true })
      const isOwner = holding?.purposes.includes('registration')
      if (isActive) await also.sold(tx, { orderId: id, sealer: isOwner ? sealer : undefined })
      return { outcome: 'taken' }
    })
    return done ?? (await addMissing(ctx, { id, sale }, also))
  } finally {
    sealer?.wipe()
  }
}

/** What is held of a sale, and for what. */
type Held = { readonly purposes: readonly Purpose[]; readonly values: Readonly<Partial<Record<Field, string>>> }

/** An owner is held while the sale stands, and the country while the law asks for it. Nothing else of a report is. */
function heldOf(ctx: SaleContext, { owner, country, paidAt }: PastSale, isActive: boolean): Held | undefined {
  const isOwner = isActive && isOn(ctx.policy, 'registration') && owner.email !== undefined
  const isTaxed =
    country !== undefined && after(yearEndIn(ctx.timeZone, paidAt), clockOf(ctx.policy, 'tax').period) > ctx.now()
  if (!isOwner && !isTaxed) return undefined
  return {
    purposes: [...(isOwner ? (['registration'] as const) : []), ...(isTaxed ? (['tax'] as const) : [])],
    values: { ...(isOwner && owner), ...(isTaxed && { country }) },
  }
}

function newSealer(ctx: SaleContext, { purposes, values }: Held): Promise<Sealer> {
  const classes = purposes.flatMap((purpose) => ctx.policy.purposes[purpose]?.class ?? [])
  const entries = { email: values.email, telephone: values.telephone, post: postalText(values) }
  return ctx.vault.newPerson([...new Set(classes)], entries)
}

async function hold(
  ctx: SaleContext,
  tx: Tx<OrderTables>,
  { sealer, holding, sale }: { sealer: Sealer; holding: Held; sale: PastSale },
): Promise<PersonId> {
  const { purposes, values } = holding
  const channel = `import: ${sale.processor}`
  const person = await ctx.vault.collect(tx, sealer, {
    purposes,
    values: values as never,
    notice: sale.notice,
    channel,
    keep: true,
  })
  if (purposes.includes('tax'))
    await ctx.vault.mark(tx, { person, purposes: ['tax'], event: 'yearEnd', at: yearEndIn(ctx.timeZone, sale.paidAt) })
  return person
}

async function addMissing(
  ctx: SaleContext,
  { id, sale }: { id: OrderId; sale: PastSale },
  also: AlsoWrite,
): Promise<TakenIn> {
  const done = await ctx.db.tx(async (tx): Promise<TakenIn> => {
    await lockOrder(tx, id)
    const [number = '', before] = [await numberOf(tx, id), await factsOf(tx, id)]
    const misfits = await misfit(tx, { id, facts: before }, sale)
    if (misfits) return { outcome: misfits }
    const missing = missingOf(before, factsOfSale(sale, !fold(before).fulfilledElsewhere))
    if (missing.length === 0) return { outcome: 'known' }
    const now = await settle(tx, ctx.now(), { id, number, facts: missing, also: ctx.alsoSettled })
    const person = now.fulfilledElsewhere && now.right === 'revoked' ? await personOf(tx, id) : undefined
    if (person) await endOwner(ctx, tx, person)
    if (person) await also.over(tx, person)
    return { outcome: 'added' }
  })
  ctx.kick()
  return done
}

/**
 * Money is not guessed: a known order of another amount or currency is for people to look at, and so is money that went back of a payment
 * that nobody knows. A processor that gives each product of a basket a number of its own tells of each apart, so what is told may also be
 * one of the order's lines, as in the call for its key.
 */
async function misfit(
  db: Query<OrderTables>,
  { id, facts }: { readonly id: OrderId; readonly facts: readonly Fact[] },
  sale: PastSale,
): Promise<'differs' | 'unknownSale' | undefined> {
  const { placed } = fold(facts)
  if (placed?.currency !== sale.currency) return 'differs'
  const payment = paymentKey({ source: sale.processor, ref: sale.ref })
  if (sale.lines.length === 0) return paidIn(facts).has(payment) ? undefined : 'unknownSale'
  if (placed.totalMinor === totalOf(sale)) return undefined
  const lines = await linesOf(db, id)
  const isOne = (told: PastLine): boolean =>
    lines.some(({ quantity, grossMinor }) => quantity === told.quantity && grossMinor === told.grossMinor)
  return sale.lines.every(isOne) ? undefined : 'differs'
}

/** The payments that came in, by their names at their processors. */
function paidIn(facts: readonly Fact[]): ReadonlySet<string> {
  return new Set(capturedIn(facts).map(paymentKey))
}

/** A payment is the same under whatever name of a message it was told. What a report says went back counts only beyond what is known. */
function missingOf(before: readonly Fact[], told: readonly Fact[]): Fact[] {
  const names = new Set(before.map(({ source, ext }) => `${source} ${ext}`))
  const paid = paidIn(before)
  const gone = fold(before).refunds.filter(({ state }) => state === 'succeeded')
  const backOf = (payment: string | undefined): number =>
    gone.filter(({ of }) => of === undefined || of === payment).reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  return told.filter(({ source, ext, kind, ref = '', of, amountMinor = 0 }) => {
    if (kind === 'pay.captured' && paid.has(paymentKey({ source, ref }))) return false
    if (kind === 'refund.reported' && amountMinor <= backOf(of)) return false
    return !names.has(`${source} ${ext}`)
  })
}

/** Whoever got all the money back owns nothing: what was held to know them goes with the next look at the clocks. */
async function endOwner(ctx: SaleContext, tx: Tx<OrderTables>, person: PersonId): Promise<void> {
  await ctx.vault.mark(tx, { person, purposes: ['registration'], event: 'left', at: ctx.now() })
}

import { keyedHash, newId } from '../../../lib/index.ts'
import { productOf } from '../../orders/index.ts'
import type { LicenceContext } from '../context.ts'
import { spelt, tailOf } from '../key.ts'
import { addLicences } from '../queries.ts'
import type { Source } from '../tables.ts'
import { takeSerials } from './queries.ts'

/** A copy that was sold elsewhere, as the vendor lists it. */
export type SoldElsewhere = { readonly product: string; readonly serial: string; readonly source: string }

/** Why a line of the vendor's list cannot be taken. */
export type BadSerial = 'product' | 'source' | 'length' | 'likeOurs'

/** What came of a list. Shape: `refused` names lines by their place, from 0, and never repeats a number. */
export type Loaded = {
  readonly loaded: number
  readonly known: number
  readonly refused: readonly { readonly row: number; readonly because: BadSerial }[]
}

const sources: readonly string[] = ['box', 'reseller', 'swreg', 'regnow'] satisfies Source[]
const SHORTEST = 8
const LONGEST = 64

/** Takes in serial numbers of copies that were sold elsewhere. A number that is known already is left as it is. */
export async function loadSerials(ctx: LicenceContext, rows: readonly SoldElsewhere[]): Promise<Loaded> {
  const refused = rows.flatMap((one, row) => {
    const because = faultOf(ctx, one)
    return because ? [{ row, because }] : []
  })
  const bad = new Set(refused.map(({ row }) => row))
  const ready = rows.filter((_, row) => !bad.has(row)).map((one) => licenceOf(ctx, one))
  const loaded = ready.length > 0 ? await write(ctx, ready) : 0
  return { loaded, known: ready.length - loaded, refused }
}

function faultOf(ctx: LicenceContext, { product, serial, source }: SoldElsewhere): BadSerial | undefined {
  if (!productOf(ctx.orders.catalogue, { id: product, name: product })) return 'product'
  return sources.includes(source) ? faultOfKey(serial) : 'source'
}

/** Why a number cannot be that of a copy from elsewhere. */
export function faultOfKey(serial: string): 'length' | 'likeOurs' | undefined {
  const { form, text } = spelt(serial)
  // A number that looks like one of our keys could not be told from a key with a slip in it.
  if (form !== 'serial') return 'likeOurs'
  return text.length < SHORTEST || text.length > LONGEST ? 'length' : undefined
}

type Ready = ReturnType<typeof licenceOf>

function licenceOf(ctx: LicenceContext, { product, serial, source }: SoldElsewhere) {
  const { text } = spelt(serial)
  const hash = keyedHash(ctx.licenceKey, text)
  const licence = {
    licence_id: newId<'licence'>(ctx.now()),
    order_id: null,
    unit: null,
    product_id: product,
    product_name: productOf(ctx.orders.catalogue, { id: product, name: product })?.name ?? product,
    key_hash: hash,
    key_tail: tailOf(text),
    issued_at: ctx.now(),
  }
  return { licence, serial: { key_hash: hash, licence_id: licence.licence_id, source: source as Source } }
}

function write(ctx: LicenceContext, ready: readonly Ready[]): Promise<number> {
  const at = ctx.now()
  return ctx.db.tx(async (tx) => {
    const fresh = await takeSerials(
      tx,
      ready.map(({ serial }) => ({ ...serial, loaded_at: at })),
    )
    const licences = ready.map(({ licence }) => licence).filter((licence) => fresh.has(licence.licence_id))
    if (licences.length > 0) await addLicences(tx, licences)
    return licences.length
  })
}

import { after, keyedHash } from '../../../lib/index.ts'
import { productOf, rightOf, stateOf } from '../../orders/index.ts'
import type { LicenceContext } from '../context.ts'
import { spelt } from '../key.ts'
import { copyByHash, type Copy } from './queries.ts'

/** Everything that the answer to a key can be. */
export type CheckCode =
  'VALID' | 'UPDATES_ENDED' | 'NOT_FOUND' | 'KEY_FORMAT' | 'WRONG_PRODUCT' | 'SUSPENDED' | 'REVOKED'

/** What may be said about a key: nothing about who has it. Shape: `licence` is a name of ours that leads nowhere. */
export type Checked = {
  readonly valid: boolean
  readonly code: CheckCode
  readonly licence: string | null
  readonly product: string | null
  readonly updatesUntil: Date | null
}

/** Says what a key is good for. A key of the wrong form is looked up all the same, so that every answer costs the same. */
export async function check(
  ctx: LicenceContext,
  asked: { key: string; product?: string | undefined },
): Promise<Checked> {
  const { form, text } = spelt(asked.key)
  const copy = await copyByHash(ctx.db.query, keyedHash(ctx.licenceKey, text))
  if (!copy) return bad(form === 'mistyped' ? 'KEY_FORMAT' : 'NOT_FOUND')
  const product = productOf(ctx.orders.catalogue, { id: copy.productId, name: copy.productName })
  const id = product?.id ?? copy.productId
  if (asked.product !== undefined && asked.product !== id) return bad('WRONG_PRODUCT')
  const about = { licence: nameOf(ctx, copy), product: id, updatesUntil: supportedUntil(ctx, copy) }
  const code = (await withdrawn(ctx, copy)) ?? (isOver(ctx, about.updatesUntil) ? 'UPDATES_ENDED' : 'VALID')
  return { valid: code === 'VALID' || code === 'UPDATES_ENDED', code, ...about }
}

function bad(code: Checked['code']): Checked {
  return { valid: false, code, licence: null, product: null, updatesUntil: null }
}

/** The same for the same licence whoever asks, and nothing can be found by it. */
function nameOf(ctx: LicenceContext, copy: Copy): string {
  return `lic_${keyedHash(ctx.licenceKey, 'name', copy.id).subarray(0, 12).toString('hex')}`
}

async function withdrawn(ctx: LicenceContext, copy: Copy): Promise<'SUSPENDED' | 'REVOKED' | undefined> {
  const right = copy.order ? rightOf(await stateOf(ctx.orders, copy.order), copy.unit ?? 0) : 'active'
  if (right === 'suspended') return 'SUSPENDED'
  return copy.revokedAt !== null || right === 'revoked' ? 'REVOKED' : undefined
}

function isOver(ctx: LicenceContext, until: Date | null): boolean {
  return until !== null && until <= ctx.now()
}

/**
 * Until when updates and help are given for a copy: from the purchase on, or from when its serial number was taken in where it was
 * bought elsewhere. Registering neither shortens it nor starts it anew. Shape: null when the catalogue promises no time.
 */
export function supportedUntil(ctx: Pick<LicenceContext, 'orders'>, copy: Copy): Date | null {
  const { support } = productOf(ctx.orders.catalogue, { id: copy.productId, name: copy.productName }) ?? {}
  return support ? after(copy.issuedAt, support) : null
}

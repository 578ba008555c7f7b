import type { FieldOf } from '../../../policy/index.ts'
import type { OrderLine } from '../queries.ts'

/** One line of a past sale. */
export type PastLine = Omit<OrderLine, 'file'>

/**
 * A sale that was made elsewhere, as a report tells it. Shape: `ref` is the processor's own number of it; without lines only what
 * went back is told; `backMinor` is what went back in all, `refunds` what went back piece by piece; `ours` is an order of this shop
 * that the report names; `owner` holds only what is held for a registration; amounts in minor units.
 */
export type PastSale = {
  readonly processor: string
  readonly ref: string
  readonly ours: string | undefined
  readonly lines: readonly PastLine[]
  readonly currency: string
  readonly paidAt: Date
  readonly backMinor: number
  readonly backAt: Date | undefined
  readonly refunds: readonly { readonly ref: string; readonly amountMinor: number; readonly at: Date }[]
  readonly chargedBack: boolean
  readonly owner: Readonly<Partial<Record<FieldOf<'registration'>, string>>>
  readonly country: string | undefined
  readonly notice: number
}

/** What a sale came to. Shape: minor units. */
export function totalOf({ lines }: Pick<PastSale, 'lines'>): number {
  return lines.reduce((sum, line) => sum + line.grossMinor, 0)
}

import type { Fact } from '../facts.ts'
import { totalOf, type PastSale } from './sale.ts'

/** What a report says of a sale, as facts. Shape: `isOurs` when this shop made the sale itself, so that its processor may have told us of some of it. */
export function factsOfSale(sale: PastSale, isOurs: boolean): Fact[] {
  return [...(sale.lines.length > 0 ? soldFacts(sale, isOurs) : []), ...backFacts(sale, isOurs), ...takenBack(sale)]
}

function soldFacts({ processor: source, ref, currency, paidAt: at, ...sale }: PastSale, isOurs: boolean): Fact[] {
  const amountMinor = totalOf(sale)
  const paid: Fact = { source, ext: `paid:${ref}`, kind: 'pay.captured', at, ref, amountMinor, currency }
  if (isOurs) return [paid]
  const units = sale.lines.reduce((sum, line) => sum + line.quantity, 0)
  return [
    { source, ext: 'placed', kind: 'order.placed', at, amountMinor, currency, units, boxes: 0 },
    { source, ext: 'elsewhere', kind: 'order.fulfilledElsewhere', at },
    paid,
  ]
}

/**
 * Single refunds count one by one where nobody else tells of them. Of a sale of our own the processor may have told already, under
 * names that the report does not use: there only their sum is said, which adds nothing to what is known.
 */
function backFacts({ processor: source, ref: of, refunds, ...sale }: PastSale, isOurs: boolean): Fact[] {
  const at = sale.backAt ?? sale.paidAt
  const sum = refunds.reduce((all, refund) => all + refund.amountMinor, 0)
  const inAll = Math.max(sale.backMinor, isOurs ? sum : 0)
  const reported: Fact = {
    source,
    ext: `reported:${of}:${inAll}`,
    kind: 'refund.reported',
    at,
    ref: `reported:${of}:${inAll}`,
    of,
    amountMinor: inAll,
  }
  const singles = refunds.map((refund): Fact => {
    const ref = `${of}:${refund.ref}`
    return { source, ext: `refund:${ref}`, kind: 'refund.succeeded', ...refund, ref, of }
  })
  return [...(inAll > 0 ? [reported] : []), ...(isOurs ? [] : singles)]
}

function takenBack({ processor: source, ref, chargedBack, backAt, paidAt }: PastSale): Fact[] {
  if (!chargedBack) return []
  const name = `dispute:${ref}`
  return [{ source, ext: name, kind: 'dispute.lost', at: backAt ?? paidAt, ref: name, of: ref }]
}

import type { Tx } from '../../../db/index.ts'
import type { Fact, OrderId } from '../facts.ts'
import { factsOf, lockOrder, waitingFor } from '../queries.ts'
import type { OrderTables } from '../tables.ts'
import { capturedIn, paymentKey } from './queries.ts'

/** What was told of the payments that some facts say came in, before their order was known. Whoever tells more at the same time waits for us. */
export async function toldBefore(tx: Tx<OrderTables>, facts: readonly Fact[]): Promise<Fact[]> {
  const told: Fact[] = []
  for (const key of capturedIn(facts).map(paymentKey).sort()) {
    await lockOrder(tx, key)
    told.push(...(await waitingFor(tx, key)))
  }
  return told
}

/**
 * The same facts with what a processor leaves unsaid of a refund of a whole payment: how much that was, and by which name it was asked for here, so
 * that what staff asked for and what the processor did is one refund.
 */
export async function completed(
  tx: Tx<OrderTables>,
  order: { readonly id: OrderId; readonly isNew?: true },
  facts: readonly Fact[],
): Promise<readonly Fact[]> {
  if (!facts.some(isUnsaid)) return facts
  const known = [...(order.isNew ? [] : await factsOf(tx, order.id)), ...facts]
  return facts.map((fact) => (isUnsaid(fact) ? said(fact, known) : fact))
}

function isUnsaid({ kind, of, amountMinor }: Fact): boolean {
  return kind === 'refund.succeeded' && of !== undefined && amountMinor === undefined
}

function said(fact: Fact, known: readonly Fact[]): Fact {
  const payment = known.find(
    ({ kind, source, ref }) => kind === 'pay.captured' && source === fact.source && ref === fact.of,
  )
  const asked = known.find(
    (one) =>
      one.kind === 'refund.requested' &&
      one.of === fact.of &&
      one.amountMinor === payment?.amountMinor &&
      !isOver(one, known),
  )
  return {
    ...fact,
    amountMinor: payment?.amountMinor ?? 0,
    ...(payment?.currency !== undefined && { currency: payment.currency }),
    ...(asked?.ref !== undefined && { ref: asked.ref }),
  }
}

function isOver({ ref }: Fact, known: readonly Fact[]): boolean {
  return known.some((one) => one.ref === ref && one.kind.startsWith('refund.') && one.kind !== 'refund.requested')
}

import { dayIn } from '../../../lib/index.ts'
import { processors, type Finding, type ProcessorId } from '../../../policy/index.ts'
import { hasMisfits } from '../../orders/index.ts'
import type { PaymentContext } from '../context.ts'
import { processorStates } from '../queries.ts'
import { en } from '../words.ts'

/** Looks whether what an unsigned processor told was counted only where it fits an order, and says how it stands with it. Source: promises swreg and regnow. */
export async function unsignedKept(ctx: PaymentContext, processor: ProcessorId): Promise<Finding> {
  const adapter = ctx.processors.of(processor)
  const holds = !(await hasMisfits(ctx.orders.db.query, processor))
  const state = (await processorStates(ctx.db.query)).find((row) => row.processor === processor)
  const { closed } = processors[processor]
  const found = holds ? en.fits : en.misfit
  const said = [
    ...(closed ? [`${closed.text.en} (Source: ${closed.source}, ${closed.on}.)`] : []),
    ...(adapter ? [adapter.sells ? en.played : en.notOffered] : [en.notSetUp]),
    ...(state?.heard_at ? [en.heard(dayIn('UTC', state.heard_at)), found] : [holds ? en.silent : en.misfit]),
  ]
  return { holds, text: said.join(' ') }
}

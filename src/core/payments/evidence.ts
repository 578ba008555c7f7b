import type { Finding } from '../../policy/index.ts'
import type { Adapter } from './adapter.ts'
import type { PaymentContext } from './context.ts'
import { processorStates } from './queries.ts'
import { anyEnvelope } from './sealed/queries.ts'
import { lookAtReceipts } from './sealed/receipts.ts'
import { en } from './words.ts'

/** How the parts of a finding are written. */
export type Writing = { readonly nameOf: (adapter: Adapter) => string; readonly day: (at: Date) => string }

/**
 * What shows that cards are typed elsewhere and that a processor's messages prove themselves: a message of nobody is offered to each
 * processor's check and must be refused, and every sealed card part of an order that is over has its receipt. Source: promise hosted-cards.
 */
export async function lookAtProcessors(ctx: PaymentContext, { nameOf, day }: Writing): Promise<Finding> {
  const { all } = ctx.processors
  const states = new Map((await processorStates(ctx.db.query)).map((row) => [row.processor, row]))
  for (const adapter of all)
    if (await takesAnything(adapter, ctx.now())) return { holds: false, text: en.unproven(nameOf(adapter)) }
  if (!(await isReceipted(ctx))) return { holds: false, text: en.unreceipted }
  const said = all.map((adapter) => {
    const heard = states.get(adapter.facts.id)?.heard_at
    return en.channel[adapter.facts.channel](nameOf(adapter), heard ? en.last(day(heard)) : '')
  })
  return { holds: true, text: said.join(' ') || en.noneProcessor }
}

/** What shows that no card part is kept beyond its order: each that came has its receipt, or its order is not over. Source: promise card-deleted. */
export async function lookAtCardParts(ctx: Pick<PaymentContext, 'db' | 'now' | 'orders'>): Promise<Finding> {
  if (!(await isReceipted(ctx))) return { holds: false, text: en.unreceipted }
  return { holds: true, text: (await anyEnvelope(ctx.db.query)) ? en.receipted : en.noCardPart }
}

async function isReceipted(ctx: Pick<PaymentContext, 'db' | 'now' | 'orders'>): Promise<boolean> {
  const { over, late, unnoted } = await lookAtReceipts(ctx)
  return over + late + unnoted === 0
}

/** Whether a message that nobody signed would be taken. */
async function takesAnything({ endpoints, verify }: Adapter, now: Date): Promise<boolean> {
  for (const { name: endpoint } of endpoints)
    if ((await verify({ endpoint, body: Buffer.from('{}'), headers: {} }, now)).ok) return true
  return false
}

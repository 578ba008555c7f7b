import { earlier } from '../../lib/index.ts'
import type { ContactContext } from '../context.ts'
import { mailsByMessage, type LedgerRow } from '../queries.ts'
import type { BounceKind, ContactTables, StopReason } from '../tables.ts'
import type { Tx } from '../../db/index.ts'
import { noteBounce, passingBounces } from './queries.ts'
import { stop } from './stop.ts'

type BounceContext = Pick<ContactContext, 'db' | 'vault' | 'now' | 'log'>

/** The address is no more, or never was. A refusal of our text or of us (5.7.x) and a full mailbox (5.2.2) are no fault of it. Source: RFC 3463. */
const DEAD = /^5\.(1\.(1|2|3|6|10)|2\.1)$/
const PASSING = /^(4\.\d{1,3}\.\d{1,3}|5\.2\.2)$/

/** What a status of a mail host means for the address. */
export function bounceOf(status: string): BounceKind {
  if (DEAD.test(status)) return 'lasting'
  return PASSING.test(status) ? 'passing' : 'other'
}

const MONTH_MS = 30 * 86_400_000
const OFTEN = { mails: 3, things: 2 }

/**
 * Takes in that a mail of ours came back. A dead address is stopped at once; one that fails for now is stopped when it did so three
 * times within thirty days over at least two different things. Only news and surveys are stopped: a receipt is still tried.
 * Errors: a Message-ID that is not ours, or of somebody who was erased, changes nothing.
 */
export async function bounced(
  ctx: BounceContext,
  { messageId, status }: { messageId: string; status: string },
): Promise<'ours' | 'unknown'> {
  const [mail] = await mailsByMessage(ctx.db.query, [messageId])
  if (!mail) return 'unknown'
  await takeBounce(ctx, mail, status)
  return 'ours'
}

/** Notes a bounce of one mail and stops the address when it must be. */
export async function takeBounce(ctx: BounceContext, mail: LedgerRow, status: string): Promise<void> {
  const bounce = bounceOf(status)
  if (!(await noteBounce(ctx.db.query, { mailId: mail.mailId, bounce, at: ctx.now() }))) return
  const because = await reasonFor(ctx, mail, bounce)
  if (!because) return
  await ctx.db.tx(async (tx: Tx<ContactTables>) => {
    await stop(ctx, tx, { person: mail.person, channel: 'mail', because })
  })
}

async function reasonFor(ctx: BounceContext, mail: LedgerRow, bounce: BounceKind): Promise<StopReason | undefined> {
  if (bounce === 'lasting') return 'bounced'
  if (bounce !== 'passing') return undefined
  const persons = await ctx.vault.alike('email', mail.person)
  const since = earlier(ctx.now(), MONTH_MS)
  const { mails, things } = await passingBounces(ctx.db.query, { persons: [...persons, mail.person], since })
  return mails >= OFTEN.mails && things >= OFTEN.things ? 'bounced-often' : undefined
}

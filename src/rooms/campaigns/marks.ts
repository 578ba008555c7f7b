import type { Tx } from '../../db/index.ts'
import type { Now } from '../../lib/index.ts'
import { campaignByCode, campaignById, noteMark } from './queries.ts'
import { campaignIn } from './refs.ts'
import type { CampaignTables } from './tables.ts'

/** Counts an order that came with a campaign's code, in the order's own transaction. A code that is none counts for nothing. */
export async function noteOrder<T>(
  ctx: { readonly now: Now },
  tx: Tx<T>,
  of: { orderId: string; code: string },
): Promise<void> {
  const own = tx as unknown as Tx<CampaignTables>
  const campaign = await campaignByCode(own, of.code.trim().toUpperCase())
  if (campaign) await noteMark(own, { campaign: campaign.id, kind: 'order', ref: of.orderId, at: ctx.now() })
}

/**
 * Counts an answer to a mail of a campaign, in the transaction that files it. Answers the campaign's code, for whoever reads the answer;
 * undefined when the mail was of no campaign. Shape: `for` as it stands in the contact ledger; `ref` an id of the message.
 */
export async function noteReply<T>(
  ctx: { readonly now: Now },
  tx: Tx<T>,
  of: { for: string; ref: string },
): Promise<string | undefined> {
  const id = campaignIn(of.for)
  if (id === undefined) return undefined
  return replied(tx as unknown as Tx<CampaignTables>, { id, ref: of.ref, at: ctx.now() })
}

async function replied(tx: Tx<CampaignTables>, of: { id: string; ref: string; at: Date }): Promise<string | undefined> {
  const found = await campaignById(tx, of.id)
  if (found) await noteMark(tx, { campaign: of.id, kind: 'reply', ref: of.ref, at: of.at })
  return found?.code
}

import type { Finding } from '../../policy/index.ts'
import { channels, purposeOf, type CampaignContext } from './context.ts'
import { wordlessConsents } from './news/queries.ts'
import { en } from './words.ts'

/** Whether nobody got news after a no, and every yes still says to which words it was said. */
export async function campaignsKept(ctx: Pick<CampaignContext, 'contact' | 'db'>): Promise<Finding> {
  const { afterNo } = await ctx.contact.many.madeAfterNo(channels.map((channel) => purposeOf[channel]))
  const wordless = await wordlessConsents(ctx.db.query)
  return { holds: afterNo === 0 && wordless === 0, text: en.evidence({ afterNo, wordless }) }
}

import { isOn } from '../../../policy/index.ts'
import { isLive, type Holding, type PersonId } from '../../../vault/index.ts'
import type { PrivacyContext } from '../context.ts'

/** How a person can end one use of what is held: take a consent back, object, or give a copy up. */
export type Ending = 'withdraw' | 'object' | 'leave'

const NEWS = { campaignMail: 'mail', campaignPost: 'post', campaignTelephone: 'telephone' } as const
type News = keyof typeof NEWS
const allNews = Object.keys(NEWS) as News[]

/** Whether a ground can be ended by the person, and how. What a contract or the law asks for has its own end. */
export function endingOf(ctx: Pick<PrivacyContext, 'policy' | 'now'>, ground: Holding): Ending | undefined {
  if (!isOn(ctx.policy, ground.purpose) || !isLive(ground, ctx.now())) return undefined
  if (ground.purpose === 'registration') return 'leave'
  if (ground.legalBasis === 'consent') return 'withdraw'
  return ground.legalBasis === 'interest' ? 'object' : undefined
}

/**
 * Ends one use at the person's word, at once and without a question. What no other use needs is destroyed within the hour.
 * Errors: `notEnding` when nothing is held for it, or when the law keeps it.
 */
export async function endUse(ctx: PrivacyContext, person: PersonId, purpose: string): Promise<Ending | 'notEnding'> {
  const ground = (await ctx.vault.held(person)).find((one) => one.purpose === purpose && endingOf(ctx, one))
  const ending = ground && endingOf(ctx, ground)
  if (!ground || !ending) return 'notEnding'
  const news = allNews.filter((one) => one === ground.purpose)
  if (ending === 'leave') return (await ctx.leaveCopies(person)) === 'left' ? 'leave' : 'notEnding'
  if (news.length > 0) await stopNews(ctx, person, news)
  else await ctx.db.tx((tx) => ctx.vault.withdraw(tx, { person, purposes: [ground.purpose] }))
  ctx.orders.kick()
  return ending
}

/**
 * No news, in any way if none is named and whoever asked for it: the no is kept by a mark that says nothing of the address. The grounds
 * of all who are known by the same address end too, so that it still holds when an address is corrected.
 */
export async function stopNews(ctx: PrivacyContext, person: PersonId, news: readonly News[] = allNews): Promise<void> {
  const byMail = await ctx.vault.alike('email', person)
  const byNumber = await ctx.vault.alike('telephone', person)
  await ctx.db.tx(async (tx) => {
    for (const one of new Set([person, ...byMail])) await ctx.vault.withdraw(tx, { person: one, purposes: news })
    const calls = news.filter((one) => one === 'campaignTelephone')
    for (const one of byNumber) await ctx.vault.withdraw(tx, { person: one, purposes: calls })
    for (const one of news) await ctx.contact.stop(tx, { person, channel: NEWS[one], because: 'said-no' })
  })
}

import type { Channel, Composer } from '../../../contact/index.ts'
import type { Tx } from '../../../db/index.ts'
import { after, earlier } from '../../../lib/index.ts'
import type { PersonId } from '../../../vault/index.ts'
import { linkPaths, mintLink, openLink, spendLink, type WebTables } from '../../../web/index.ts'
import { channels, purposeOf, type CampaignContext } from '../context.ts'
import { confirmConsents, consentOf, dropWordings, pendingSince } from './queries.ts'
import { en } from './words.ts'

const WEEK_MS = 7 * 86_400_000

/** Makes the mail with the link that confirms; it is the only mail that somebody gets who did not ask. */
export function newsConfirmMail(ctx: CampaignContext): Composer {
  return async (mail) => {
    const consent = await consentOf(ctx.db.query, { person: mail.person, channel: 'mail' })
    if (consent?.state !== 'pending') return { outcome: 'drop', because: 'no-longer-asked' }
    const now = ctx.now()
    const token = await ctx.links.tx((tx) =>
      mintLink(tx, { kind: 'news', persons: [mail.person], now, expiresAt: after(consent.askedAt, 'P7D') }),
    )
    const link = `${ctx.web.baseUrl}${linkPaths.news}${token}`
    return { subject: en.confirmSubject(ctx.web.brand.name), text: en.confirmText({ link, words: consent.words }) }
  }
}

/** Who a link of this kind is for, while it lives. */
export async function askedBy(ctx: CampaignContext, token: string): Promise<PersonId | undefined> {
  const link = await openLink(ctx.links.query, { kind: 'news', token, now: ctx.now() })
  return link?.persons[0] as PersonId | undefined
}

/**
 * Confirms from the mailbox: the yes is in force, and a no that the same person said before is lifted, on this channel only.
 * Answers the channels; undefined when the link is over or a no came since.
 */
export async function confirmNews(ctx: CampaignContext, token: string): Promise<readonly Channel[] | undefined> {
  const now = ctx.now()
  const asked = await askedBy(ctx, token)
  const grounded = asked ? await channelsWithGround(ctx, asked) : []
  return ctx.db.tx(async (tx) => {
    const link = await spendLink(tx as unknown as Tx<WebTables>, { kind: 'news', token, now })
    const person = link?.persons[0] as PersonId | undefined
    if (!person) return undefined
    const confirmed = await confirmConsents(tx, { person, channels: grounded, at: now })
    for (const channel of confirmed) await ctx.contact.lift(tx, { person, channel })
    return confirmed.length > 0 ? confirmed : undefined
  })
}

/** A no that came after the question ended the ground, and what is confirmed late confirms nothing. */
async function channelsWithGround(ctx: CampaignContext, person: PersonId): Promise<Channel[]> {
  const may = await Promise.all(channels.map((channel) => ctx.vault.may(person, purposeOf[channel])))
  return channels.filter((_, at) => may[at])
}

/** Destroys whatever was asked for and not confirmed within a week, and the sentences that nobody's yes refers to any more. Answers how many were asked for. */
export async function dropPending(ctx: CampaignContext): Promise<number> {
  const over = await pendingSince(ctx.db.query, earlier(ctx.now(), WEEK_MS))
  for (const person of over) await ctx.vault.erase({ person, actor: { role: 'program', id: 'news' } })
  await ctx.db.tx((tx) => dropWordings(tx))
  return over.length
}

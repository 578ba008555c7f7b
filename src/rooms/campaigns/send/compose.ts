import type { Composed, Composer, MailToCompose } from '../../../contact/index.ts'
import { after, later, newId } from '../../../lib/index.ts'
import type { Ref } from '../../../vault/index.ts'
import { linkPaths, mintLink } from '../../../web/index.ts'
import type { CampaignContext } from '../context.ts'
import { consentOf } from '../news/queries.ts'
import { campaignById, type Campaign } from '../queries.ts'
import { campaignIn, refOf } from '../refs.ts'
import { en } from './words.ts'

/** Mails are kept for years, and their link should stop the news for as long. */
const STOP_LIFE = 'P5Y'
/** The place in a text where the reader's name goes, and the space before it. */
const NAME = / ?\{name\}/g

/**
 * Makes one mail of a campaign, at hand-over: the vendor's words with the name where they say so, and a link that stops the news. All else is
 * the same for everybody. Who did not confirm, or took it back, gets none; a campaign that is held waits.
 */
export function newsMail(ctx: CampaignContext): Composer {
  return async (mail) => {
    const campaign = await campaignFor(ctx, mail.for)
    if (!campaign) return { outcome: 'drop', because: 'no-such-campaign' }
    if (campaign.state === 'paused') return { outcome: 'hold', because: 'paused' }
    const consent = await consentOf(ctx.db.query, { person: mail.person, channel: 'mail' })
    if (consent?.state !== 'live') return { outcome: 'drop', because: 'no-ground' }
    return written(ctx, { campaign, mail, why: en.why(ctx.web.baseUrl) })
  }
}

/** Makes the mail by which the vendor sees a draft as a reader will. */
export function newsTestMail(ctx: CampaignContext): Composer {
  return async (mail) => {
    const campaign = await campaignFor(ctx, mail.for)
    return campaign
      ? written(ctx, { campaign, mail, why: en.whyTest })
      : { outcome: 'drop', because: 'no-such-campaign' }
  }
}

type Written = { readonly campaign: Campaign; readonly mail: MailToCompose; readonly why: string }

async function written(ctx: CampaignContext, { campaign, mail, why }: Written): Promise<Composed> {
  const { person } = mail
  const name = await nameFor(ctx, campaign, mail)
  const now = ctx.now()
  const token = await ctx.links.tx((tx) =>
    mintLink(tx, { kind: 'stop', persons: [person], subject: campaign.id, now, expiresAt: after(now, STOP_LIFE) }),
  )
  const stopLink = `${ctx.web.baseUrl}${linkPaths.stop}${token}`
  return {
    subject: named(campaign.heading, name),
    text: en.mail({ words: named(campaign.words, name), why, stopLink, code: campaign.code, shop: ctx.web.baseUrl }),
    stopLink,
    byStaff: true,
    ...(name ? { carries: ['name'] as const } : {}),
  }
}

/** The words with a name in them, or without a gap where nobody gave one. */
export function named(words: string, name: string | undefined): string {
  return words.replace(NAME, () => (name ? ` ${name}` : '')).replace(/^ /, '')
}

/** The name is opened only for a text that calls for it, and only where the register lets the mail host have it. */
async function nameFor(ctx: CampaignContext, campaign: Campaign, mail: MailToCompose): Promise<string | undefined> {
  const host = ctx.policy.recipients.find(({ id }) => id === 'mailHost')
  if (!host?.fields.includes('name') || !/\{name\}/.test(campaign.heading + campaign.words)) return undefined
  const shown = await ctx.vault.reveal({
    person: mail.person,
    purpose: 'campaignMail',
    fields: ['name'],
    actor: { role: 'program', id: 'campaigns' },
    for: mail.for,
  })
  return shown.outcome === 'shown' ? shown.values.name : undefined
}

async function campaignFor({ db }: Pick<CampaignContext, 'db'>, ref: Ref): Promise<Campaign | undefined> {
  const id = campaignIn(ref)
  return id === undefined ? undefined : campaignById(db.query, id)
}

const HOUR_MS = 3_600_000

/** Sends the vendor's own address the mail as a reader will get it. Its person is gone an hour later. */
export async function sendTest(ctx: CampaignContext, id: string): Promise<void> {
  const { email } = ctx.policy.contact
  const sealer = await ctx.vault.newPerson(['relation'], { email })
  const purposes = ['campaignMail'] as const
  const arrival = { purposes, values: { email }, notice: ctx.web.policyVersion(), channel: 'test' }
  const now = ctx.now()
  await ctx.db
    .tx(async (tx) => {
      const person = await ctx.vault.collect(tx, sealer, arrival)
      await ctx.vault.mark(tx, { person, purposes, event: 'no', at: later(now, HOUR_MS) })
      const order = { kind: 'newsTest', person, purpose: 'campaignMail', for: `${refOf(id)}:test` } as const
      await ctx.contact.send(tx, { ...order, key: `news-test:${newId(now)}` })
    })
    .finally(() => sealer.wipe())
  ctx.kick()
}

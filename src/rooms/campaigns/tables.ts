import type { Channel } from '../../contact/index.ts'
import type { Grants } from '../../db/index.ts'
import type { PersonId } from '../../vault/index.ts'

/** How far a yes is: asked for and not confirmed, in force, or taken back. */
export type ConsentState = 'pending' | 'live' | 'ended'

/** Where a yes came from. */
export type ConsentSource = 'form' | 'import'

/** How far a campaign is. */
export type CampaignState = 'draft' | 'drawing' | 'sending' | 'paused' | 'done'

/** What came back for a campaign. */
export type MarkKind = 'reply' | 'order' | 'no'

/** The tables of news: who said yes to what, and what was made for them. Nothing in them says who somebody is. */
export type CampaignTables = {
  news_wording: { hash: Buffer; words: string; first_at: Date }
  news_consent: {
    person_id: PersonId
    channel: Channel
    state: ConsentState
    source: ConsentSource
    notice: number
    wording_hash: Buffer
    asked_at: Date
    confirmed_at: Date | null
    ended_at: Date | null
  }
  campaign: {
    campaign_id: string
    code: string
    channel: Channel
    state: CampaignState
    heading: string
    words: string
    only_product: string | null
    only_in: string | null
    round: number
    made_at: Date
    made_by: string
    started_at: Date | null
    ended_at: Date | null
  }
  campaign_recipient: {
    campaign_id: string
    person_id: PersonId
    recipient_id: string
    asked_at: Date | null
    tries: number
    next_at: Date | null
    ended_at: Date | null
  }
  campaign_mark: { campaign_id: string; kind: MarkKind; ref: string; at: Date }
}

/** The rights of the app on these tables: what somebody said yes to is never changed; it goes when nobody's yes refers to it. */
export const campaignGrants: Grants = {
  news_wording: ['select', 'insert', 'delete'],
  news_consent: ['select', 'insert', 'update', 'delete'],
  campaign: ['select', 'insert', 'update', 'delete'],
  campaign_recipient: ['select', 'insert', 'update', 'delete'],
  campaign_mark: ['select', 'insert'],
}

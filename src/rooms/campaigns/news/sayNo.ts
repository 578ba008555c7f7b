import type { Channel, StopReason } from '../../../contact/index.ts'
import type { Tx } from '../../../db/index.ts'
import { hashToken } from '../../../lib/index.ts'
import type { PersonId } from '../../../vault/index.ts'
import { openLink } from '../../../web/index.ts'
import { purposeOf, type CampaignContext } from '../context.ts'
import { noteMark } from '../queries.ts'
import type { CampaignTables } from '../tables.ts'
import { endForPerson } from '../send/queries.ts'
import { endConsents } from './queries.ts'

/** A no to news on one channel. */
export type No = { readonly person: PersonId; readonly channel: Channel; readonly because?: StopReason }

/**
 * Takes a no. It is in force before this answers, for everybody who has the same address, over everything that waits, and it outlives
 * an erasure. It does not touch the other channels. Shape: `before` is what led to it, written in the same transaction.
 */
export async function sayNo(
  ctx: CampaignContext,
  no: No,
  before?: (tx: Tx<CampaignTables>) => Promise<void>,
): Promise<void> {
  const { person, channel, because = 'said-no' } = no
  const persons = [...new Set([person, ...(await sameAddress(ctx, person, channel))])]
  const purposes = [purposeOf[channel]]
  const at = ctx.now()
  await ctx.db.tx(async (tx) => {
    await before?.(tx)
    await ctx.contact.stop(tx, { person, channel, because })
    await endConsents(tx, { persons, channel, at })
    await endForPerson(tx, { persons, channel, at })
    for (const one of persons) await ctx.vault.withdraw(tx, { person: one, purposes })
  })
}

/** Who else has the address. Whoever else lives in a house is found by its mark when a letter is printed. */
function sameAddress(ctx: CampaignContext, person: PersonId, channel: Channel): Promise<readonly PersonId[]> {
  if (channel === 'post') return Promise.resolve([])
  return ctx.vault.alike(channel === 'mail' ? 'email' : 'telephone', person)
}

/** What a link in a mail stops. */
export type Stoppable = { readonly person: PersonId; readonly campaign: string | undefined }

/** Whose mails a link stops, while there is somebody. */
export async function stoppable(ctx: CampaignContext, token: string): Promise<Stoppable | undefined> {
  const link = await openLink(ctx.links.query, { kind: 'stop', token, now: ctx.now() })
  const person = link?.persons[0] as PersonId | undefined
  return person && { person, campaign: link?.subject }
}

/** Stops news by mail by the link of one mail, also a second time or years later. Answers false when there is nobody whom it could stop it for. */
export async function stopByLink(ctx: CampaignContext, token: string): Promise<boolean> {
  const found = await stoppable(ctx, token)
  if (!found) return false
  const { person, campaign } = found
  const ref = hashToken(token).toString('base64url')
  await sayNo(ctx, { person, channel: 'mail' }, async (tx) => {
    if (campaign) await noteMark(tx, { campaign, kind: 'no', ref, at: ctx.now() })
  })
  return true
}

/** An address that only its owner knows again: `a…@m….example`. */
export function masked(address: string): string {
  const [local = '', domain = ''] = address.split('@')
  const top = domain.slice(domain.lastIndexOf('.') + 1)
  return `${local.slice(0, 1)}…@${domain.slice(0, 1)}….${top}`
}

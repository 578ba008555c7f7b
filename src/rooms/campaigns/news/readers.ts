import type { Channel } from '../../../contact/index.ts'
import type { PersonId } from '../../../vault/index.ts'
import { purposeOf, type CampaignContext } from '../context.ts'
import { paged } from '../queries.ts'
import { consenting } from './queries.ts'

const PAGE = 1000

/** Everybody whose yes on a channel is in force as far as this room knows, a page at a time. Ask `withGround` who of them took it back elsewhere. */
export function readers({ db }: Pick<CampaignContext, 'db'>, channel: Channel): AsyncGenerator<PersonId[]> {
  return paged((after) => consenting(db.query, { channel, after, most: PAGE }))
}

/** Who may get news on a channel: a yes may have been taken back on the person's own page, where only the ground ends. */
export async function withGround(
  { vault }: Pick<CampaignContext, 'vault'>,
  channel: Channel,
): Promise<ReadonlySet<PersonId>> {
  const grounded = new Set<PersonId>()
  for await (const page of vault.personsOf(purposeOf[channel])) for (const person of page) grounded.add(person)
  return grounded
}

/** The marks of a person's addresses on a channel, by which addresses are told apart without opening one. */
export function addressMarks({ vault }: Pick<CampaignContext, 'vault'>, person: PersonId, channel: Channel): string[] {
  return vault.stopMarks(person).flatMap((one) => (one.channel === channel ? [asText(one.mark)] : []))
}

/** The mark of an address, the same in whatever spelling. */
export function addressMark({ vault }: Pick<CampaignContext, 'vault'>, channel: Channel, value: string): string {
  return asText(vault.stopMarkOf(channel, value))
}

function asText(mark: Uint8Array): string {
  return Buffer.from(mark).toString('base64')
}

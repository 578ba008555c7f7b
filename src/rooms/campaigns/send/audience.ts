import type { StopReason } from '../../../contact/index.ts'
import { isOn } from '../../../policy/index.ts'
import type { Actor, PersonId } from '../../../vault/index.ts'
import { purposeOf, type CampaignContext } from '../context.ts'
import { consenting } from '../news/queries.ts'
import type { Campaign } from '../queries.ts'

/** Why somebody who said yes is left out. */
export type LeftOut = StopReason | 'taken-back' | 'twice' | 'other-product' | 'other-country'

/** For whom a campaign is meant: how many, and how many are left out for which reason. No names, nobody's address. */
export type Audience = {
  readonly chosen: number
  readonly leftOut: Readonly<Partial<Record<LeftOut, number>>>
}

/** One page of those who said yes, judged. */
export type JudgedPage = { readonly chosen: readonly PersonId[]; readonly leftOut: readonly LeftOut[] }

type Aim = Pick<Campaign, 'id' | 'channel' | 'onlyProduct' | 'onlyIn'>

const PAGE = 1000
const drawer: Actor = { role: 'program', id: 'campaigns' }

/** Counts for whom a campaign would be meant. */
export async function countAudience(ctx: CampaignContext, aim: Aim): Promise<Audience> {
  let chosen = 0
  const leftOut: Partial<Record<LeftOut, number>> = {}
  for await (const page of judged(ctx, aim)) {
    chosen += page.chosen.length
    for (const reason of page.leftOut) leftOut[reason] = (leftOut[reason] ?? 0) + 1
  }
  return { chosen, leftOut }
}

/** Goes through everybody who said yes on the channel, a page at a time, and judges each once; nobody where the channel was switched off. */
export async function* judged(ctx: CampaignContext, aim: Aim): AsyncGenerator<JudgedPage> {
  if (!isOn(ctx.policy, purposeOf[aim.channel])) return
  const judge = await judgeOf(ctx, aim)
  for await (const page of yeses(ctx, aim)) yield judge(page)
}

async function* yeses(ctx: CampaignContext, { channel }: Aim): AsyncGenerator<PersonId[]> {
  let after: string | undefined
  for (;;) {
    const page = await consenting(ctx.db.query, { channel, state: 'live', after, most: PAGE })
    if (page.length === 0) return
    yield page
    after = page.at(-1)
  }
}

type Judge = (page: readonly PersonId[]) => Promise<JudgedPage>

/** Somebody with two yeses under one address gets one: addresses are told apart by their marks, and none is opened for it. */
async function judgeOf(ctx: CampaignContext, aim: Aim): Promise<Judge> {
  const owners = await ownerMarks(ctx, aim)
  const grounded = await withGround(ctx, aim)
  const seen = new Set<string>()
  return async (page) => {
    const stops = await ctx.contact.many.stops({ persons: page, channel: aim.channel })
    const near = await nearby(ctx, aim, page)
    const reasonFor = (person: PersonId): LeftOut | undefined => {
      if (!grounded.has(person)) return 'taken-back'
      const stopped = stops.get(person)
      if (stopped) return stopped
      if (owners && !marksOf(ctx, person, 'mail').some((mark) => owners.has(mark))) return 'other-product'
      if (near && !near.has(person)) return 'other-country'
      const marks = marksOf(ctx, person, aim.channel)
      if (marks.some((mark) => seen.has(mark))) return 'twice'
      for (const mark of marks) seen.add(mark)
      return undefined
    }
    const reasons = page.map((person) => ({ person, reason: reasonFor(person) }))
    return {
      chosen: reasons.flatMap(({ person, reason }) => (reason ? [] : [person])),
      leftOut: reasons.flatMap(({ reason }) => (reason ? [reason] : [])),
    }
  }
}

function marksOf(ctx: CampaignContext, person: PersonId, channel: Aim['channel']): string[] {
  const marks = ctx.vault.stopMarks(person).filter((one) => one.channel === channel)
  return marks.map(({ mark }) => Buffer.from(mark).toString('base64'))
}

/** The mail addresses of a product's owners, as marks; undefined when the product does not matter. */
async function ownerMarks(ctx: CampaignContext, { onlyProduct }: Aim): Promise<ReadonlySet<string> | undefined> {
  const product = ctx.products.find(({ id }) => id === onlyProduct)
  if (!product) return undefined
  const owners = await ctx.owners(product)
  return new Set(owners.flatMap((owner) => marksOf(ctx, owner, 'mail')))
}

/** A yes may have been taken back on the person's own page, where only the ground ends. */
async function withGround(ctx: CampaignContext, { channel }: Aim): Promise<ReadonlySet<PersonId>> {
  const grounded = new Set<PersonId>()
  for await (const page of ctx.vault.personsOf(purposeOf[channel])) for (const person of page) grounded.add(person)
  return grounded
}

/** Who of a page lives in the country; undefined when it does not matter. Only letters know a country. */
async function nearby(
  ctx: CampaignContext,
  { id, channel, onlyIn }: Aim,
  page: readonly PersonId[],
): Promise<Set<PersonId> | undefined> {
  if (!onlyIn || channel !== 'post') return undefined
  const look = { persons: [page], purpose: 'campaignPost', fields: ['country'], actor: drawer } as const
  const near = new Set<PersonId>()
  for await (const shown of ctx.vault.revealMany({ ...look, for: `campaign:${id}` }))
    for (const { person, values } of shown) if (values.country === onlyIn) near.add(person)
  return near
}

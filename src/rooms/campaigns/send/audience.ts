import type { StopReason } from '../../../contact/index.ts'
import { isOn } from '../../../policy/index.ts'
import type { Actor, PersonId } from '../../../vault/index.ts'
import { purposeOf, type CampaignContext } from '../context.ts'
import { addressMarks, readers, withGround } from '../news/readers.ts'
import type { Campaign } from '../queries.ts'
import { refOf } from '../refs.ts'

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

/** Who looks, where somebody's country must be known. */
type Looker = Pick<Actor, 'role' | 'id'>

const drawer: Looker = { role: 'program', id: 'campaigns' }

/**
 * Counts for whom a campaign would be meant. Without somebody who looks it counts them wherever they live: a country is known only by
 * a look at each person, and a page that is shown is no reason for one.
 */
export async function countAudience(ctx: CampaignContext, aim: Aim, looker?: Looker): Promise<Audience> {
  let chosen = 0
  const leftOut: Partial<Record<LeftOut, number>> = {}
  for await (const page of judged(ctx, looker ? aim : { ...aim, onlyIn: null }, looker)) {
    chosen += page.chosen.length
    for (const reason of page.leftOut) leftOut[reason] = (leftOut[reason] ?? 0) + 1
  }
  return { chosen, leftOut }
}

/** Goes through everybody who said yes on the channel, a page at a time, and judges each once; nobody where the channel was switched off. */
export async function* judged(ctx: CampaignContext, aim: Aim, looker = drawer): AsyncGenerator<JudgedPage> {
  if (!isOn(ctx.policy, purposeOf[aim.channel])) return
  const judge = await judgeOf(ctx, aim, looker)
  for await (const page of readers(ctx, aim.channel)) yield judge(page)
}

type Judge = (page: readonly PersonId[]) => Promise<JudgedPage>

/** Somebody with two yeses under one address gets one: addresses are told apart by their marks, and none is opened for it. */
async function judgeOf(ctx: CampaignContext, aim: Aim, looker: Looker): Promise<Judge> {
  const owners = await ownerMarks(ctx, aim)
  const grounded = await withGround(ctx, aim.channel)
  const seen = new Set<string>()
  return async (page) => {
    const stops = await ctx.contact.many.stops({ persons: page, channel: aim.channel })
    const may = sorted(page, (person) => {
      if (!grounded.has(person)) return 'taken-back'
      const owns = !owners || addressMarks(ctx, person, 'mail').some((mark) => owners.has(mark))
      return stops.get(person) ?? (owns ? undefined : 'other-product')
    })
    // Last, so that nobody is opened who would get nothing anyway.
    const near = await nearby(ctx, aim, { page: may.chosen, looker })
    const once = sorted(may.chosen, (person) => {
      if (near && !near.has(person)) return 'other-country'
      return isFirst(seen, addressMarks(ctx, person, aim.channel)) ? undefined : 'twice'
    })
    return { chosen: once.chosen, leftOut: [...may.leftOut, ...once.leftOut] }
  }
}

function sorted(page: readonly PersonId[], reasonFor: (person: PersonId) => LeftOut | undefined): JudgedPage {
  const reasons = page.map((person) => ({ person, reason: reasonFor(person) }))
  return {
    chosen: reasons.flatMap(({ person, reason }) => (reason ? [] : [person])),
    leftOut: reasons.flatMap(({ reason }) => (reason ? [reason] : [])),
  }
}

function isFirst(seen: Set<string>, marks: readonly string[]): boolean {
  if (marks.some((mark) => seen.has(mark))) return false
  for (const mark of marks) seen.add(mark)
  return true
}

/** The mail addresses of a product's owners, as marks; undefined when the product does not matter. */
async function ownerMarks(ctx: CampaignContext, { onlyProduct }: Aim): Promise<ReadonlySet<string> | undefined> {
  const product = ctx.products.find(({ id }) => id === onlyProduct)
  if (!product) return undefined
  const owners = await ctx.owners(product)
  return new Set(owners.flatMap((owner) => addressMarks(ctx, owner, 'mail')))
}

/** Who of a page lives in the country of a campaign; undefined where none matters. Only letters know a country. */
async function nearby(
  ctx: CampaignContext,
  { id, channel, onlyIn }: Aim,
  { page, looker }: { page: readonly PersonId[]; looker: Looker },
): Promise<ReadonlySet<PersonId> | undefined> {
  if (!onlyIn || channel !== 'post') return undefined
  const look = { persons: [page], purpose: 'campaignPost', fields: ['country'], actor: looker } as const
  const near = new Set<PersonId>()
  for await (const shown of ctx.vault.revealMany({ ...look, for: refOf(id) }))
    for (const { person, values } of shown) if (values.country === onlyIn) near.add(person)
  return near
}

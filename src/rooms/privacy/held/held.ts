import type { LedgerRow } from '../../../contact/index.ts'
import { ordersOf, type OrderRow } from '../../../core/orders/index.ts'
import type { PassedOn } from '../../../partners/index.ts'
import type { Holding, OpenedBox, OpenedPassage, PastLook, PersonId } from '../../../vault/index.ts'
import { self } from '../ask.ts'
import type { AlsoHeld, PrivacyContext } from '../context.ts'

/** Everything under one address: grounds, values, texts, looks, what was passed on, mails and orders. */
export type Held = {
  readonly grounds: readonly Holding[]
  readonly boxes: readonly OpenedBox[]
  readonly texts: readonly OpenedPassage[]
  readonly looks: readonly PastLook[]
  readonly passed: readonly PassedOn[]
  readonly mails: readonly LedgerRow[]
  readonly orders: readonly OrderRow[]
  readonly also: readonly AlsoHeld[]
}

/** What a person's own look is noted as. */
export const ownLook = { actor: self, for: 'request:own-page' } as const

/** Gathers everything that is held about one person, as that person sees it. Every part of it is a logged look. */
export async function heldOf(ctx: PrivacyContext, person: PersonId): Promise<Held> {
  const { holdings, boxes } = await ctx.vault.everything(person, ownLook)
  const texts = await ctx.vault.openTexts({ person, purpose: 'rights', ...ownLook })
  const orders = await ordersOf(ctx.orders.db.query, [person])
  return {
    grounds: holdings,
    boxes,
    texts: texts.outcome === 'shown' ? texts.passages : [],
    orders,
    looks: await ctx.vault.looks(person),
    passed: await passedOnAbout(ctx, person, orders),
    mails: await ctx.contact.ledger(person),
    also: (await ctx.also(person)).filter(({ lines }) => lines.length > 0),
  }
}

/** What partners were given: of the person, and about their orders without naming them. */
async function passedOnAbout(
  ctx: PrivacyContext,
  person: PersonId,
  orders: readonly OrderRow[],
): Promise<readonly PassedOn[]> {
  const ofOrders = await Promise.all(orders.map(({ id }) => ctx.partners.passedOn({ ref: `order:${id}` })))
  const nameless = ofOrders.flat().filter((one) => one.fields.length === 0)
  return [...(await ctx.partners.passedOn({ person })), ...nameless]
}

/** The mails and letters that left for the person; what waits or was stopped is none. */
export function mailsOf({ mails }: Held): readonly LedgerRow[] {
  return mails.filter(({ handedOverAt }) => handedOverAt !== null)
}

/** What was written, as text; undefined for a passage that is a file. */
export function textIn({ content }: OpenedPassage): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content)
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}

const countries = new Intl.DisplayNames('en', { type: 'region' })

/** A country's name by its code, also when the shop does not sell there any more. */
function countryName(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (countries.of(code) ?? code) : code
}

/** One value as people read it. */
export function readable(field: string, value: string): string {
  if (field === 'country') return countryName(value)
  return field === 'answers' ? answersText(value) : value
}

/** What somebody said in a survey, question by question. */
function answersText(value: string): string {
  const said = JSON.parse(value) as Readonly<Record<string, string | readonly string[]>>
  return Object.entries(said)
    .map(([question, answer]) => `${question} ${[answer].flat().join(', ')}`)
    .join(' · ')
}

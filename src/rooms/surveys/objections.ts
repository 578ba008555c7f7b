import type { StopReason } from '../../contact/index.ts'
import type { PersonId } from '../../vault/index.ts'
import { dropInvitationsOf, openInvitees } from './answer/queries.ts'
import type { SurveysContext } from './context.ts'

type Asking = Pick<SurveysContext, 'vault' | 'contact'>

/** Reasons by which people themselves are gone or said no; a mail that came back says neither. */
const SAID_NO: ReadonlySet<StopReason> = new Set(['said-no', 'complained', 'deceased'])

/** Whether somebody objected to surveys, or said no to all news, under any record of the same address. */
export async function hasObjected(ctx: Asking, person: PersonId): Promise<boolean> {
  const same = await ctx.vault.alike('email', person)
  const persons = [...new Set([person, ...same])]
  return saidNo(ctx, { persons, stops: await ctx.contact.many.stops({ persons, channel: 'mail' }) })
}

/** What is known of everybody of one address. Shape: `stops` by person, those of mail; not every record has the mark of its address. */
export type OfAddress = {
  readonly persons: readonly PersonId[]
  readonly stops: ReadonlyMap<PersonId, StopReason>
}

/** Whether a no was said under any of these records. */
export async function saidNo(ctx: Pick<Asking, 'vault'>, { persons, stops }: OfAddress): Promise<boolean> {
  if ([...stops.values()].some((because) => SAID_NO.has(because))) return true
  for (const one of persons) {
    const grounds = await ctx.vault.held(one)
    if (grounds.some(({ purpose, withdrawnAt }) => purpose === 'survey' && withdrawnAt !== null)) return true
  }
  return false
}

/** Takes out the invitations of everybody who objected after theirs was sent. */
export async function dropObjected(ctx: SurveysContext): Promise<void> {
  for (const person of await openInvitees(ctx.db.query))
    if (await hasObjected(ctx, person)) await ctx.db.tx((tx) => dropInvitationsOf(tx, person))
}

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
  const persons = [person, ...same.filter((one) => one !== person)]
  const stops = await ctx.contact.many.stops({ persons, channel: 'mail' })
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

import type { Composer } from '../../contact/index.ts'
import type { JobResult } from '../../db/index.ts'
import { instant } from '../../lib/index.ts'
import { difference, isOn, type Purpose } from '../../policy/index.ts'
import type { PersonId } from '../../vault/index.ts'
import type { ChangeContext } from './context.ts'
import { changeById, noteTold } from './queries.ts'
import { en } from './words.ts'

/** Grounds on which somebody is held who can be reached, the most lasting first: each person is told once. */
const HELD: readonly Purpose[] = ['registration', 'campaignMail', 'support', 'purchase']

/** Asks for one mail to everybody who is held, and only then notes that all were told. Safe to repeat: a person has one mail about a change. */
export async function tellAll(ctx: ChangeContext, id: string): Promise<JobResult> {
  const change = await changeById(ctx.db.query, id)
  if (!change || change.toldAt) return { outcome: 'done' }
  for (const purpose of HELD.filter((one) => isOn(ctx.policy, one)))
    for await (const page of ctx.vault.personsOf(purpose)) await tellPage(ctx, { id, purpose, page })
  await noteTold(ctx.db.query, id, ctx.now())
  return { outcome: 'done' }
}

async function tellPage(
  ctx: ChangeContext,
  { id, purpose, page }: { id: string; purpose: Purpose; page: readonly PersonId[] },
): Promise<void> {
  const first: PersonId[] = []
  for (const person of page) first.push((await ctx.vault.alike('email', person)).toSorted()[0] ?? person)
  await ctx.db.tx(async (tx) => {
    for (const [order, person] of page.entries())
      await ctx.contact.send(tx, {
        key: `policy-change:${id}:${first[order]}`,
        kind: 'policyChange',
        person,
        purpose,
        for: `policy:${id}`,
      })
  })
}

/** Makes the mail about a change: what was said, what will be said, from when, and what the reader can do. */
export function policyChangeMail(ctx: ChangeContext): Composer {
  return async (mail) => {
    const change = await changeById(ctx.db.query, mail.for.slice('policy:'.length))
    if (!change) return { outcome: 'drop', because: 'no-such-change' }
    const changes = difference(await ctx.published(), change.clauses)
    if (changes.length === 0) return { outcome: 'drop', because: 'already-in-force' }
    const on = ctx.web.dates.day(instant(`${change.fromOn}T12:00:00Z`))
    return { subject: en.subject(ctx.web.brand.name, on), text: en.text({ on, changes, shop: ctx.web.baseUrl }) }
  }
}

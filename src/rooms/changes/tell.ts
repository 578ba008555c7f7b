import type { Composer } from '../../contact/index.ts'
import type { JobResult } from '../../db/index.ts'
import { dayIn, noonOf } from '../../lib/index.ts'
import { difference, policyHash, type Policy, type Purpose } from '../../policy/index.ts'
import type { PersonId } from '../../vault/index.ts'
import { askRound } from './announce.ts'
import type { ChangeContext } from './context.ts'
import { dueOn } from './due.ts'
import { changeById, changeTo, noteTold, type PolicyChange } from './queries.ts'
import { en } from './words.ts'

type Keeping = Readonly<Record<string, { readonly fields: object; readonly typedIsDropped?: true }>>

/** The purposes for which an e-mail address is kept, the most lasting first: whoever is held for one of them can be told. */
export function toldPurposes(purposes: Policy['purposes'] | Keeping): Purpose[] {
  const keeping = Object.entries(purposes as Keeping).filter(([, one]) => 'email' in one.fields && !one.typedIsDropped)
  return keeping.map(([id]) => id as Purpose).toSorted((a, b) => Number(b === LASTING) - Number(a === LASTING))
}

const LASTING: Purpose = 'registration'

/** The change that is announced now and not in force yet. */
export async function changeAhead(ctx: ChangeContext): Promise<PolicyChange | undefined> {
  if (!ctx.next) return undefined
  const { version } = await ctx.published()
  const change = await changeTo(ctx.db.query, { hash: policyHash(ctx.next), replaces: version })
  return change?.announcedAt ? change : undefined
}

/** Asks once a day for a round of mails about the change ahead, so that people who came after it was announced are told as well. */
export async function tellDaily(ctx: ChangeContext): Promise<void> {
  const change = await changeAhead(ctx)
  const round = dayIn(ctx.timeZone, ctx.now())
  if (change) await ctx.db.tx((tx) => askRound(tx, { id: change.id, round }, ctx.now()))
}

/** Asks for one mail to everybody who is held with an e-mail address, and only then notes that all were told. Safe to repeat: an address gets one mail about a change and its day. */
export async function tellAll(ctx: ChangeContext, id: string): Promise<JobResult> {
  const change = await changeAhead(ctx)
  if (change?.id !== id) return { outcome: 'done' }
  for (const purpose of toldPurposes(ctx.policy.purposes))
    for await (const page of ctx.vault.personsOf(purpose)) await tellPage(ctx, { change, purpose, page })
  await noteTold(ctx.db.query, change, ctx.now())
  return { outcome: 'done' }
}

async function tellPage(
  ctx: ChangeContext,
  { change, purpose, page }: { change: PolicyChange; purpose: Purpose; page: readonly PersonId[] },
): Promise<void> {
  const reached: { person: PersonId; first: PersonId }[] = []
  for (const person of page) {
    const first = (await ctx.vault.alike('email', person)).toSorted()[0] // nobody is alike where no address was given
    if (first) reached.push({ person, first })
  }
  await ctx.db.tx(async (tx) => {
    for (const { person, first } of reached)
      await ctx.contact.send(tx, {
        key: `policy-change:${change.id}:${change.fromOn}:${first}`,
        kind: 'policyChange',
        person,
        purpose,
        for: `policy:${change.id}`,
      })
  })
}

/** Makes the mail about a change: what was said, what will be said, from when, and what the reader can do. */
export function policyChangeMail(ctx: ChangeContext): Composer {
  return async (mail) => {
    const id = mail.for.slice('policy:'.length)
    const change = await changeById(ctx.db.query, id)
    if (!change) return { outcome: 'drop', because: 'no-such-change' }
    const { clauses } = await ctx.published()
    const changes = difference(clauses, change.clauses)
    if (changes.length === 0) return { outcome: 'drop', because: 'already-in-force' }
    if ((await changeAhead(ctx))?.id !== id) return { outcome: 'drop', because: 'taken-back' }
    const on = dayOf(ctx, change)
    return { subject: en.subject(ctx.web.brand.name, on), text: en.text({ on, changes, shop: ctx.web.baseUrl }) }
  }
}

/** The day on which a change takes effect, in words. */
export function dayOf(ctx: ChangeContext, change: PolicyChange): string {
  const on = dueOn({ now: ctx.now(), timeZone: ctx.timeZone }, change)
  return ctx.web.dates.day(noonOf(on))
}

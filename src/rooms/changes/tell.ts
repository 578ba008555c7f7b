import type { Composer, MailOrder } from '../../contact/index.ts'
import type { JobResult } from '../../db/index.ts'
import { dayIn, noonOf } from '../../lib/index.ts'
import { difference, type Policy, type Purpose } from '../../policy/index.ts'
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
  const change = await changeTo(ctx.db.query, { hash: ctx.next.hash, replaces: ctx.web.policyVersion() })
  return change && isAhead(ctx, change) ? change : undefined
}

/** Whether a change leads from what visitors read now to what is announced. */
function isAhead({ next, web }: ChangeContext, { hash, replaces, announcedAt }: PolicyChange): boolean {
  return hash === next?.hash && replaces === web.policyVersion() && announcedAt !== null
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
  const done = new Set<PersonId>()
  for (const purpose of toldPurposes(ctx.policy.purposes))
    for await (const page of ctx.vault.personsOf(purpose)) {
      const mails = await mailsTo(ctx, { change, purpose, page, done })
      if (mails.length > 0) await ctx.db.tx((tx) => ctx.contact.many.send(tx, mails))
    }
  await noteTold(ctx.db.query, change, ctx.now())
  return { outcome: 'done' }
}

type Page = {
  readonly change: PolicyChange
  readonly purpose: Purpose
  readonly page: readonly PersonId[]
  /** Whoever was reached in this round, by themselves or by somebody of the same address; it grows. */
  readonly done: Set<PersonId>
}

/** One mail for each address of a page that no mail of this round goes to yet. */
async function mailsTo(ctx: ChangeContext, { change, purpose, page, done }: Page): Promise<MailOrder[]> {
  const mails: MailOrder[] = []
  for (const person of page) {
    if (done.has(person)) continue
    const alike = await ctx.vault.alike('email', person)
    for (const one of [person, ...alike]) done.add(one)
    const first = alike.toSorted()[0] // nobody is alike where no address was given
    const key = `policy-change:${change.id}:${change.fromOn}:${first}`
    if (first) mails.push({ key, kind: 'policyChange', person, purpose, for: `policy:${change.id}`, line: 'owed' })
  }
  return mails
}

/** Makes the mail about a change: what was said, what will be said, from when, and what the reader can do. */
export function policyChangeMail(ctx: ChangeContext): Composer {
  return async (mail) => {
    const id = mail.for.slice('policy:'.length)
    const change = await changeById(ctx.db.query, id)
    if (!change) return { outcome: 'drop', because: 'no-such-change' }
    const changes = difference(ctx.inForce, change.clauses)
    if (changes.length === 0) return { outcome: 'drop', because: 'already-in-force' }
    if (!isAhead(ctx, change)) return { outcome: 'drop', because: 'taken-back' }
    const on = dayOf(ctx, change)
    return { subject: en.subject(ctx.web.brand.name, on), text: en.text({ on, changes, shop: ctx.web.baseUrl }) }
  }
}

/** The day on which a change takes effect, in words. */
export function dayOf(ctx: ChangeContext, change: PolicyChange): string {
  const on = dueOn({ now: ctx.now(), timeZone: ctx.timeZone }, change)
  return ctx.web.dates.day(noonOf(on))
}

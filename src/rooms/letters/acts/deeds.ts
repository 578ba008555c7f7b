import { after } from '../../../lib/index.ts'
import type { PersonId } from '../../../vault/index.ts'
import type { Staff } from '../../../web/index.ts'
import type { LettersContext, RequestKind } from '../context.ts'
import { addStep, dropStep, type LetterRow } from '../queries.ts'
import { letterRef } from '../refs.ts'

/** Who said that somebody died. */
export type ReportedBy = 'family' | 'post' | 'office' | 'other'

/** What is done about one letter, and by whom. */
export type Act = { readonly row: LetterRow; readonly staff: Staff }

/** Notes that nothing more is to be done. */
export async function putAway(ctx: LettersContext, { row, staff }: Act): Promise<void> {
  await ctx.db.tx((tx) => addStep(tx, { letter: row, step: 'done', at: ctx.now(), by: staff.id }))
}

/** A letter of ours came back: no more post to that address, for whoever it is known of, until it is corrected. */
export async function returned(ctx: LettersContext, { row, staff }: Act): Promise<'done' | 'noAddress'> {
  const { person } = row
  return ctx.db.tx(async (tx) => {
    const stopped = await ctx.contact.stop(tx, { person, channel: 'post', because: 'returned' })
    if (stopped) await addStep(tx, { letter: row, step: 'returned', at: ctx.now(), by: staff.id })
    return stopped ? 'done' : 'noAddress'
  })
}

/** Somebody died: nothing is sent to them any more on any way, queued or new. What is held goes by its own clocks. */
export async function deceased(
  ctx: LettersContext,
  { row, staff }: Act,
  of: { known: string; by: ReportedBy },
): Promise<'done' | 'nobody'> {
  const persons = await concerned(ctx, row, of.known)
  return ctx.db.tx(async (tx) => {
    let stopped = false
    for (const person of persons)
      stopped = (await ctx.contact.stop(tx, { person, channel: 'all', because: 'deceased' })) || stopped
    if (stopped) await addStep(tx, { letter: row, step: 'deceased', because: of.by, at: ctx.now(), by: staff.id })
    return stopped ? 'done' : 'nobody'
  })
}

/** A new address, as it is typed. */
export type NewAddress = Readonly<Partial<Record<'street' | 'postcode' | 'city' | 'country', string>>>

/** Somebody moved: the address is corrected wherever one is held; the old one is gone. Answers for how many it was. */
export async function moved(
  ctx: LettersContext,
  { row, staff }: Act,
  of: { known: string; address: NewAddress },
): Promise<number> {
  let corrected = 0
  for (const person of await concerned(ctx, row, of.known)) {
    await allow(ctx, person)
    const change = await ctx.vault.correct({
      person,
      values: { postcode: '', ...of.address },
      actor: { role: 'program', id: 'desk' },
      for: letterRef(row.id),
    })
    if (change.outcome === 'corrected' && change.fields.length > 0) corrected += 1
  }
  if (corrected > 0) await ctx.db.tx((tx) => addStep(tx, { letter: row, step: 'moved', at: ctx.now(), by: staff.id }))
  return corrected
}

/** The letter asks for it, which is the ground to open what is to be corrected. */
async function allow(ctx: LettersContext, person: PersonId): Promise<void> {
  const ground = { person, purpose: 'rights', notice: ctx.web.policyVersion(), channel: 'letter' } as const
  await ctx.db.tx((tx) => ctx.vault.grant(tx, { ...ground, until: after(ctx.now(), 'PT1H') }))
}

/** Opens a request for a right, whose month counts from the day on which the letter came. It concerns whoever has the writer's e-mail address. */
export async function askRight(
  ctx: LettersContext,
  { row, staff }: Act,
  { kind, form }: { kind: RequestKind; form: string },
): Promise<void> {
  const { cameBy, receivedOn } = row
  const persons = await concerned(ctx, row, '')
  const step = { letter: row, step: 'request', because: kind, at: ctx.now(), by: staff.id, form } as const
  const isNew = await ctx.db.tx((tx) => addStep(tx, step))
  if (!isNew) return
  try {
    await ctx.openRequest({ persons, kind, cameBy, receivedOn, staff: staff.id })
  } catch (error) {
    await ctx.db.tx((tx) => dropStep(tx, form))
    throw error
  }
}

/** Whoever is known under the address that was typed; without one the writer, and all who have the writer's e-mail address. */
async function concerned(ctx: LettersContext, row: LetterRow, known: string): Promise<PersonId[]> {
  if (known) return ctx.vault.find('email', known)
  return [...new Set([row.person, ...(await ctx.vault.alike('email', row.person))])]
}

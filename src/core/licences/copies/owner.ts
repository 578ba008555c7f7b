import { isLive, type PersonId } from '../../../vault/index.ts'
import type { LicenceContext } from '../context.ts'
import { supportedUntil } from './check.ts'
import { copiesOf, dropOwner, dropRegistrations, hasRegistrations, type OwnedCopy } from './queries.ts'

/** A copy as its owner sees it. */
export type MyCopy = OwnedCopy & { readonly supportedUntil: Date | null }

const self = { role: 'person', id: 'copies-link' } as const

/** The copies of some persons, with until when each is supported. */
export async function myCopies(ctx: LicenceContext, persons: readonly PersonId[]): Promise<MyCopy[]> {
  const copies = await copiesOf(ctx.db.query, persons)
  return copies.map((copy) => ({ ...copy, supportedUntil: supportedUntil(ctx, copy) }))
}

/** The keys of some copies, opened for their owner: a logged look for each person. Shape: by the copy's id; a key that is gone is absent. */
export async function myKeys(ctx: LicenceContext, copies: readonly OwnedCopy[]): Promise<ReadonlyMap<string, string>> {
  const keys = new Map<string, string>()
  for (const person of new Set(copies.map(({ owner }) => owner))) {
    const mine = copies.filter(({ owner }) => owner === person)
    const look = {
      person,
      purpose: 'registration',
      parts: ['licence'],
      items: ['', ...mine.map(({ id }) => id)],
    } as const
    const seen = await ctx.vault.openBoxes({ ...look, actor: self, for: `licence:${mine[0]?.id ?? ''}` })
    for (const box of seen.outcome === 'shown' ? seen.boxes : []) {
      // What was typed to register a copy lies without the copy's id: whoever registers is a person of one copy.
      const id = box.item || mine[0]?.id
      if (id && box.values['licenceKey']) keys.set(id, box.values['licenceKey'])
    }
  }
  return keys
}

/**
 * Ends the registration of a person, also one that still waits for their word: nobody is recorded for their copies any more, and what
 * was held for it is destroyed. The keys in their hands go on working. What an order still needs stays until its own time.
 */
export async function leave(ctx: LicenceContext, person: PersonId): Promise<'left' | 'notOwner'> {
  const waits = await hasRegistrations(ctx.db.query, person)
  const owns = (await copiesOf(ctx.db.query, [person])).length > 0
  if (!waits && !owns) return 'notOwner'
  await ctx.db.tx(async (tx) => {
    const purposes = ['registration'] as const
    // The vault's rows first, as an erasure takes them; what waits has an end already, that is later than now.
    if (waits) await ctx.vault.unmark(tx, { person, purposes })
    await ctx.vault.mark(tx, { person, purposes, event: 'left', at: ctx.now() })
    await dropRegistrations(tx, person)
    await dropOwner(tx, person)
  })
  if (!(await heldForMore(ctx, person))) await ctx.vault.erase({ person, actor: self, classes: ['relation'] })
  ctx.orders.kick()
  return 'left'
}

/** Whether something else still needs what lies with the registration: news that the person asked for. */
async function heldForMore(ctx: LicenceContext, person: PersonId): Promise<boolean> {
  const now = ctx.now()
  return (await ctx.vault.held(person)).some(
    (ground) => ground.class === 'relation' && ground.purpose !== 'registration' && isLive(ground, now),
  )
}

import type { PersonId } from '../../../vault/index.ts'
import type { LicenceContext } from '../context.ts'
import { supportedUntil } from './check.ts'
import { copiesOf, dropOwner, type OwnedCopy } from './queries.ts'

/** A copy as its owner sees it. */
export type MyCopy = OwnedCopy & { readonly supportedUntil: Date | null }

const self = { role: 'person', id: 'copies-link' } as const

/** The copies of some persons, with until when each is supported. */
export function myCopies(ctx: LicenceContext, persons: readonly PersonId[]): Promise<MyCopy[]> {
  return copiesOf(ctx.db.query, persons).then((copies) =>
    Promise.all(copies.map(async (copy) => ({ ...copy, supportedUntil: await supportedUntil(ctx, copy) }))),
  )
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
 * Ends the registration of a person: nobody is recorded for their copies any more, and what was held for it is destroyed. The keys
 * in their hands go on working. What an order still needs stays until its own time.
 */
export async function leave(ctx: LicenceContext, person: PersonId): Promise<'left' | 'notOwner'> {
  const gone = await ctx.db.tx(async (tx) => {
    const copies = await dropOwner(tx, person)
    if (copies > 0) await ctx.vault.mark(tx, { person, purposes: ['registration'], event: 'left', at: ctx.now() })
    return copies
  })
  if (gone === 0) return 'notOwner'
  if (!(await heldForMore(ctx, person))) await ctx.vault.erase({ person, actor: self, classes: ['relation'] })
  ctx.orders.kick()
  return 'left'
}

/** Whether something else still needs what lies with the registration: news that the person asked for. */
async function heldForMore(ctx: LicenceContext, person: PersonId): Promise<boolean> {
  const now = ctx.now()
  return (await ctx.vault.held(person)).some(
    ({ class: retention, purpose, until, withdrawnAt }) =>
      retention === 'relation' && purpose !== 'registration' && !withdrawnAt && (until === null || until > now),
  )
}

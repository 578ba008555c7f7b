import type { Tx } from '../../../db/index.ts'
import { after } from '../../../lib/index.ts'
import { mintLink, openLink, spendLink, type WebTables } from '../../../web/index.ts'
import type { LicenceContext } from '../context.ts'
import {
  copyById,
  dropRegistration,
  registrationById,
  takeOwnership,
  type Copy,
  type Registration,
  type RegistrationId,
} from './queries.ts'
import { claimed } from './register.ts'
import type { LicenceTables } from '../tables.ts'

/** What came of it. Shape: `token` opens the owner's copies. */
export type Confirmed = { readonly outcome: 'owner'; readonly token: string } | { readonly outcome: 'claimed' | 'over' }

/** The copy that a mailed link asks about; it changes nothing however often it is opened. */
export async function waitingCopy(ctx: LicenceContext, token: string): Promise<Copy | undefined> {
  const link = await openLink(ctx.db.query as never, { kind: 'register', token, now: ctx.now() })
  const waiting = link?.subject ? await registrationById(ctx.db.query, link.subject as RegistrationId) : undefined
  return waiting && copyById(ctx.db.query, waiting.licence)
}

/** Records whoever holds the mailed link as the owner, unless somebody was quicker. The link is spent either way. */
export async function confirm(ctx: LicenceContext, token: string): Promise<Confirmed> {
  const now = ctx.now()
  const done = await ctx.db.tx(async (tx) => {
    const links = tx as unknown as Tx<WebTables>
    const link = await spendLink(links, { kind: 'register', token, now })
    const waiting = link?.subject ? await held(ctx, tx, link.subject as RegistrationId) : undefined
    if (!waiting) return undefined
    const { licence, person } = waiting
    if (!(await takeOwnership(tx, { licence, person, since: now }))) {
      await ctx.vault.mark(tx, { person, purposes: ['registration'], event: 'left', at: waiting.endsAt })
      return { waiting }
    }
    await dropRegistration(tx, waiting.id)
    const copies = { kind: 'copies', persons: [person], now, expiresAt: after(now, 'PT30M') } as const
    return { waiting, token: await mintLink(links, copies) }
  })
  return done ? ended(ctx, done) : { outcome: 'over' }
}

/** A registration whose ground is taken hold of before anything else, as an erasure does; gone if one was quicker. */
async function held(ctx: LicenceContext, tx: Tx<LicenceTables>, id: RegistrationId): Promise<Registration | undefined> {
  const waiting = await registrationById(tx, id)
  if (!waiting) return undefined
  await ctx.vault.unmark(tx, { person: waiting.person, purposes: ['registration'] })
  return registrationById(tx, id)
}

async function ended(ctx: LicenceContext, done: { waiting: Registration; token?: string }): Promise<Confirmed> {
  if (done.token) return { outcome: 'owner', token: done.token }
  await claimed(ctx, { id: done.waiting.licence })
  return { outcome: 'claimed' }
}

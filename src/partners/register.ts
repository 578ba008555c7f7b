import { after, dayIn, instant } from '../lib/index.ts'
import type { CommitmentSource, Recipient } from '../policy/index.ts'
import type { PartnersContext } from './disclose.ts'
import { commitments, firstStart, recordCommitments, type RecordedCommitment } from './queries.ts'

/** How a partner's commitment stands now. Shape: `days` are whole days left. */
export type CommitmentState =
  | { readonly state: 'live'; readonly until: Date; readonly days: number }
  | { readonly state: 'ends-soon'; readonly until: Date; readonly days: number }
  | { readonly state: 'expired'; readonly since: Date }
  | { readonly state: 'none' }

/** One partner with its commitment, for staff and for the published register. */
export type RegisterRow = {
  readonly recipient: Recipient
  readonly signedOn: string | undefined
  readonly commitment: CommitmentState
}

const DAY_MS = 86_400_000
const SOON_DAYS = 30

/** The end of a commitment: its date (that day included) or a period from the first start, whichever comes first. */
export function endOf(source: CommitmentSource, first: Date): Date {
  const ends: Date[] = []
  if (source.until) ends.push(after(instant(source.until), 'P1D'))
  if (source.periodFromFirstStart) ends.push(after(first, source.periodFromFirstStart))
  return ends.sort((a, b) => a.getTime() - b.getTime())[0] ?? first
}

/** How a commitment stands at an instant; `undefined` is a partner that never made one. */
export function stateOf(expiresAt: Date | undefined, at: Date): CommitmentState {
  if (!expiresAt) return { state: 'none' }
  const left = expiresAt.getTime() - at.getTime()
  if (left <= 0) return { state: 'expired', since: expiresAt }
  const days = Math.floor(left / DAY_MS)
  return { state: days <= SOON_DAYS ? 'ends-soon' : 'live', until: expiresAt, days }
}

/**
 * Notes the first start of this installation (once) and brings the recorded commitments in step with the policy.
 * Run at every start, before anything can be passed on. Answers the first start.
 */
export function start(ctx: Pick<PartnersContext, 'db' | 'policy'>, at: Date): Promise<Date> {
  return ctx.db.tx(async (tx) => {
    const first = await firstStart(tx, at)
    await recordCommitments(
      tx,
      ctx.policy.recipients.map((row) => recorded(row, first)),
    )
    return first
  })
}

function recorded(row: Recipient, first: Date): RecordedCommitment {
  const { document, hash, periodFromFirstStart } = row.commitment
  const signedOn = periodFromFirstStart ? dayIn('UTC', first) : null
  return { recipient: row.id, hash, document, signedOn, expiresAt: endOf(row.commitment, first) }
}

/** Every partner of the policy in force, and how its commitment stands. Source: promise committed-partners. */
export async function register(ctx: Pick<PartnersContext, 'db' | 'policy' | 'now'>): Promise<RegisterRow[]> {
  const known = await commitments(ctx.db.query)
  return ctx.policy.recipients.map((recipient) => {
    const row = known.find(({ recipient: id, hash }) => id === recipient.id && hash === recipient.commitment.hash)
    return { recipient, signedOn: row?.signedOn ?? undefined, commitment: stateOf(row?.expiresAt, ctx.now()) }
  })
}

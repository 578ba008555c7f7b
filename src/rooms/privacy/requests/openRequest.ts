import { addTask } from '../../../core/orders/index.ts'
import { after, newId } from '../../../lib/index.ts'
import type { PersonId } from '../../../vault/index.ts'
import type { AlsoHeld, PrivacyContext } from '../context.ts'
import type { ExtendedBecause, RequestChannel, RequestId, RequestKind, RequestOutcome } from '../tables.ts'
import { addRequest, closeOnce, dueRequests, extendOnce, requestById, requestsOf } from './queries.ts'
import { en } from './words.ts'

/** A request as it came. Shape: `staff` is who typed it in, if anybody did. */
export type NewRequest = {
  readonly kind: RequestKind
  readonly channel: RequestChannel
  readonly receivedAt: Date
  readonly persons: readonly PersonId[]
  readonly staff?: string
}

// Source: GDPR article 12(3): one month from receipt, two more where that is not enough.
const MONTH = 'P1M'
const EXTENDED = 'P3M'
const REMIND_BEFORE = 'P7D'

/** Opens a request with its clock. For as long as it runs we may open for the person what is theirs. */
export async function openRequest(ctx: PrivacyContext, request: NewRequest): Promise<RequestId> {
  const id = newId<'request'>(ctx.now())
  const dueAt = after(request.receivedAt, MONTH)
  const { persons, staff = null, kind, channel, receivedAt } = request
  const ground = {
    purpose: 'rights',
    notice: ctx.web.policyVersion(),
    channel,
    until: after(ctx.now(), MONTH),
  } as const
  await ctx.db.tx(async (tx) => {
    for (const person of persons) await ctx.vault.grant(tx, { person, ...ground })
    await addRequest(tx, { id, kind, channel, receivedAt, dueAt, persons, staff })
  })
  return id
}

/** Gives a request two months more, once and with a reason. */
export async function extendRequest(ctx: PrivacyContext, id: RequestId, because: ExtendedBecause): Promise<boolean> {
  const request = await requestById(ctx.db.query, id)
  const dueAt = request && after(request.receivedAt, EXTENDED)
  return dueAt !== undefined && extendOnce(ctx.db.query, id, { because, at: ctx.now(), dueAt })
}

/** Closes a request with what came of it; there is no other way to close one. */
export function closeRequest(
  ctx: PrivacyContext,
  id: RequestId,
  by: { outcome: RequestOutcome; staff: string },
): Promise<boolean> {
  return closeOnce(ctx.db.query, id, { ...by, at: ctx.now() })
}

/** The requests of a person in words, for the person. */
export async function requestsHeld({ db, web }: PrivacyContext, person: PersonId): Promise<AlsoHeld> {
  const lines = (await requestsOf(db.query, person)).map(({ kind, channel, receivedAt, outcome }) =>
    en.heldLine(
      en.kinds[kind],
      en.channels[channel],
      web.dates.day(receivedAt),
      outcome ? en.outcomes[outcome] : en.open,
    ),
  )
  return { title: en.heldTitle, lines }
}

/** Makes a task of each request that is due within a week. */
export async function remindDue(ctx: PrivacyContext): Promise<void> {
  const { db } = ctx.orders
  for (const { id, dueAt } of await dueRequests(ctx.db.query, after(ctx.now(), REMIND_BEFORE)))
    await addTask(db.query, ctx.now(), { about: `request:${id}`, kind: 'request-due', ref: String(dueAt.getTime()) })
}

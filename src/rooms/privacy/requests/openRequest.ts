import { addTask } from '../../../core/orders/index.ts'
import type { Tx } from '../../../db/index.ts'
import { after, newId } from '../../../lib/index.ts'
import type { PersonId } from '../../../vault/index.ts'
import type { AlsoHeld, PrivacyContext } from '../context.ts'
import type {
  ExtendedBecause,
  PrivacyTables,
  RequestChannel,
  RequestId,
  RequestKind,
  RequestOutcome,
} from '../tables.ts'
import {
  addRequest,
  closeOnce,
  dueRequests,
  extendOnce,
  personsOfRequest,
  requestsOf,
  type PrivacyRequest,
} from './queries.ts'
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
  await ctx.db.tx(async (tx) => {
    await allow(ctx, tx, { persons, channel, until: after(ctx.now(), MONTH) })
    await addRequest(tx, { id, kind, channel, receivedAt, dueAt, persons, staff })
  })
  return id
}

type Allowed = { readonly persons: readonly PersonId[]; readonly channel: RequestChannel; readonly until: Date }

/** The request is the ground to open what is held about whoever it concerns. */
async function allow(ctx: PrivacyContext, tx: Tx<PrivacyTables>, { persons, ...given }: Allowed): Promise<void> {
  const ground = { purpose: 'rights', notice: ctx.web.policyVersion(), ...given } as const
  for (const person of persons) await ctx.vault.grant(tx, { person, ...ground })
}

type Waiting = Pick<PrivacyRequest, 'id' | 'channel' | 'receivedAt'>

/** Gives a request two months more, once and with a reason, and the ground on which we may open lasts as long. Answers whether it did. */
export function extendRequest(
  ctx: PrivacyContext,
  { id, channel, receivedAt }: Waiting,
  because: ExtendedBecause,
): Promise<boolean> {
  const dueAt = after(receivedAt, EXTENDED)
  return ctx.db.tx(async (tx) => {
    if (!(await extendOnce(tx, id, { because, at: ctx.now(), dueAt }))) return false
    await allow(ctx, tx, { persons: await personsOfRequest(tx, id), channel, until: dueAt })
    return true
  })
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

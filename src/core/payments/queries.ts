import type { Query } from '../../db/index.ts'
import type { PaymentTables } from './tables.ts'

/** Notes the hosted page of one try to pay. Answers the one that is noted: the first stands. */
export async function noteSession(db: Query<PaymentTables>, row: PaymentTables['checkout_session']): Promise<string> {
  const taken = await db
    .insertInto('checkout_session')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('ref')
    .executeTakeFirst()
  if (taken) return taken.ref
  const pages = await sessionsOf(db, row.order_id)
  return pages.find(({ attempt }) => attempt === row.attempt)?.ref ?? row.ref
}

/** The hosted pages of an order, the newest try first. */
export function sessionsOf(db: Query<PaymentTables>, orderId: string): Promise<PaymentTables['checkout_session'][]> {
  return db
    .selectFrom('checkout_session')
    .selectAll()
    .where('order_id', '=', orderId)
    .orderBy('attempt', 'desc')
    .execute()
}

/** The pages of a processor whose time ended in a span. */
export function sessionsEnding(
  db: Query<PaymentTables>,
  processor: string,
  { since, until }: { since: Date | undefined; until: Date },
): Promise<PaymentTables['checkout_session'][]> {
  const ended = db
    .selectFrom('checkout_session')
    .selectAll()
    .where('processor', '=', processor)
    .where('expires_at', '<=', until)
  return (since ? ended.where('expires_at', '>', since) : ended).orderBy('expires_at').execute()
}

/** Notes at which processor a try to pay is made; the first note stands. */
export async function noteChoice(db: Query<PaymentTables>, row: PaymentTables['checkout_choice']): Promise<void> {
  await db
    .insertInto('checkout_choice')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** At which processor a try to pay is made. */
export async function choiceOf(
  db: Query<PaymentTables>,
  orderId: string,
  attempt: number,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('checkout_choice')
    .select('processor')
    .where('order_id', '=', orderId)
    .where('attempt', '=', attempt)
    .executeTakeFirst()
  return row?.processor
}

/** What was last seen of a processor. */
export type ProcessorState = PaymentTables['processor_state']
/** One payout as it stands. Shape: the amount in minor units. */
export type PayoutRow = PaymentTables['payout']

/** Notes what was last seen of a processor. */
export async function noteState(
  db: Query<PaymentTables>,
  processor: string,
  seen: Partial<Omit<ProcessorState, 'processor'>>,
): Promise<void> {
  const empty = { heard_at: null, answered_at: null, failed_at: null, refused_at: null }
  await db
    .insertInto('processor_state')
    .values({ processor, ...empty, refused_because: null, read_until: null, ...seen })
    .onConflict((conflict) => conflict.column('processor').doUpdateSet(seen))
    .execute()
}

/** Notes that a message was refused, unless one was a short while ago: then nothing is written. */
export async function noteRefusal(
  db: Query<PaymentTables>,
  processor: string,
  { seen, unlessSince }: { seen: Pick<ProcessorState, 'refused_at' | 'refused_because'>; unlessSince: Date },
): Promise<void> {
  const empty = { heard_at: null, answered_at: null, failed_at: null, read_until: null }
  await db
    .insertInto('processor_state')
    .values({ processor, ...empty, ...seen })
    .onConflict((conflict) =>
      conflict
        .column('processor')
        .doUpdateSet(seen)
        .where((old) =>
          old.or([old('processor_state.refused_at', 'is', null), old('processor_state.refused_at', '<', unlessSince)]),
        ),
    )
    .execute()
}

/** What was last seen of each processor. */
export function processorStates(db: Query<PaymentTables>): Promise<ProcessorState[]> {
  return db.selectFrom('processor_state').selectAll().execute()
}

/** Keeps how a payout stands, whichever is told last: what was paid is not expected any more, and a bank may send back what was paid. */
export async function notePayout(db: Query<PaymentTables>, row: Omit<PayoutRow, 'agrees'>): Promise<void> {
  await db
    .insertInto('payout')
    .values({ ...row, agrees: null })
    .onConflict((conflict) =>
      conflict
        .columns(['processor', 'payout_id'])
        .doUpdateSet({ state: row.state, amount_minor: row.amount_minor, at: row.at })
        .where('payout.state', 'in', row.state === 'failed' ? ['expected', 'paid'] : ['expected']),
    )
    .execute()
}

/** Notes whether what a payout is made of agrees with it and with the orders. */
export async function noteAgreement(
  db: Query<PaymentTables>,
  { processor, payout_id, agrees }: Pick<PayoutRow, 'processor' | 'payout_id' | 'agrees'>,
): Promise<void> {
  await db
    .updateTable('payout')
    .set({ agrees })
    .where('processor', '=', processor)
    .where('payout_id', '=', payout_id)
    .execute()
}

/** When the last money of a processor came to the vendor. */
export async function lastPaidOut(db: Query<PaymentTables>, processor: string): Promise<Date | undefined> {
  const row = await db
    .selectFrom('payout')
    .select((of) => of.fn.max('at').as('at'))
    .where('processor', '=', processor)
    .where('state', '=', 'paid')
    .executeTakeFirst()
  return row?.at ?? undefined
}

/** The newest payouts. */
export function payouts(db: Query<PaymentTables>): Promise<PayoutRow[]> {
  return db.selectFrom('payout').selectAll().orderBy('at', 'desc').limit(50).execute()
}

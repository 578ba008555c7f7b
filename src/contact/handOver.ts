import type { JobResult } from '../db/index.ts'
import { after, word } from '../lib/index.ts'
import type { ShutReason } from '../partners/index.ts'
import type { ContactContext, MailTrouble } from './context.ts'
import { mayContact } from './mayContact.ts'
import { endMail, lockWaiting, mailById, type LedgerRow } from './queries.ts'
import type { MailOutcome } from './tables.ts'
import type { Delivery, Keep, MailValues } from './transports/transport.ts'
import { wrapText } from './wrap.ts'

const PATIENCE = 'P5D'
const done: JobResult = { outcome: 'done' }

/**
 * Hands one mail over: asks whether the person may be reached now, has the text made, gets the address let out to the
 * mail host, gives both to the transport and ends the ledger row. Safe to repeat: a mail that ended is left alone.
 *
 * Errors: what cannot be done yet is tried again; what can never be done ends the mail with a word for why.
 */
export async function handOver(ctx: ContactContext, mailId: string): Promise<JobResult> {
  const mail = await mailById(ctx.db.query, mailId)
  if (!mail || mail.outcome !== null) return done
  const may = await mayContact(ctx, mail)
  if (may.outcome === 'mayNot') return drop(ctx, mail, may.because)
  const composed = (await ctx.composers[mail.kind]?.(mail)) ?? { outcome: 'later' as const, because: 'no-composer' }
  if ('outcome' in composed)
    return composed.outcome === 'drop' ? drop(ctx, mail, composed.because) : laterOrNever(ctx, mail, composed.because)

  const values: MailValues = {
    mailId: mail.messageId,
    subject: composed.subject.replace(/\s+/g, ' ').trim(),
    text: wrapText(composed.text),
  }
  const carries = composed.carries ?? []
  const { person, purpose } = mail
  const gate = await ctx.partners.disclose({
    recipient: 'mailHost',
    person,
    purpose,
    for: mail.for,
    fields: ['email'],
    carries,
    values,
  })
  if (gate.outcome === 'shut') return whenShut(ctx, mail, gate.because)
  return conclude(ctx, mail, await ctx.transport.deliver(gate.released, { ...mail, addressClass: gate.from }))
}

function conclude(ctx: ContactContext, mail: LedgerRow, delivery: Delivery): Promise<JobResult> {
  if (delivery.outcome === 'later') return laterOrNever(ctx, mail, delivery.because)
  if (delivery.outcome === 'refused' && isGone(delivery.because)) return drop(ctx, mail, delivery.because)
  if (delivery.outcome === 'refused') return fail(ctx, mail, { outcome: 'refused', because: delivery.because })
  return end(ctx, mail, { outcome: 'handed-over', ...(delivery.keep ? { keep: delivery.keep } : {}) })
}

function isGone(because: string): boolean {
  return because === 'erased' || because === 'no-ground'
}

/** A person who is gone is not written to; anything else may be mended, so the mail waits and staff are told. */
async function whenShut(ctx: ContactContext, mail: LedgerRow, because: ShutReason): Promise<JobResult> {
  if (isGone(because)) return drop(ctx, mail, because)
  await tell(ctx, { kind: 'partner-shut', mailId: mail.mailId, for: mail.for, recipient: 'mailHost', because })
  return { outcome: 'later', because: `shut-${because}` }
}

async function laterOrNever(ctx: ContactContext, mail: LedgerRow, because: string): Promise<JobResult> {
  if (ctx.now() < after(mail.madeAt, PATIENCE)) return { outcome: 'later', because }
  return fail(ctx, mail, { outcome: 'given-up', because })
}

function drop(ctx: ContactContext, mail: LedgerRow, because: string): Promise<JobResult> {
  return end(ctx, mail, { outcome: 'dropped', because })
}

async function fail(
  ctx: ContactContext,
  mail: LedgerRow,
  how: { outcome: 'refused' | 'given-up'; because: string },
): Promise<JobResult> {
  await tell(ctx, { kind: 'mail-not-sent', mailId: mail.mailId, for: mail.for, because: how.because })
  return end(ctx, mail, how)
}

type Ending = { outcome: MailOutcome; because?: string; keep?: Keep }

/** Whoever locks the waiting row first ends the mail; for all others it has ended. */
async function end(ctx: ContactContext, mail: LedgerRow, ending: Ending): Promise<JobResult> {
  const { keep, ...how } = ending
  const written = { ...how, at: ctx.now(), ...(keep ? { keptClass: keep.class } : {}) }
  const write = ctx.db.tx(async (tx) => {
    if (!(await lockWaiting(tx, mail.mailId))) return
    if (keep) await keep.write(tx)
    await endMail(tx, mail.mailId, written)
  })
  await write.finally(() => keep?.wipe())
  if (ending.outcome !== 'handed-over')
    ctx.log('contact.ended', { outcome: word(ending.outcome), because: word(ending.because ?? 'none') })
  return done
}

async function tell(ctx: ContactContext, trouble: MailTrouble): Promise<void> {
  await ctx.tellStaff?.(trouble)
}

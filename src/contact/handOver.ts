import type { JobResult } from '../db/index.ts'
import { after, word } from '../lib/index.ts'
import type { Disclosed, ShutReason } from '../partners/index.ts'
import type { Composed, ContactContext, MailTrouble } from './context.ts'
import { mayContact } from './mayContact.ts'
import { beginTry, endMail, endTry, lockMail, mailById, type LedgerRow } from './queries.ts'
import { takeBounce } from './stops/bounced.ts'
import type { MailOutcome } from './tables.ts'
import type { Delivery, Keep, MailValues } from './transports/transport.ts'
import { wrapText } from './transports/wrap.ts'

const PATIENCE = 'P5D'
const done: JobResult = { outcome: 'done' }

/** A mail on its way. Shape: `once` rather stays unsent than goes out twice. */
type OnItsWay = LedgerRow & { readonly once: boolean }
type Text = Exclude<Composed, { outcome: string }>

/**
 * Hands one mail over: asks whether the person may be reached now, has the text made, gets the address let out to the
 * mail host, gives both to the transport and ends the ledger row. Safe to repeat: a mail that ended is left alone, and one of many that
 * was being handed over when the program stopped ends as unknown.
 *
 * Errors: what cannot be done yet is tried again; what can never be done ends the mail with a word for why.
 */
export async function handOver(ctx: ContactContext, mailId: string, once = false): Promise<JobResult> {
  const row = await mailById(ctx.db.query, mailId)
  if (!row || row.outcome !== null) return done
  const mail = { ...row, once }
  if (once && row.triedAt) return end(ctx, mail, { outcome: 'unknown', because: 'cut-off' })
  const may = await mayContact(ctx, mail)
  return may.outcome === 'mayNot' ? drop(ctx, mail, may.because) : compose(ctx, mail)
}

async function compose(ctx: ContactContext, mail: OnItsWay): Promise<JobResult> {
  const composed = (await ctx.composers[mail.kind]?.(mail)) ?? { outcome: 'later' as const, because: 'no-composer' }
  if (!('outcome' in composed)) return pass(ctx, mail, composed)
  if (composed.outcome === 'hold') return done
  return composed.outcome === 'drop' ? drop(ctx, mail, composed.because) : laterOrNever(ctx, mail, composed.because)
}

async function pass(ctx: ContactContext, mail: OnItsWay, text: Text): Promise<JobResult> {
  const { person, purpose } = mail
  const gate = await ctx.partners.disclose({
    recipient: 'mailHost',
    person,
    purpose,
    for: mail.for,
    fields: ['email'],
    carries: text.carries ?? [],
    values: valuesOf(mail, text),
  })
  if (gate.outcome === 'shut') return whenShut(ctx, mail, gate.because)
  return mail.once ? handInOnce(ctx, mail, { gate, text }) : handIn(ctx, mail, { gate, text })
}

function valuesOf(mail: LedgerRow, { subject, text, stopLink, answers, thread }: Text): MailValues {
  return {
    mailId: mail.messageId,
    subject: subject.replace(/\s+/g, ' ').trim(),
    text: wrapText(text),
    ...(stopLink ? { stopLink } : {}),
    ...(answers ? { answers } : {}),
    ...(thread && thread.length > 0 ? { thread: thread.join(' ') } : {}),
  }
}

type Gate = Extract<Disclosed<'mailHost', 'email'>, { outcome: 'released' }>
type Ready = { readonly gate: Gate; readonly text: Text }

/** The row says that a try began before anything leaves; a no that came in since the first question still wins. */
async function handInOnce(ctx: ContactContext, mail: OnItsWay, ready: Ready): Promise<JobResult> {
  if (!(await beginTry(ctx.db.query, mail.mailId, ctx.now()))) return done
  const may = await mayContact(ctx, mail)
  return may.outcome === 'mayNot' ? drop(ctx, mail, may.because) : handIn(ctx, mail, ready)
}

async function handIn(ctx: ContactContext, mail: OnItsWay, { gate, text }: Ready): Promise<JobResult> {
  const about = { ...mail, addressClass: gate.from, byProgram: !text.byStaff }
  return conclude(ctx, mail, await ctx.transport.deliver(gate.released, about))
}

async function conclude(ctx: ContactContext, mail: OnItsWay, delivery: Delivery): Promise<JobResult> {
  if (delivery.outcome === 'accepted')
    return end(ctx, mail, { outcome: 'handed-over', ...(delivery.keep ? { keep: delivery.keep } : {}) })
  if (delivery.outcome === 'unsure' && mail.once)
    return end(ctx, mail, { outcome: 'unknown', because: delivery.because })
  if (delivery.outcome !== 'refused') return laterOrNever(ctx, mail, delivery.because)
  if (isGone(delivery.because)) return drop(ctx, mail, delivery.because)
  if (delivery.status) await takeBounce(ctx, mail, delivery.status)
  return fail(ctx, mail, { outcome: 'refused', because: delivery.because })
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

async function laterOrNever(ctx: ContactContext, mail: OnItsWay, because: string): Promise<JobResult> {
  if (mail.once) await endTry(ctx.db.query, mail.mailId)
  if (ctx.now() < after(mail.madeAt, PATIENCE)) return { outcome: 'later', because }
  return fail(ctx, mail, { outcome: 'given-up', because })
}

function drop(ctx: ContactContext, mail: LedgerRow, because: string): Promise<JobResult> {
  return end(ctx, mail, { outcome: 'dropped', because })
}

/** Of many mails some do not arrive; that is a figure of the whole and no task for each. */
async function fail(
  ctx: ContactContext,
  mail: OnItsWay,
  how: { outcome: 'refused' | 'given-up'; because: string },
): Promise<JobResult> {
  if (!mail.once) await tell(ctx, { kind: 'mail-not-sent', mailId: mail.mailId, for: mail.for, because: how.because })
  return end(ctx, mail, how)
}

type Ending = { outcome: MailOutcome; because?: string; keep?: Keep }

/** Whoever locks the waiting row first ends the mail; for all others it has ended. Only an answer of the mail host settles an unknown one. */
async function end(ctx: ContactContext, mail: LedgerRow, ending: Ending): Promise<JobResult> {
  const { keep, ...how } = ending
  const written = { ...how, at: ctx.now(), ...(keep ? { keptClass: keep.class } : {}) }
  const write = ctx.db.tx(async (tx) => {
    const known = await lockMail(tx, mail.mailId)
    const open = known?.outcome === null || (known?.outcome === 'unknown' && ending.outcome === 'handed-over')
    if (!open) return
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

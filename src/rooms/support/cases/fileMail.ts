import { threadFor, type InboundMail, type LedgerRow, type Mark, type Thread } from '../../../contact/index.ts'
import { earlier } from '../../../lib/index.ts'
import { isOn } from '../../../policy/index.ts'
import type { PersonId } from '../../../vault/index.ts'
import type { SupportContext } from '../context.ts'
import { namedIn, ticketById } from '../queries.ts'
import type { TicketPurpose } from '../tables.ts'
import { arrive, type Arrival } from './arrive.ts'
import { en } from '../words.ts'

const DAY_MS = 86_400_000
const MOST_CONFIRMED = 2

/** Makes something of a mail that came in, once. Shape: `answered` are the mails of ours that it answers, the nearest first. */
export type FileAnswer = (mail: InboundMail, mark: Mark, answered: readonly LedgerRow[]) => Promise<void>

/**
 * Makes a mail a case, a question, or a turn of one. Whoever owns a copy is helped, anybody else asks; staff may file it anew. It joins the
 * conversation of a mail of ours that it answers, and only as proposed when another address writes. Source: promises by-support, by-enquiry.
 */
export function fileMail(ctx: SupportContext): FileAnswer {
  return async (mail, mark, answered) => {
    const alike = mail.from ? await ctx.vault.find('email', mail.from) : []
    const thread = threadOf(answered, alike)
    const ticket = thread.outcome === 'begins' ? undefined : await ticketById(ctx.db.query, namedIn(thread.for).ticket)
    const automatic = mail.sort.sort !== 'person'
    const arrival: Arrival = {
      purpose: ticket?.purpose ?? (await purposeFor(ctx, alike)),
      channel: 'mail',
      notice: ctx.web.policyVersion(),
      email: mail.from,
      name: mail.fromName,
      head: headFor(mail),
      text: [mail.text, mail.leftOut > 0 ? en.leftOut(mail.leftOut) : ''].join('\n\n'),
      files: mail.files,
      cards: mail.cards,
      automatic,
      ...(ticket && { into: { ticket: ticket.id, proposed: thread.outcome === 'proposed' } }),
      confirm: (!ticket || mail.cards > 0) && (await mayConfirm(ctx, mail, alike)),
    }
    await arrive(ctx, arrival, mark)
  }
}

function headFor(mail: InboundMail): Arrival['head'] {
  const thread = [...mail.answers].reverse()
  return { subject: mail.subject, thread, ...(mail.messageId && { messageId: mail.messageId }) }
}

function threadOf(answered: readonly LedgerRow[], alike: readonly PersonId[]): Thread {
  const ours = answered.map((sent) => ({ for: sent.for, sameAddress: alike.includes(sent.person) }))
  return threadFor(ours, 'ticket:')
}

async function purposeFor(ctx: SupportContext, alike: readonly PersonId[]): Promise<TicketPurpose> {
  if (!isOn(ctx.policy, 'enquiry')) return 'support'
  if (!isOn(ctx.policy, 'support') || alike.length === 0) return 'enquiry'
  return (await ctx.beside(alike)).copies.length > 0 ? 'support' : 'enquiry'
}

/** Two automatic mails to an address a day, and none to a mail that lay for longer: two programs cannot write to each other for ever. */
async function mayConfirm(ctx: SupportContext, mail: InboundMail, alike: readonly PersonId[]): Promise<boolean> {
  if (mail.sort.sort !== 'person' || mail.from === undefined) return false
  const since = earlier(ctx.now(), DAY_MS)
  if (mail.sentAt && mail.sentAt < since) return false
  return (await ctx.contact.countSince({ persons: alike, kind: 'caseReceived', since })) < MOST_CONFIRMED
}

import { threadFor, type FileMail, type InboundMail, type Thread } from '../../../contact/index.ts'
import { earlier } from '../../../lib/index.ts'
import { isOn } from '../../../policy/index.ts'
import type { PersonId } from '../../../vault/index.ts'
import type { SupportContext } from '../context.ts'
import { ticketById, type TicketId } from '../queries.ts'
import type { TicketPurpose } from '../tables.ts'
import { arrive, type Arrival } from './arrive.ts'
import { en } from '../words.ts'

const DAY_MS = 86_400_000
const MOST_CONFIRMED = 2

/**
 * Makes a mail a case, a question, or a turn of one. Whoever owns a copy is helped, anybody else asks; staff may file it anew. It joins the
 * conversation of a mail of ours that it answers, and only as proposed when another address writes. Source: promises by-support, by-enquiry.
 */
export function fileMail(ctx: SupportContext): FileMail {
  return async (mail, mark) => {
    const alike = mail.from ? await ctx.vault.find('email', mail.from) : []
    const thread = await threadOf(ctx, mail, alike)
    const ticket = thread.outcome === 'begins' ? undefined : await ticketById(ctx.db.query, ticketIn(thread.for))
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
      automatic,
      ...(ticket && { into: { ticket: ticket.id, proposed: thread.outcome === 'proposed' } }),
      confirm: !automatic && !ticket && mail.from !== undefined && (await mayConfirm(ctx, mail, alike)),
    }
    await arrive(ctx, arrival, mark)
  }
}

function headFor(mail: InboundMail): Arrival['head'] {
  const thread = [...mail.answers].reverse()
  return { subject: mail.subject, thread, ...(mail.messageId && { messageId: mail.messageId }) }
}

async function threadOf(ctx: SupportContext, mail: InboundMail, alike: readonly PersonId[]): Promise<Thread> {
  const answered = await Promise.all(mail.answers.map((id) => ctx.contact.byMessage(id)))
  const ours = answered.flatMap((sent) => (sent ? [{ for: sent.for, sameAddress: alike.includes(sent.person) }] : []))
  return threadFor(ours, 'ticket:')
}

/** A reference of a mail names the ticket, and after it the turn. */
function ticketIn(ref: string): TicketId {
  return (ref.split(':')[1] ?? '') as TicketId
}

async function purposeFor(ctx: SupportContext, alike: readonly PersonId[]): Promise<TicketPurpose> {
  if (!isOn(ctx.policy, 'enquiry')) return 'support'
  if (!isOn(ctx.policy, 'support') || alike.length === 0) return 'enquiry'
  return (await ctx.beside(alike)).copies.length > 0 ? 'support' : 'enquiry'
}

/** Two automatic mails to an address a day, and none to a mail that lay for longer: two programs cannot write to each other for ever. */
async function mayConfirm(ctx: SupportContext, mail: InboundMail, alike: readonly PersonId[]): Promise<boolean> {
  const since = earlier(ctx.now(), DAY_MS)
  if (mail.sentAt && mail.sentAt < since) return false
  const sent = (await Promise.all(alike.map((person) => ctx.contact.ledger(person)))).flat()
  return sent.filter((one) => one.kind === 'caseReceived' && one.madeAt >= since).length < MOST_CONFIRMED
}

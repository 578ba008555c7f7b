import type { Composed, Composer, MailToCompose } from '../../contact/index.ts'
import { after } from '../../lib/index.ts'
import { clockOf, keptText } from '../../policy/index.ts'
import type { PersonId } from '../../vault/index.ts'
import { linkPaths, mintLink } from '../../web/index.ts'
import { readHead } from './cases/passages.ts'
import type { SupportContext } from './context.ts'
import { CARD_CUT, namedIn, ticketById, turnsOf, type Ticket } from './queries.ts'
import { en } from './words.ts'

type MailContext = Pick<SupportContext, 'db' | 'links' | 'vault' | 'web' | 'policy' | 'now'>

/** Every mail of the support desk, made at hand-over. */
export function supportMails(ctx: MailContext): Readonly<Record<string, Composer>> {
  return { caseReceived: receivedMail(ctx), caseReply: replyMail(ctx) }
}

/** A reference names the ticket and, for an answer, its turn. */
async function named(ctx: MailContext, mail: MailToCompose): Promise<{ ticket: Ticket; turn: string } | undefined> {
  const { ticket: id, turn } = namedIn(mail.for)
  const ticket = await ticketById(ctx.db.query, id)
  return ticket && { ticket, turn }
}

function receivedMail(ctx: MailContext): Composer {
  return async (mail) => {
    const found = await named(ctx, mail)
    if (!found) return { outcome: 'drop', because: 'over' }
    const link = await linkTo(ctx, found.ticket, mail.person)
    return {
      subject: en.receivedSubject(found.ticket.number),
      text: [
        en.received(link),
        ...(found.turn === CARD_CUT ? [en.cardCut] : []),
        toldIn(ctx, found.ticket.purpose),
      ].join('\n'),
    }
  }
}

function replyMail(ctx: MailContext): Composer {
  return async (mail) => {
    const found = await named(ctx, mail)
    const turn = found && (await turnsOf(ctx.db.query, found.ticket.id)).find(({ id }) => id === found.turn)
    if (!found || !turn) return { outcome: 'drop', because: 'over' }
    const { person, purpose } = mail
    const actor = { role: 'program', id: 'support' } as const
    const opened = await ctx.vault.openTexts({
      person,
      purpose,
      texts: [turn.text],
      actor,
      for: `ticket:${found.ticket.id}`,
    })
    if (opened.outcome === 'refused' || opened.passages.length === 0) return { outcome: 'drop', because: 'over' }
    const [head, ...passages] = opened.passages.map(({ content }) => content)
    return written(ctx, { ...found, person, head: readHead(head), text: passages.join('\n\n') })
  }
}

type Written = { ticket: Ticket; person: PersonId; head: ReturnType<typeof readHead>; text: string }

async function written(ctx: MailContext, { ticket, person, head, text }: Written): Promise<Composed> {
  const { subject, messageId, thread } = head
  const end = [en.replyEnd(await linkTo(ctx, ticket, person)), toldIn(ctx, ticket.purpose)].join('\n')
  return {
    subject,
    text: `${text}\n\n-- \n${end}`,
    byStaff: true,
    ...(messageId && { answers: messageId }),
    ...(thread && { thread }),
  }
}

/** A link to a ticket's own page, for whoever the mail goes to. */
async function linkTo(ctx: MailContext, ticket: Ticket, person: PersonId): Promise<string> {
  const now = ctx.now()
  const link = { kind: 'ticket', persons: [person], subject: ticket.id, now, expiresAt: after(now, 'P30D') } as const
  const token = await ctx.links.tx((tx) => mintLink(tx, link))
  return `${ctx.web.baseUrl}${linkPaths.ticket}${token}`
}

/** What is said to whoever wrote without having seen our form. Source: promise told-first. */
function toldIn({ policy, web }: MailContext, purpose: Ticket['purpose']): string {
  const sentence = policy.purposes[purpose]?.sentence.en ?? ''
  const [kept, where] = [keptText(clockOf(policy, purpose)), `${web.baseUrl}/privacy`]
  return en.told({ sentence, kept, version: web.policyVersion(), where })
}

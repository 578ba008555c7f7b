import {
  imapMailbox,
  takeIn,
  type Contact,
  type FileMail,
  type InboundContext,
  type InboundTables,
  type Mark,
} from '../../contact/index.ts'
import { myCopies } from '../../core/licences/index.ts'
import { addDailyTask, addTask, ordersOf } from '../../core/orders/index.ts'
import { noteReply } from '../../rooms/campaigns/index.ts'
import type { PersonId } from '../../vault/index.ts'
import { normalise } from '../../vault/index.ts'
import {
  fileMail,
  namedIn,
  purposesOn,
  supportMails,
  supportProbes,
  supportRail,
  supportRoutes,
  sweepTickets,
  type Beside,
  type FileAnswer,
  type SupportContext,
} from '../../rooms/support/index.ts'
import { addressOf, staffLabel, type WebTables } from '../../web/index.ts'
import type { Joined, Part } from '../part.ts'

/** Help: the forms, the cases, the desk's pages about both, and the mails that come in, which become either. */
export function supportPart(joined: Joined): Part {
  const { engine, web, desk, now, policy, vault, contact, orders } = joined
  const proxies = joined.trustedProxies ?? 0
  const ctx: SupportContext = {
    db: engine.for(),
    links: engine.for(),
    web,
    desk,
    now,
    policy,
    vault,
    contact,
    kick: orders.kick,
    beside: (persons) => beside(joined, persons),
    labelOf: (staff) => staffLabel(engine.for<WebTables>().query, staff),
    mayMail: (email) => web.limits.take('linkMail', normalise('email', email)),
    mayAsk: (c) => web.limits.take('asking', addressOf(c, proxies)),
  }
  if (purposesOn(policy).length === 0) return {}
  return {
    routes: supportRoutes(ctx),
    pages: ['help'],
    rail: () => supportRail(ctx),
    composers: supportMails(ctx),
    probes: supportProbes(ctx),
    hourly: async () => void (await sweepTickets(ctx)),
    ...(joined.imap && { poll: pollOf(joined, ctx) }),
  }
}

async function beside({ orders, licences }: Joined, persons: readonly PersonId[]): Promise<Beside> {
  const found = await ordersOf(orders.db.query, persons)
  return {
    orders: found.flatMap(({ number, placed_at }) => (placed_at ? [{ number }] : [])),
    copies: (await myCopies(licences, persons)).map(({ productName, keyTail }) => ({ productName, keyTail })),
  }
}

/** Visits the mailbox once. Where its host's promise to protect data is over, nothing is fetched and staff are told. */
function pollOf(joined: Joined, ctx: SupportContext): () => Promise<number> {
  const { imap, keys, engine, now, log, partners, contact, orders } = joined
  const inbound: InboundContext | undefined = imap && {
    db: engine.for<InboundTables>(),
    mailbox: imapMailbox(imap),
    key: keys.secret('mailId'),
    now,
    log,
    bounced: (told) => takeBounce(joined, contact, told),
    tellStaff: ({ validity, uid, because }) =>
      addTask(orders.db.query, now(), { about: `mail:${validity}-${uid}`, kind: 'mail-not-read', ref: because }),
  }
  return async () => {
    if (!inbound) return 0
    const row = (await partners.register()).find(({ recipient }) => recipient.id === 'mailbox')
    if (row && (row.commitment.state === 'live' || row.commitment.state === 'ends-soon'))
      return takeIn(inbound, counting(joined, fileMail(ctx)))
    await addDailyTask(orders.db.query, now(), { about: 'mail:mailbox', kind: 'partner-shut' })
    return 0
  }
}

/** An answer to news is counted for its campaign, in the transaction that makes it a case or a question. */
function counting({ contact, now }: Joined, file: FileAnswer): FileMail {
  return async (mail, mark) => {
    const answered = await contact.byMessages(mail.answers)
    const news = answered.find((sent) => sent.for.startsWith('campaign:'))
    const counted: Mark = async (tx) => {
      const was = await mark(tx)
      if (was === 'new' && news) await noteReply({ now }, tx, { for: news.for, ref: news.mailId })
      return was
    }
    await file(mail, news && mail.sort.sort === 'person' ? counted : mark, answered)
  }
}

/** What came back and was an answer of ours is told to staff, since somebody waits for it. */
async function takeBounce(
  { orders, now }: Joined,
  contact: Contact,
  told: { messageId: string; status: string },
): Promise<void> {
  if ((await contact.bounced(told)) === 'unknown') return
  const [mail] = await contact.byMessages([told.messageId])
  if (!mail?.for.startsWith('ticket:')) return
  const about = `ticket:${namedIn(mail.for).ticket}`
  await addTask(orders.db.query, now(), { about, kind: 'mail-not-sent', ref: told.status })
}

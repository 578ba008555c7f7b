import { Hono, type Context } from 'hono'
import type { Contact, LedgerRow, OutboxMail } from '../../contact/index.ts'
import { isId } from '../../lib/index.ts'
import { places, refuse, type Web } from '../../web/index.ts'
import { GonePage, MailPage, OutboxPage } from './pages.tsx'

/** What the outbox needs. Shape: `web` is that of the outbox's own listener on this machine; `shopUrl` the origin of the shop. */
export type OutboxContext = { readonly web: Web; readonly outbox: Contact['outbox']; readonly shopUrl: string }

const statusOf = { shown: 200, waiting: 409, 'not-sent': 410, erased: 410, over: 410 } as const

/** The outbox of example mode: for people, and as JSON for tests. Mount it on a listener of its own on 127.0.0.1, never on the shop's. */
export function outboxRoutes(ctx: OutboxContext): Hono {
  return new Hono()
    .get('/', async (c) => c.html(<OutboxPage web={ctx.web} mails={await ctx.outbox.newest()} />))
    .get('/mails.json', async (c) => c.json({ mails: (await ctx.outbox.newest(1000)).map(listed) }))
    .get(places.privacy, (c) => c.redirect(`${ctx.shopUrl}${places.privacy}`))
    .get(places.promises, (c) => c.redirect(`${ctx.shopUrl}${places.promises}`))
    .get('/mails/:file', async (c) => {
      const [id, json] = nameOf(c.req.param('file'))
      const mail = isId(id) ? await ctx.outbox.open(id) : { outcome: 'unknown' as const }
      if (mail.outcome === 'unknown') return refuse(c, ctx.web, 404)
      return json ? asJson(c, mail) : asPage(c, ctx.web, mail)
    })
}

function nameOf(file: string): [string, boolean] {
  return file.endsWith('.json') ? [file.slice(0, -'.json'.length), true] : [file, false]
}

function listed(mail: LedgerRow): object {
  const { mailId, kind, madeAt, handedOverAt, outcome, because } = mail
  return { id: mailId, kind, for: mail.for, madeAt, handedOverAt, outcome: outcome ?? 'waiting', because }
}

type Known = Exclude<OutboxMail, { outcome: 'unknown' }>

function asJson(c: Context, mail: Known): Response {
  if (mail.outcome !== 'shown') return c.json({ id: mail.row.mailId, outcome: mail.outcome }, statusOf[mail.outcome])
  return c.json({ id: mail.row.mailId, kind: mail.row.kind, to: mail.to, subject: mail.subject, text: mail.text })
}

async function asPage(c: Context, web: Web, mail: Known): Promise<Response> {
  if (mail.outcome === 'shown') return c.html(<MailPage web={web} mail={mail} />)
  return c.html(<GonePage web={web} mail={mail} />, statusOf[mail.outcome])
}

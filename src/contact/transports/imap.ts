import { ImapFlow } from 'imapflow'
import { Broken } from '../../lib/index.ts'
import type { Mailbox, OpenMailbox } from '../inbound/mailbox.ts'
import { isThisMachine } from './transport.ts'

/**
 * The mailbox of a vendor. Shape: `secure` is TLS from the first byte (port 993); else STARTTLS is demanded.
 * `afterwards` is what happens on the server to a mail that was taken in; `folder` where they are moved to.
 */
export type ImapServer = {
  readonly host: string
  readonly port: number
  readonly secure: boolean
  readonly auth: { readonly user: string; readonly pass: string }
  readonly mailbox?: string
  readonly afterwards?: 'leave' | 'move' | 'delete'
  readonly folder?: string
  /** For tests: no TLS, on this machine only. */
  readonly plainOnLoopback?: true
}

/**
 * A mailbox that is visited over IMAP. What the server says is never repeated, since it quotes mails.
 * Errors: throws `imap-needs-tls` for a server elsewhere without TLS, `imap-not-reached` when a visit does not begin.
 */
export function imapMailbox(server: ImapServer): Mailbox {
  const plain = server.plainOnLoopback === true
  if (plain && !isThisMachine(server.host)) throw new Broken('imap-needs-tls')
  const leaves = (server.afterwards ?? 'leave') === 'leave'
  return {
    leaves,
    visit: async (use) => {
      const client = await connected(server, plain)
      try {
        const box = await client.mailboxOpen(server.mailbox ?? 'INBOX', { readOnly: leaves })
        return await use(opened(client, String(box.uidValidity), server))
      } finally {
        await client.logout().catch(() => client.close())
      }
    },
  }
}

async function connected({ host, port, secure, auth }: ImapServer, plain: boolean): Promise<ImapFlow> {
  const client = new ImapFlow({
    host,
    port,
    secure,
    doSTARTTLS: !secure && !plain,
    auth: { ...auth },
    logger: false,
    emitLogs: false,
    disableAutoIdle: true,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 60_000,
  })
  client.on('error', () => {}) // said again by whatever waits for it
  try {
    await client.connect()
    return client
  } catch {
    client.close()
    throw new Broken('imap-not-reached')
  }
}

function opened(client: ImapFlow, validity: string, { afterwards, folder }: ImapServer): OpenMailbox {
  return {
    validity,
    list: async (from) => {
      if (!client.mailbox || client.mailbox.exists === 0) return []
      const found = await client.fetchAll(`${from}:*`, { uid: true, size: true }, { uid: true })
      // Where nothing lies from there on, a server answers with the last mail. Source: RFC 9051 section 9, seq-range.
      const asked = found.filter(({ uid }) => uid >= from)
      return asked.map(({ uid, size }) => ({ uid, bytes: size ?? 0 })).sort((a, b) => a.uid - b.uid)
    },
    fetch: async (uid) => {
      const found = await client.fetchOne(String(uid), { source: true }, { uid: true })
      return (found || undefined)?.source
    },
    settle: async (uids) => {
      if (afterwards === 'delete') await client.messageDelete([...uids].join(','), { uid: true })
      if (afterwards !== 'move') return
      const aside = folder ?? 'Archive'
      await client.mailboxCreate(aside)
      await client.messageMove([...uids].join(','), aside, { uid: true })
    },
  }
}

import { createTransport } from 'nodemailer'
import { Broken } from '../../lib/index.ts'
import { isThisMachine, type Delivery, type Manner, type ReleasedMail, type Transport } from './transport.ts'

/** The mail server of a vendor. Shape: `secure` is TLS from the first byte (port 465); else STARTTLS is demanded. */
export type SmtpServer = {
  readonly host: string
  readonly port: number
  readonly secure: boolean
  readonly auth?: { readonly user: string; readonly pass: string }
  readonly from: { readonly name: string; readonly address: string }
  /** For tests: no TLS, on this machine only. */
  readonly plainOnLoopback?: true
}

const ADDRESS = /^[^\s\p{Cc},;:<>()[\]"\\@]+@[^\s\p{Cc},;:<>()[\]"\\@]+$/u

/**
 * Hands mails to an SMTP server, at least once, each with the Message-ID of what asked for it, so that a second one is known as such.
 * Errors: what the server says is never repeated, since it quotes addresses; a delivery answers a word of ours.
 * Throws `smtp-needs-tls` for a server elsewhere without TLS, `released-for-another-host` for a mail let out to another host.
 */
export function smtpTransport(server: SmtpServer): Transport {
  const plain = server.plainOnLoopback === true
  if (plain && !isThisMachine(server.host)) throw new Broken('smtp-needs-tls')
  const sender = createTransport({
    host: server.host,
    port: server.port,
    secure: server.secure,
    requireTLS: !server.secure && !plain,
    ignoreTLS: plain,
    ...(server.auth ? { auth: { ...server.auth } } : {}),
    pool: true,
    maxRequeues: 0,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
  })
  const deliver = async (mail: ReleasedMail, manner: Manner): Promise<Delivery> => {
    if (mail.host !== server.host) throw new Broken('released-for-another-host')
    const address = mail.fields.email
    if (!address || !ADDRESS.test(address)) return { outcome: 'refused', because: 'no-address' }
    return sender.sendMail({ ...letter(mail, address, server.from), headers: headersOf(mail, manner) }).then(
      () => ({ outcome: 'accepted' }),
      (error: unknown) => failed(error),
    )
  }
  return { host: server.host, deliver, close: () => Promise.resolve(sender.close()) }
}

type SentMail = Parameters<ReturnType<typeof createTransport>['sendMail']>[0]

function letter(mail: ReleasedMail, address: string, from: SmtpServer['from']): SentMail {
  const { mailId, subject, text } = mail.values
  return {
    from: { ...from },
    to: { name: '', address },
    envelope: { from: from.address, to: [address] }, // given by hand, so that an address is never read as a list of them
    messageId: `<${String(mailId)}>`,
    subject: String(subject),
    text: String(text),
  }
}

/** Source: RFC 3834 (a program wrote it), RFC 8058 (one click stops it), RFC 5322 section 3.6.4 (what it answers). */
function headersOf({ values }: ReleasedMail, { byProgram = true }: Manner): Record<string, string> {
  const { stopLink, answers, thread } = values
  const toMany = {
    'List-Unsubscribe': `<${stopLink}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    Precedence: 'bulk',
  }
  return {
    ...(byProgram && !stopLink ? { 'Auto-Submitted': 'auto-generated' } : {}),
    ...(byProgram ? { 'X-Auto-Response-Suppress': 'All' } : {}),
    ...(stopLink ? toMany : {}),
    ...(answers ? { 'In-Reply-To': `<${answers}>` } : {}),
    ...(thread ? { References: bracketed(String(thread)) } : {}),
  }
}

function bracketed(ids: string): string {
  return ids
    .split(' ')
    .filter((id) => id !== '')
    .map((id) => `<${id}>`)
    .join(' ')
}

type SmtpFailure = { responseCode?: number; response?: string; command?: string; code?: string; originalCode?: string }

/** A server's lasting no to this address or this text is a refusal; anything else is tried again. */
function failed(error: unknown): Delivery {
  const { responseCode, response, command, code } = error as SmtpFailure
  const ours = code === 'ETLS' || code === 'EAUTH' // not about this mail, whatever number came with it
  if (ours || responseCode === undefined)
    return { outcome: isBefore(error as SmtpFailure) ? 'later' : 'unsure', because: named(code) }
  const because = `smtp-${responseCode}`
  const lasting = responseCode >= 500 && (command === 'RCPT TO' || command === 'DATA')
  return lasting ? { outcome: 'refused', because, ...statusIn(response) } : { outcome: 'later', because }
}

/** The host's own number for what is wrong, without its words. Source: RFC 3463. */
function statusIn(response = ''): { status?: string } {
  const status = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1]
  return status ? { status } : {}
}

const NO_MAIL_YET = new Set(['ETLS', 'EAUTH', 'EDNS', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH'])

/** Whether it failed before any mail was handed in: no server was found, or it was not trusted. */
function isBefore({ code = '', originalCode = '' }: SmtpFailure): boolean {
  return NO_MAIL_YET.has(code) || NO_MAIL_YET.has(originalCode)
}

function named(code: string | undefined): string {
  return code && /^E[A-Z0-9]{2,20}$/.test(code) ? `smtp-${code.toLowerCase()}` : 'smtp-failed'
}

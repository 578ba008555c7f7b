import { convert } from 'html-to-text'
import { createHash } from 'node:crypto'
import PostalMime, { type Attachment, type Email } from 'postal-mime'
import { cutCards, instant } from '../../lib/index.ts'
import { classifyInbound, fieldsOf, readReports } from './classify.ts'
import type { InboundFile, InboundMail } from './mail.ts'
import { cardsInPdf } from './pdf.ts'
import { sniff, textOf } from './sniff.ts'

/** How much of a mail is taken in. Beyond it a mail is not read at all, or a part of it is left out and counted. */
export const inboundLimits = {
  bytes: 26 * 1024 * 1024,
  headerBytes: 256 * 1024,
  depth: 16,
  parts: 500,
  files: 20,
  fileBytes: 20 * 1024 * 1024,
  text: 60_000,
  subject: 500,
  answers: 50,
} as const

/** A mail that was read, or a word for why it cannot be. */
export type ReadMail =
  | { readonly outcome: 'read'; readonly mail: InboundMail }
  | { readonly outcome: 'unreadable'; readonly because: 'too-big' | 'too-many-parts' | 'not-a-mail' }

/**
 * Reads the bytes of a mail. Whatever it holds, only this comes out: who wrote, subject, plain text, files by what they are,
 * and the references that tie it to a conversation. Nothing is fetched, nothing in it runs.
 */
export async function readMail(bytes: Uint8Array): Promise<ReadMail> {
  if (bytes.length > inboundLimits.bytes) return { outcome: 'unreadable', because: 'too-big' }
  if (partsIn(bytes) > inboundLimits.parts) return { outcome: 'unreadable', because: 'too-many-parts' }
  try {
    const { headerBytes: maxHeadersSize, depth: maxNestingDepth } = inboundLimits
    const email = await PostalMime.parse(bytes, { maxHeadersSize, maxNestingDepth, maxRfc822NestingDepth: 3 })
    if (email.headers.length === 0) return { outcome: 'unreadable', because: 'not-a-mail' }
    return { outcome: 'read', mail: mailOf(email, bytes) }
  } catch {
    return { outcome: 'unreadable', because: 'not-a-mail' }
  }
}

/** Each part begins with a line of two dashes, and so may lines that begin none. */
function partsIn(bytes: Uint8Array): number {
  const lines = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let parts = 0
  for (let at = lines.indexOf('\n--'); at !== -1 && parts <= inboundLimits.parts; at = lines.indexOf('\n--', at + 3))
    if (!isDashes(lines, at + 3)) parts += 1
  return parts
}

/** The line before a signature, a rule drawn of dashes and the like. */
function isDashes(lines: Buffer, at: number): boolean {
  return [0x20, 0x2d, 0x0d, 0x0a].includes(lines[at] ?? 0x0a)
}

function mailOf(email: Email, bytes: Uint8Array): InboundMail {
  const header = (name: string): string | undefined => email.headers.find(({ key }) => key === name)?.value
  const from = [email.from, ...(email.from?.group ?? [])].find((one) => one?.address)
  // Cut before shortened: a card across the end would leave the most of its digits.
  const name = cutCards(oneLine(from?.name ?? ''))
  const subject = cutCards(oneLine(email.subject ?? ''))
  const text = cutCards(bodyOf(email))
  const files = filesOf(email.attachments)
  return {
    from: addressIn(from?.address),
    fromName: name.text.slice(0, 200) || undefined,
    subject: subject.text.slice(0, inboundLimits.subject),
    text: shortened(text.text),
    sentAt: dateOf(email.date),
    messageId: idsIn(header('message-id'))[0],
    answers: answersOf(header('in-reply-to'), header('references')),
    files: files.kept,
    cards: name.cards + subject.cards + text.cards + files.cards,
    leftOut: files.leftOut,
    sort: classifyInbound({ header, ...reportIn(header('content-type') ?? '', email.attachments) }),
    fingerprint: fingerprintOf(header, bytes),
  }
}

const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029\s]+/gu, ' ').trim()

function addressIn(text: string | undefined): string | undefined {
  const address = text?.trim() ?? ''
  return address.length <= 254 && /^[^\s@<>"(),:;[\]\\\p{Cc}]{1,64}@[^\s@<>"(),:;[\]\\\p{Cc}]+$/u.test(address)
    ? address
    : undefined
}

function dateOf(text: string | undefined): Date | undefined {
  try {
    return text === undefined ? undefined : instant(text)
  } catch {
    return undefined
  }
}

/** Message-IDs as they stand in a header. Shape: without angle brackets. */
function idsIn(value: string | undefined): string[] {
  return [...(value ?? '').matchAll(/<([^<>\s]{3,250})>/g)].map(([, id]) => id ?? '')
}

function answersOf(inReplyTo: string | undefined, references: string | undefined): string[] {
  const nearest = [...idsIn(inReplyTo), ...idsIn(references).reverse()]
  return [...new Set(nearest)].slice(0, inboundLimits.answers)
}

function bodyOf(email: Email): string {
  const plain = email.text?.trim() ? email.text : plainFrom(email.html ?? '')
  return plain
    .replace(/\r\n?/g, '\n')
    .replaceAll('\u00a0', ' ')
    .replace(UNPRINTABLE, '')
    .replace(/\n{4,}/g, '\n\n\n')
    .trim()
}

function shortened(text: string): string {
  return text.length > inboundLimits.text ? `${text.slice(0, inboundLimits.text)}\n[…]` : text
}

const UNPRINTABLE = /(?![\n\t])[\p{Cc}\p{Cs}]/gu

/** HTML as text: pictures, styles and scripts are nothing, a link is its words and where it leads. */
function plainFrom(html: string): string {
  return convert(html, {
    wordwrap: false,
    limits: { maxInputLength: 1_000_000, maxDepth: 60, ellipsis: '…' },
    selectors: [
      { selector: 'img', format: 'skip' },
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true, ignoreHref: false } },
      ...[1, 2, 3, 4, 5, 6].map((level) => ({ selector: `h${level}`, options: { uppercase: false } })),
    ],
  })
}

type Files = { readonly kept: InboundFile[]; readonly cards: number; readonly leftOut: number }

/** Files that are neither too many nor too big. Of a PDF nothing can be cut out, so one whose text holds a card is left out. */
function filesOf(attachments: readonly Attachment[]): Files {
  const sent = attachments.filter(({ mimeType }) => !mimeType.startsWith('message/delivery-status'))
  let [cards, room] = [0, inboundLimits.fileBytes as number]
  const kept: InboundFile[] = []
  for (const one of sent) {
    const bytes = bytesOf(one)
    if (kept.length >= inboundLimits.files || bytes.length > room) continue
    const inPdf = cardsInPdf(bytes)
    cards += inPdf
    if (inPdf > 0) continue
    const file = fileOf(one.filename, bytes)
    room -= bytes.length
    cards += file.cards
    kept.push(file.file)
  }
  return { kept, cards, leftOut: sent.length - kept.length }
}

function bytesOf({ content }: Attachment): Uint8Array {
  if (typeof content === 'string') return Buffer.from(content)
  return content instanceof Uint8Array ? content : new Uint8Array(content)
}

/** A file with a harmless name; a text in it loses its card numbers like any other. */
function fileOf(filename: string | null, bytes: Uint8Array): { file: InboundFile; cards: number } {
  const name = cutCards(oneLine(filename ?? '').replace(/[/\\]/g, '_'))
  const said = textOf(bytes)
  const text = said === undefined ? undefined : cutCards(said)
  const file = {
    name: name.text.slice(0, 200) || 'file',
    type: sniff(bytes, said !== undefined),
    bytes: text && text.cards > 0 ? Buffer.from(text.text) : bytes,
  }
  return { file, cards: name.cards + (text?.cards ?? 0) }
}

/** The report of a mail that is one as a whole; a person may well attach a report to a question. */
function reportIn(type: string, attachments: readonly Attachment[]) {
  if (!/^\s*multipart\/report\b/i.test(type)) return { reports: undefined, reportedId: undefined }
  const report = attachments.find(({ mimeType }) => mimeType === 'message/delivery-status')
  const copy = attachments.find(({ mimeType }) => /^(message\/rfc822|text\/rfc822-headers)$/.test(mimeType))
  const text = (one: Attachment): string => Buffer.from(bytesOf(one).subarray(0, 100_000)).toString('latin1')
  const headers = copy && fieldsOf(text(copy).split(/\r?\n\r?\n/)[0] ?? '')
  return { reports: report && readReports(text(report)), reportedId: idsIn(headers?.get('message-id'))[0] }
}

/** What the sender wrote, whichever way it came: the same mail to two addresses of ours has the same. */
function fingerprintOf(header: (name: string) => string | undefined, bytes: Uint8Array): Uint8Array {
  const hash = createHash('sha256')
  for (const name of ['message-id', 'date', 'from', 'subject']) hash.update(`${name}:${header(name)?.trim() ?? ''}\n`)
  return hash.update(bodyBytes(bytes)).digest()
}

function bodyBytes(bytes: Uint8Array): Buffer {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const ends = ['\r\n\r\n', '\n\n'].map((end) => all.indexOf(end)).filter((at) => at !== -1)
  return ends.length === 0 ? all : all.subarray(Math.min(...ends))
}

import { cutCards } from '../../../lib/index.ts'

/** What stands above a text: its subject, and what ties a mail to its conversation. Shape: Message-IDs without angle brackets. */
export type Head = { readonly subject: string; readonly messageId?: string; readonly thread?: readonly string[] }

const MOST = 200

/**
 * Cuts a text into passages, so that each can go or belong to somebody else alone: at blank lines, and what is quoted stays together.
 * Card numbers are cut out first. Shape: at most 200; joined by blank lines they are the text again.
 */
export function passagesOf(text: string): string[] {
  const blocks = cutCards(text)
    .text.replaceAll('\r\n', '\n')
    .split(/\n[ \t]*\n+/)
    .map((block) => block.trimEnd())
    .filter((block) => block.trim() !== '')
  const joined: string[] = []
  for (const block of blocks) {
    const last = joined.at(-1)
    const goesOn = last !== undefined && (joined.length >= MOST || (isQuoted(last) && isQuoted(block)))
    if (goesOn) joined[joined.length - 1] = `${last}\n\n${block}`
    else joined.push(block)
  }
  return joined
}

function isQuoted(block: string): boolean {
  return block.split('\n').every((line) => line.startsWith('>'))
}

/** The first passage of every text: what stands above it. */
export function headOf(head: Head): Buffer {
  return Buffer.from(JSON.stringify({ ...head, subject: cutCards(head.subject).text }))
}

/** Reads what stands above a text. */
export function readHead(content: Buffer | undefined): Head {
  return content ? (JSON.parse(content.toString('utf8')) as Head) : { subject: '' }
}

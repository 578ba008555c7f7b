/** A mail of the corpus and what must come out of it. */
export type Sample = {
  readonly name: string
  readonly raw: Uint8Array
  /** Shape: what is named must be so; `without` is nowhere in what is read. */
  readonly expect: {
    readonly sort: 'person' | 'automatic' | 'bounce' | 'unreadable'
    readonly because?: string
    readonly from?: string | undefined
    readonly fromName?: string
    readonly subject?: string
    readonly text?: string
    readonly answers?: readonly string[]
    readonly messageId?: string | undefined
    readonly files?: readonly (readonly [name: string, type: string])[]
    readonly cards?: number
    readonly leftOut?: number
    readonly reports?: readonly (readonly [action: string, status: string])[]
    readonly without?: RegExp
  }
}

type Headers = Readonly<Record<string, string | undefined>>

const usual: Headers = {
  'Return-Path': '<ada@post.example>',
  Received: 'from [192.0.2.44] (helo=laptop.ada.example) by mx.higosoft.example; Tue, 24 Nov 2026 10:00:00 +0000',
  From: 'Ada Qvortrup <ada@post.example>',
  To: 'help@higosoft.example',
  Subject: 'Tally does not start',
  Date: 'Tue, 24 Nov 2026 11:00:00 +0100',
  'Message-ID': '<a1@post.example>',
  'MIME-Version': '1.0',
}

/** The bytes of a mail: the usual headers, changed where named and left out where undefined, and a body. */
export function raw(headers: Headers, body: string | Buffer): Buffer {
  const head = Object.entries({ ...usual, ...headers }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${value}`],
  )
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), Buffer.from(body)])
}

/** One part of a mail of several. */
export function part(type: string, body: string, more: Headers = {}): string {
  const head = Object.entries({ 'Content-Type': type, ...more }).map(([name, value]) => `${name}: ${value ?? ''}`)
  return `${head.join('\r\n')}\r\n\r\n${body}`
}

/** Parts as a body, under the boundary `cut`. */
export function parts(...all: readonly string[]): string {
  return [...all.map((one) => `--cut\r\n${one}\r\n`), '--cut--\r\n'].join('')
}

/** The header of a mail of several parts. */
export const mixed = { 'Content-Type': 'multipart/mixed; boundary=cut' } as const

/** Bytes as a part carries them. */
export function base64(bytes: string | Buffer): string {
  return (
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  ).join('\r\n')
}

/** A file of a mail. */
export function file(name: string, type: string, bytes: string | Buffer): string {
  return part(`${type}; name="${name}"`, base64(bytes), {
    'Content-Transfer-Encoding': 'base64',
    'Content-Disposition': `attachment; filename="${name}"`,
  })
}

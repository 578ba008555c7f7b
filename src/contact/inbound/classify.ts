import type { DeliveryReport, InboundSort } from './mail.ts'

/** What is looked at to tell what sort of mail arrived. Shape: header names in lower case; `reports` of its delivery-status part. */
export type Signs = {
  readonly header: (name: string) => string | undefined
  readonly reports: readonly DeliveryReport[] | undefined
  /** The Message-ID in the copy of our mail that a report brings back. */
  readonly reportedId: string | undefined
}

type Rule = readonly [string, (signs: Signs) => boolean]

const has = (name: string) => (signs: Signs) => signs.header(name) !== undefined

const rules: readonly Rule[] = [
  ['auto-submitted', ({ header }) => !isHuman(header('auto-submitted'))],
  ['null-return-path', ({ header }) => header('return-path')?.trim() === '<>'],
  ['report', ({ header }) => /^\s*multipart\/report\b/i.test(header('content-type') ?? '')],
  ['suppress', has('x-auto-response-suppress')],
  ['list', has('list-id')],
  ['unsubscribe', has('list-unsubscribe')],
  ['precedence', ({ header }) => /^\s*(bulk|list|junk|auto_reply)\s*$/i.test(header('precedence') ?? '')],
  ['autoreply', has('x-autoreply')],
  ['autoreply', has('x-autorespond')],
  ['mailer', ({ header }) => /^[^@]*\b(mailer-daemon|postmaster)@/i.test(header('from') ?? '')],
]

/** `no` is what a person's program may write; anything else is automatic. Source: RFC 3834 section 5. */
function isHuman(value: string | undefined): boolean {
  return value === undefined || /^\s*no\s*(;|$)/i.test(value)
}

/**
 * Says whether a person wrote a mail, a program did, or a mail of ours came back. A bounce is one only by the fields of its
 * delivery-status part, never by words in its text, so that no sentence about version 5.2.1 makes an address dead.
 */
export function classifyInbound(signs: Signs): InboundSort {
  if (signs.reports && signs.reports.length > 0)
    return { sort: 'bounce', messageId: signs.reportedId, reports: signs.reports }
  const rule = rules.find(([, holds]) => holds(signs))
  return rule ? { sort: 'automatic', because: rule[0] } : { sort: 'person' }
}

const ACTIONS = /^(failed|delayed|delivered|relayed|expanded)$/

/** Reads the fields of a delivery-status part: one report for each recipient. Shape: addresses in it are not kept. Source: RFC 3464. */
export function readReports(text: string): DeliveryReport[] {
  return text
    .replaceAll('\r\n', '\n')
    .split(/\n[ \t]*\n/)
    .flatMap((block) => {
      const fields = fieldsOf(block)
      const action = fields.get('action')?.trim().toLowerCase() ?? ''
      const status = /^\s*([245]\.\d{1,3}\.\d{1,3})/.exec(fields.get('status') ?? '')?.[1]
      return fields.has('final-recipient') && status && ACTIONS.test(action) ? [{ action, status }] : []
    })
}

/** The fields of a block of headers, folded lines joined; the first of a name counts. */
export function fieldsOf(block: string): Map<string, string> {
  const fields = new Map<string, string>()
  for (const line of block
    .replaceAll('\r\n', '\n')
    .replace(/\n[ \t]+/g, ' ')
    .split('\n')) {
    const [, name, value] = /^([!-9;-~]{1,76}):(.*)$/.exec(line) ?? []
    if (name && value !== undefined && !fields.has(name.toLowerCase())) fields.set(name.toLowerCase(), value.trim())
  }
  return fields
}

/** A file that came with a mail. Shape: `type` is what its bytes say, never what the sender said. */
export type InboundFile = { readonly name: string; readonly type: string; readonly bytes: Uint8Array }

/** What a mail server says about one recipient of a mail of ours. Source: RFC 3464; `status` as in RFC 3463. */
export type DeliveryReport = { readonly action: string; readonly status: string }

/**
 * What sort of mail arrived. Only a bounce that speaks the standard's language is one; `because` names the rule that made a
 * mail automatic. Source: RFC 3834, RFC 3464.
 */
export type InboundSort =
  | { readonly sort: 'person' }
  | { readonly sort: 'automatic'; readonly because: string }
  | { readonly sort: 'bounce'; readonly messageId: string | undefined; readonly reports: readonly DeliveryReport[] }

/**
 * A mail as a room is given it. Nothing of the way that it took is here: no Received line, no address of a machine.
 * Shape: `text` is plain, HTML already turned into text; card numbers are cut out of subject, text and files already, `cards` says how many;
 * `leftOut` counts files that were too many, too big, or a PDF with a card number; `fingerprint` is SHA-256 over what the sender wrote.
 */
export type InboundMail = {
  readonly from: string | undefined
  readonly fromName: string | undefined
  readonly subject: string
  readonly text: string
  readonly sentAt: Date | undefined
  readonly messageId: string | undefined
  /** The Message-IDs that it answers, the nearest first. */
  readonly answers: readonly string[]
  readonly files: readonly InboundFile[]
  readonly cards: number
  readonly leftOut: number
  readonly sort: InboundSort
  readonly fingerprint: Uint8Array
}

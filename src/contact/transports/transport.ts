import type { Tx } from '../../db/index.ts'
import type { RetentionClass } from '../../policy/index.ts'
import type { Released } from '../../partners/index.ts'

/** All that leaves with a mail: the address as a field, and mail reference, subject and text as values. */
export type ReleasedMail = Released<'mailHost', 'email'>

/**
 * The names of the values that go to the mail host. Its row in the register must name each. Shape: `stopLink` an address that stops
 * these mails by one POST; `answers` and `thread` Message-IDs without angle brackets, the thread's separated by spaces.
 */
export type MailValues = {
  readonly mailId: string
  readonly subject: string
  readonly text: string
  readonly stopLink?: string
  readonly answers?: string
  readonly thread?: string
}

/** What a transport that delivers into this program itself writes, in the transaction that ends the mail's ledger row. */
export type Keep = {
  readonly class: RetentionClass
  readonly write: <T>(tx: Tx<T>) => Promise<void>
  /** Forgets the key, whether it was used or not. */
  readonly wipe: () => void
}

/** A delivery that was taken. */
export type Accepted = { readonly outcome: 'accepted'; readonly keep?: Keep }

/**
 * How a delivery went; `unsure` when the mail host may have taken it and its answer was lost.
 * Shape: `because` is a word of the program's own, never what a server said; `status` is the host's own number, such as `5.1.1`.
 */
export type Delivery =
  | Accepted
  | { readonly outcome: 'refused'; readonly because: string; readonly status?: string }
  | { readonly outcome: 'later' | 'unsure'; readonly because: string }

/** How a mail is written: `byProgram` when no member of staff wrote it. */
export type Manner = { readonly byProgram?: boolean | undefined }

/** Takes mails away. Shape: `host` is the host it connects to, as it stands in the partner register. */
export type Transport<About = Manner> = {
  readonly host: string
  readonly deliver: (mail: ReleasedMail, about: About) => Promise<Delivery>
  readonly close: () => Promise<void>
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/

/** Whether a host is this machine, the only one that may be spoken to without TLS. */
export function isThisMachine(host: string): boolean {
  return LOOPBACK.test(host)
}

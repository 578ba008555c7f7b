import type { Tx } from '../../db/index.ts'
import type { RetentionClass } from '../../policy/index.ts'
import type { Released } from '../../partners/index.ts'

/** All that leaves with a mail: the address as a field, and mail reference, subject and text as values. */
export type ReleasedMail = Released<'mailHost', 'email'>

/** The names of the values that go to the mail host. Its row in the register must name each. */
export type MailValues = { readonly mailId: string; readonly subject: string; readonly text: string }

/** What a transport that delivers into this program itself writes, in the transaction that ends the mail's ledger row. */
export type Keep = {
  readonly class: RetentionClass
  readonly write: <T>(tx: Tx<T>) => Promise<void>
  /** Forgets the key, whether it was used or not. */
  readonly wipe: () => void
}

/** A delivery that was taken. */
export type Accepted = { readonly outcome: 'accepted'; readonly keep?: Keep }

/** How a delivery went. Shape: `because` is a word of the program's own, never what a server said. */
export type Delivery =
  | Accepted
  | { readonly outcome: 'refused'; readonly because: string }
  | { readonly outcome: 'later'; readonly because: string }

/** Takes mails away. Shape: `host` is the host it connects to, as it stands in the partner register. */
export type Transport<About = unknown> = {
  readonly host: string
  readonly deliver: (mail: ReleasedMail, about: About) => Promise<Delivery>
  readonly close: () => Promise<void>
}

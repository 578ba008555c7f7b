/** A mail that lies in the mailbox. Shape: `uid` counts up within one `validity`. Source: RFC 9051 section 2.3.1. */
export type Lying = { readonly uid: number; readonly bytes: number }

/** A mailbox that is open for one visit. */
export type OpenMailbox = {
  /** The number under which its uids mean the same; another one means that they were given anew. */
  readonly validity: string
  /** What lies there from a uid on, in ascending order. */
  readonly list: (from: number) => Promise<Lying[]>
  /** The bytes of one mail; none when it is gone meanwhile. */
  readonly fetch: (uid: number) => Promise<Uint8Array | undefined>
  /** Leaves a mail that was dealt with, moves it or deletes it, as the vendor wants it. */
  readonly settle: (uids: readonly number[]) => Promise<void>
}

/** Where mails come in. Shape: `leaves` says that mails stay there. */
export type Mailbox = {
  readonly leaves: boolean
  readonly visit: <R>(use: (box: OpenMailbox) => Promise<R>) => Promise<R>
}

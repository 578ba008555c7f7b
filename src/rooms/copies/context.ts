import type { Context } from 'hono'
import type { RegisterContext } from '../../core/licences/index.ts'
import type { Database } from '../../db/index.ts'
import type { Now } from '../../lib/index.ts'
import type { Policy } from '../../policy/index.ts'
import type { DeskFrame, Web, WebTables } from '../../web/index.ts'

/** What the pages about owned copies use. */
export type CopiesContext = {
  readonly links: Database<WebTables>
  readonly web: Web
  readonly desk: DeskFrame
  readonly now: Now
  readonly policy: Policy
  readonly licences: RegisterContext
  /** Counts link mails by address, so that nobody can flood a mailbox. Shape: true when one more may be sent. */
  readonly mayMail: (email: string) => boolean
  /** Counts what one sender tries, so that keys cannot be guessed. Shape: true when one more may be tried. */
  readonly mayTry: (group: 'registering' | 'licenceCheck', c: Context) => boolean
}

import type { Database, JobTables } from '../db/index.ts'
import type { Log, Now } from '../lib/index.ts'
import type { Field, Purpose, RetentionClass } from '../policy/index.ts'
import type { Partners, ShutReason } from '../partners/index.ts'
import type { PersonId, Ref, Vault } from '../vault/index.ts'
import type { ContactTables } from './tables.ts'
import type { Manner, Transport } from './transports/transport.ts'

/** A mail as its composer is told of it: ids only. */
export type MailToCompose = {
  readonly mailId: string
  readonly person: PersonId
  readonly purpose: Purpose
  readonly for: Ref
}

/**
 * A finished mail, or why there is none. Shape: plain text, wrapped later; `carries` names the personal fields that the
 * text holds (a licence key), so that the log of what was passed on says so. `because` is a word; `later` is given up in the end; what is on `hold` waits until its room goes on.
 */
export type Composed =
  | {
      readonly subject: string
      readonly text: string
      readonly carries?: readonly Field[]
      /** An address of ours that stops these mails by one POST. Source: RFC 8058. */
      readonly stopLink?: string
      /** The Message-ID that this mail answers, and those of the whole thread. Shape: without angle brackets. */
      readonly answers?: string
      readonly thread?: readonly string[]
      /** Set when a member of staff wrote it, so that it is not marked as a program's. */
      readonly byStaff?: true
    }
  | { readonly outcome: 'drop' | 'later' | 'hold'; readonly because: string }

/** Makes subject and text of one kind of mail, at hand-over. It may run more than once for a mail. */
export type Composer = (mail: MailToCompose) => Promise<Composed>

/** What a transport may know of a mail beside what was released. */
export type AboutMail = MailToCompose & Manner & { readonly addressClass: RetentionClass | undefined }

/** Something a member of staff should see: a gate that is shut, or a mail that will not arrive. Shape: words and ids. */
export type MailTrouble =
  | {
      readonly kind: 'partner-shut'
      readonly mailId: string
      readonly for: Ref
      readonly recipient: string
      readonly because: ShutReason
    }
  | { readonly kind: 'mail-not-sent'; readonly mailId: string; readonly for: Ref; readonly because: string }

/** What the second door is built from. Shape: `messageHost` is the part after @ of a Message-ID; `messageKey` 32 bytes. */
export type ContactContext = {
  readonly db: Database<ContactTables & JobTables>
  readonly vault: Pick<
    Vault,
    'may' | 'held' | 'alike' | 'stopMarks' | 'stopMarkOf' | 'openSealer' | 'add' | 'openBoxes'
  >
  readonly partners: Pick<Partners, 'disclose'>
  readonly transport: Transport<AboutMail>
  readonly composers: Readonly<Record<string, Composer>>
  readonly messageKey: Uint8Array
  readonly messageHost: string
  readonly now: Now
  readonly log: Log
  /** Tells staff. It is called at every try, so it must make one task for one trouble. */
  readonly tellStaff?: (trouble: MailTrouble) => Promise<void>
}

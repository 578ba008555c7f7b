import type { Hono } from 'hono'
import type { Composer, Contact, MailKind } from '../contact/index.ts'
import type { JobHandler } from '../db/index.ts'
import type { EvidenceId, Finding } from '../policy/index.ts'
import type { AlsoHeld } from '../rooms/privacy/index.ts'
import type { PersonId } from '../vault/index.ts'
import type { DeskFrame, RailItem, SeenVisit, PublicPage } from '../web/index.ts'
import type { Core } from './settings.ts'

/** What a room that reaches people, or has a page for staff, is built from. */
export type Joined = Core & { readonly contact: Contact; readonly desk: DeskFrame }

/**
 * What one room brings to the program. Shape: `inbound` are paths that prove themselves otherwise (see the shell); `files` are paths to which staff may send files;
 * `seen` is told of every answer; `hourly` is done at start and every hour; `stop` before the program ends.
 */
export type Part = {
  readonly routes?: Hono
  /** Its public pages, for the foot of every page or the main navigation. */
  readonly pages?: readonly PublicPage[]
  readonly rail?: () => Promise<RailItem>
  readonly composers?: Readonly<Partial<Record<MailKind, Composer>>>
  readonly handlers?: Readonly<Record<string, JobHandler>>
  readonly probes?: Readonly<Partial<Record<EvidenceId, () => Promise<Finding>>>>
  /** What it keeps with a person beside the values, for the person’s own page. */
  readonly held?: (person: PersonId) => Promise<AlsoHeld>
  readonly inbound?: readonly string[]
  readonly files?: readonly string[]
  readonly seen?: (visit: SeenVisit) => void
  /** Looks for what came in from outside; done every minute. */
  readonly poll?: () => Promise<number>
  readonly hourly?: () => Promise<void>
  readonly stop?: () => Promise<void>
}

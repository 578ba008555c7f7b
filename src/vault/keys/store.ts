import type { Id } from '../../lib/index.ts'
import type { RetentionClass } from '../../policy/index.ts'
import type { NoticeKeys } from './noticeKeys.ts'

/** An opaque number for a person; rooms hold this and nothing personal. */
export type PersonId = Id<'person'>

/** The kinds of value by which a person can be found. */
export type BlindField = 'email' | 'telephone' | 'orderNumber'

/** The ways on which a person can say no for good. Their marks lie beside the look-up entries and die with them. */
export type StopField = 'stopMail' | 'stopPost' | 'stopTelephone'

/** What a person is found by: a keyed hash, never the value. Shape: 32 bytes. */
export type BlindEntry = { readonly field: BlindField | StopField; readonly mac: Uint8Array }

/** The program's own secrets, each for one use. */
export type SecretName =
  | 'blindEmail'
  | 'blindTelephone'
  | 'blindOrderNumber'
  | 'link'
  | 'cart'
  | 'action'
  | 'licence'
  | 'mailId'
  | 'stop'
  | 'survey'
  | 'message'
  | 'import'

declare const committed: unique symbol

/** Proof that a look stands in the log and cannot be taken back; only `vault/looks/logged.ts` makes one. */
export type CommittedLog = { readonly logId: Id<'log'>; readonly [committed]: true }

/** One erasure as the ledger keeps it: opaque ids and words. */
export type Erasure = {
  readonly id: string
  readonly person: PersonId
  readonly classes: readonly RetentionClass[]
  readonly role: 'owner' | 'desk' | 'person' | 'program'
  readonly actor: string
  /** Why: the person asked, which is what an older line without it means; or a clock ran out. */
  readonly because?: 'asked' | 'clock'
}

/**
 * Where keys live: outside the database and its copies, since a deleted row stays readable in a database's files.
 * Every promise resolves when the change is on the disk. Source: architecture, vault.
 */
export type KeyStore = {
  /** Makes one key for each class and the look-up entries of a person. Shape: keys of 32 bytes. */
  readonly create: (
    person: PersonId,
    classes: readonly RetentionClass[],
    blind: readonly BlindEntry[],
  ) => Promise<ReadonlyMap<RetentionClass, Buffer>>
  /** The keys that still exist. The caller wipes them after use; the store keeps none in memory. */
  readonly get: (
    log: CommittedLog,
    person: PersonId,
    classes: readonly RetentionClass[],
  ) => Promise<ReadonlyMap<RetentionClass, Buffer>>
  /** Overwrites keys, and the look-up entries when asked. From then on nobody can read what they opened. */
  readonly destroy: (person: PersonId, classes: readonly RetentionClass[], blind: boolean) => Promise<void>
  /** Takes new look-up entries in the place of a person's old ones of the kinds named. */
  readonly reindex: (
    person: PersonId,
    entries: readonly BlindEntry[],
    kinds: readonly BlindEntry['field'][],
  ) => Promise<void>
  /** A person's own entries of one kind. */
  readonly entries: (person: PersonId, field: BlindEntry['field']) => readonly BlindEntry[]
  readonly find: (entry: BlindEntry) => readonly PersonId[]
  /** The persons that share an entry of one field with a person, that one among them. */
  readonly alike: (person: PersonId, field: BlindField) => readonly PersonId[]
  /** Persons whose keys were made before an instant. */
  readonly madeBefore: (at: Date) => readonly PersonId[]
  /**
   * The key of one day, for marks that nobody shall be able to link to those of another day. Asking for a later day destroys
   * the key of the one before. Shape: `day` as `YYYY-MM-DD`; 32 bytes, undefined for a day that is over.
   */
  readonly dayKey: (day: string) => Uint8Array | undefined
  /** Resolves when the newest day's key is on the disk and the one before is overwritten. */
  readonly dayKept: () => Promise<void>
  /** Shape: 32 bytes, the same for as long as the store lives. */
  readonly secret: (name: SecretName) => Uint8Array
  /** The keys to which a processor seals what it tells. */
  readonly noticeKeys: NoticeKeys
  readonly beginErasure: (erasure: Erasure) => Promise<void>
  readonly endErasure: (id: string) => Promise<void>
  /** Erasures that began and did not end, oldest first. */
  readonly openErasures: () => readonly Erasure[]
  readonly close: () => Promise<void>
}

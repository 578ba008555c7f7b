import type { NoCardData } from './noCards.ts'

/** A sentence people read, in each language the program speaks. Another language is one more key here. */
export type Text = { readonly en: string }

/** The groups that fields are sealed with. */
export type Part = 'identity' | 'contact' | 'address' | 'preferences' | 'network' | 'licence' | 'message'

/** How long a group of values lives; each person has one key for each class. */
export type RetentionClass = 'contract' | 'relation' | 'tax' | 'case' | 'answer'

/** Every class, in the order in which the key store numbers them: a new one is put at the end. */
export const retentionClasses = [
  'contract',
  'relation',
  'tax',
  'case',
  'answer',
] as const satisfies readonly RetentionClass[]

/** The ground in law. Source: GDPR article 6(1) a, b, c, f. */
export type LegalBasis = 'contract' | 'consent' | 'interest' | 'duty'

/** What starts a clock. */
export type ClockEvent =
  'asked' | 'closed' | 'placed' | 'delivered' | 'left' | 'no' | 'yearEnd' | 'visited' | 'signedIn'

/** When something goes. Shape: `period` in ISO 8601, counted from the event. */
export type Clock = { readonly from: ClockEvent; readonly period: string }

/** A kind of personal datum. Shape: `autocomplete` is the token of the HTML standard; `made` comes from the program, never from a form. */
export type FieldSource = {
  readonly label: Text
  readonly part: Part
  readonly input: 'text' | 'email' | 'tel' | 'select' | 'textarea' | 'made'
  readonly autocomplete: string
  readonly maxLength: number
}

/** Kinds of personal data by name; that of a card is none, and does not compile. */
export type FieldSources = Readonly<Record<string, FieldSource>> & NoCardData

/**
 * How one purpose uses one field. `fixed` fields cannot be made optional; `declining` says what will not work without it;
 * `alone` is asked when the purpose stands by itself, not beside those that it takes from.
 */
export type FieldUse = {
  readonly need: 'required' | 'optional'
  readonly fixed?: true
  readonly alone?: true
  readonly why: Text
  readonly declining?: Text
}

/** Who opens what is held for a purpose. */
export type Opener = 'owner' | 'desk' | 'person' | 'program'

/**
 * What data is held for, on which ground, how long, and who may see it.
 * Shape: `takesFrom` asks nothing beside those purposes and keeps what they had to ask; `alsoOpens` are fields that lie in another class; `clockStands` is a clock that code keeps, not this table;
 * `shortest` is the least that the program needs; `lasts` begins the sentence on time where *this is kept* would not be true;
 * what is typed for a purpose with `typedIsDropped` is used and never stored.
 */
export type PurposeSource<F extends string = string> = {
  readonly title: Text
  readonly sentence: Text
  readonly basis: LegalBasis
  readonly class: RetentionClass
  readonly clock: Clock
  readonly clockStands?: true
  readonly shortest?: string
  readonly lasts?: Text
  readonly typedIsDropped?: true
  readonly takesFrom?: readonly string[]
  readonly alsoOpens?: { readonly class: RetentionClass; readonly fields: readonly F[] }
  readonly fields: { readonly [K in F]?: FieldUse }
  readonly intake: readonly Text[]
  /** The recipients that the program itself needs for this; a vendor's register must have them. */
  readonly recipients: readonly string[]
  readonly openers: readonly Opener[]
  readonly built: boolean
  readonly canBeOff: boolean
}

/** A statement about a company, with where it comes from and when it was seen. */
export type Statement = { readonly text: Text; readonly source: string; readonly on: string }

/** Who may be given data: the row of the partner register. `values` names the non-personal values that may go along. */
export type Recipient = {
  readonly id: string
  readonly name: string
  readonly kind: 'card processor' | 'mail host' | 'carrier'
  readonly country: string
  readonly contact: string
  readonly host: string
  readonly purposes: readonly string[]
  readonly fields: readonly string[]
  readonly values: readonly string[]
  readonly onInstructions: boolean
  readonly statements: readonly Statement[]
  readonly commitment: CommitmentSource
}

/** The document in which a partner promises to protect data. Shape: `hash` is SHA-256 in hex; ends by date or by period from the first start. */
export type CommitmentSource = {
  readonly document: string
  readonly hash: string
  readonly until?: string
  readonly periodFromFirstStart?: string
}

/**
 * A cookie that may be set. What is not in the register cannot be. Shape: `of` is the purpose with which it goes when a vendor switches that off;
 * `sameSite` is strict where nothing is said, and lax where the browser must also show it when it comes by a link of another site.
 */
export type RegisteredCookie = {
  readonly name: string
  readonly of?: string
  readonly sameSite?: 'Lax'
  readonly whatFor: Text
  readonly lifetime: Text
  readonly seconds: number
  readonly path: string
}

/** The shape of the shipped policy. */
export type PolicySource<F extends string = string> = {
  readonly fields: Readonly<Record<F, FieldSource>>
  readonly processorOnly: readonly { readonly label: Text; readonly why: Text }[]
  readonly purposes: Readonly<Record<string, PurposeSource<F>>>
  readonly cookies: readonly RegisteredCookie[]
}

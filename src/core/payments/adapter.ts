import type { Released } from '../../partners/index.ts'
import type { Fact, Quote } from '../orders/index.ts'

/** What a processor is, as the notice and the register say it. */
export type ProcessorFacts = {
  readonly id: string
  readonly legalName: string
  readonly role: 'payment processor' | 'merchant of record'
  readonly status: 'live' | 'closed'
  /** What its channel to us gives. */
  readonly channel: 'sealed to us' | 'signed' | 'TLS only'
  readonly cardExposure: 'none'
  readonly goods: readonly ('download' | 'box')[]
  readonly fidelity: 'official documentation' | 'recovered' | 'names chosen by this project'
}

/** A message as it came in. Shape: the bytes exactly as received; header names in lower case. */
export type Inbound = { readonly body: Uint8Array; readonly headers: Readonly<Record<string, string | undefined>> }

/** What a verified message says of one order, without anything personal. */
export type PaymentEvent = { readonly orderRef: string; readonly fact: Fact }

/** What may go to a processor: released for it, and with no field of the person, who types those at its own page. */
export type ToProcessor = Released<'processor', never>

/** A hosted page that was opened for one try to pay. */
export type Started = { readonly url: string; readonly ref: string; readonly expiresAt: Date }

/** Why a message is refused. */
export type Rejection = 'no signature' | 'signed twice' | 'bad time' | 'wrong signature' | 'not understood'

/**
 * One card processor. `verify` and `parse` are pure. Only what the partners' gate released goes out.
 * Errors: the calls that use the network throw when the processor does not answer or refuses.
 */
export type Adapter = {
  readonly facts: ProcessorFacts
  readonly canSell: (quote: Quote) => boolean
  readonly startCheckout: (released: ToProcessor, idempotencyKey: string) => Promise<Started>
  /** Ends a hosted page; one whose payment failed has ended. Answers `paid` or `pending` when it was used and cannot be ended. */
  readonly expire: (ref: string) => Promise<'expired' | 'paid' | 'pending'>
  readonly verify: (
    message: Inbound,
    now: Date,
  ) => { readonly ok: true; readonly text: string } | { readonly ok: false; readonly because: Rejection }
  readonly parse: (text: string) => readonly PaymentEvent[]
  /** The truth by asking. */
  readonly fetchState: (ref: string) => Promise<readonly PaymentEvent[]>
  readonly refund: (released: ToProcessor, idempotencyKey: string) => Promise<readonly PaymentEvent[]>
}

import type { Released } from '../../partners/index.ts'
import type { ProcessorFacts, ProcessorId } from '../../policy/index.ts'
import type { Fact, OrderLine, OrderRow } from '../orders/index.ts'

/** One way in for a processor's messages. Shape: `path` is below `/in/<processor>/` and may hold `:secret`; `most` in bytes. */
export type Endpoint = {
  readonly name: string
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly most: number
}

/** A message as it came in. Shape: `body` the bytes exactly as received, of a GET those of its query; header names in lower case. */
export type Inbound = {
  readonly endpoint: string
  readonly body: Uint8Array
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly secret?: string
}

/** What an unsigned message says of one line of an order, to be compared with the order. Shape: `product` is an offer's id. */
export type Claim = { readonly offerId: string; readonly quantity: number; readonly amountMinor: number }

/**
 * What a verified message says, without anything personal. Shape: a `claim` must fit the order before its fact counts; a `key` is wanted in the answer; without a fact nothing changes;
 * `askAbout` is a payment or page that something happened to, of which only asking tells more; with `paymentRef` the payment is named and not its order;
 * `unclear` is for staff: the processor's own number of what the message is about.
 */
export type PaymentEvent =
  | { readonly orderRef: string; readonly fact?: Fact; readonly claim?: Claim; readonly wantsKey?: true }
  | { readonly paymentRef: string; readonly fact: Fact }
  | { readonly askAbout: string }
  | { readonly unclear: string }
  | { readonly payout: Payout }

/** Money on its way to the vendor. Shape: amount in minor units; `holds` what it is made of, where its processor tells that. */
export type Payout = {
  readonly id: string
  readonly state: 'expected' | 'paid' | 'failed'
  readonly amountMinor: number
  readonly currency: string
  readonly at: Date
  readonly holds?: Holds
}

/** One payment in a payout. Shape: `ref` is the processor's name of it; the amount in minor units of what was charged, which need not be what is paid out. */
export type HeldPayment = {
  readonly orderRef: string
  readonly ref: string
  readonly amountMinor: number
  readonly currency: string
}

/** What a payout is made of, by its processor's own book. Shape: `netMinor` is what its lines come to, absent where one is in another currency; `payments` are those that name an order of ours. */
export type Holds = { readonly netMinor?: number; readonly payments: readonly HeldPayment[] }

/** What may go to a processor: released for it, and with no field of the person, who types those at its own page. */
export type ToProcessor = Released<ProcessorId, never>

/** An order as its values for a processor are made from it. */
export type ForCheckout = {
  readonly order: OrderRow
  readonly lines: readonly OrderLine[]
  readonly returnUrl: string
}

/** A hosted page that was opened for one try to pay. */
export type Started = { readonly url: string; readonly ref: string; readonly expiresAt: Date }

/** Why a message is refused. */
export type Rejection =
  | 'no signature'
  | 'signed twice'
  | 'bad time'
  | 'wrong signature'
  | 'wrong address'
  | 'other shop'
  | 'not understood'
  | 'card in the open'
  | 'not sealed'
  | 'unknown key'
  | 'not openable'

/** The card part of a sealed notice, which nobody here can open. Shape: `digest` its SHA-256; `kid` names the key that the notice was sealed to. Whoever has it overwrites `bytes`. */
export type Envelope = { readonly bytes: Buffer; readonly digest: Buffer; readonly kid: string }

/** Whether a message is the processor's own. Shape: `text` is what it says, and may be kept. */
export type Verified =
  | { readonly ok: true; readonly text: string; readonly envelope?: Envelope | undefined }
  | { readonly ok: false; readonly because: Rejection }

/** How a message was dealt with, for the processor's answer. Shape: `keys` are there when one was wanted and may be given. */
export type Handled =
  | { readonly outcome: 'recorded'; readonly keys: readonly string[] }
  | { readonly outcome: 'refused'; readonly because: Rejection }

/** An answer in the processor's own manner. */
export type Reply = { readonly status: 200 | 400 | 401; readonly text: string; readonly type?: string }

/** What a processor's page is asked to do about a cart. Shape: `country` as in ISO 3166. */
export type ForSale = {
  readonly goods: readonly ('download' | 'box')[]
  readonly totalMinor: number
  readonly currency: string
}

/**
 * One card processor. `verify`, `parse` and `reply` are pure. Only what the partners' gate released goes out.
 * Shape: `page` is the origin of its hosted page; `sells` is false where nobody can buy there; what a processor's protocol does not have is absent.
 * Errors: the calls that use the network throw when the processor does not answer or refuses.
 */
export type Adapter = {
  readonly facts: ProcessorFacts
  readonly page?: string
  readonly host?: string
  readonly sells: boolean
  readonly canSell: (sale: ForSale) => true | { readonly reason: 'nothing to pay' | 'goods' | 'currency' }
  /** The values that go along when an order is taken there. */
  readonly valuesFor: (order: ForCheckout) => Readonly<Record<string, string | number>>
  /**
   * Opens its page. Where it is absent nothing goes out: the page of the order says how to pay. Shape: `noted` is the page
   * that is known for this try, for a processor that knows no idempotency key.
   */
  readonly startCheckout?: (released: ToProcessor, idempotencyKey: string, noted?: string) => Promise<Started>
  /** Ends a hosted page; one whose payment failed has ended. Answers `paid` or `pending` when it was used and cannot be ended. */
  readonly expire: (ref: string) => Promise<'expired' | 'paid' | 'pending'>
  readonly endpoints: readonly Endpoint[]
  /** What its processor reads here. Shape: JSON at a path below `/in/<processor>`. */
  readonly published?: { readonly path: string; readonly read: () => string }
  readonly verify: (message: Inbound, now: Date) => Verified | Promise<Verified>
  readonly parse: (text: string, endpoint: string) => readonly PaymentEvent[]
  readonly reply: (endpoint: string, handled: Handled) => Reply
  /** The truth by asking. Shape: `ref` is a hosted page, or what `askAbout` named. */
  readonly fetchState: (ref: string) => Promise<readonly PaymentEvent[]>
  /** Pays back by itself; where it is absent, staff do it by hand. */
  readonly refund?: (released: ToProcessor, idempotencyKey: string) => Promise<readonly PaymentEvent[]>
  /** All that happened since a moment, for messages that never came. */
  readonly eventsSince?: (since: Date) => AsyncIterable<PaymentEvent>
}

/** A test that shows a case. Shape: `file` from the root of the tree; `test` the whole title as it stands there. */
export type Shown = { readonly file: string; readonly test: string }

/** What can go wrong with money, by a fixed number. Shape: `notKnown` says what of it nobody here can show, because it is not known or not sold. */
export type Case = {
  readonly number: number
  readonly says: string
  readonly shownBy: readonly Shown[]
  readonly notKnown?: string
}

/** So many tests of one file. */
export const by = (file: string, ...titles: readonly string[]): Shown[] => titles.map((test) => ({ file, test }))

/** Tests of the signature that has a time. */
export const timed = (...titles: string[]): Shown[] => by('src/core/payments/timedSignature.test.ts', ...titles)
/** Tests of what Stripe says. */
export const stripe = (...titles: string[]): Shown[] => by('src/core/payments/stripe/stripe.test.ts', ...titles)
/** Tests of what Paddle says. */
export const paddle = (...titles: string[]): Shown[] => by('src/core/payments/paddle/paddle.test.ts', ...titles)
/** Tests of a shop that sells at Paddle. */
export const atPaddle = (...titles: string[]): Shown[] => by('test/orders/paddle.db.test.ts', ...titles)
/** Tests of what SWREG says. */
export const swreg = (...titles: string[]): Shown[] => by('src/core/payments/swreg/swreg.test.ts', ...titles)
/** Tests of a shop that plays SWREG. */
export const atSwreg = (...titles: string[]): Shown[] => by('test/promises/swreg.db.test.ts', ...titles)
/** Tests of a shop that plays RegNow. */
export const atRegnow = (...titles: string[]): Shown[] => by('test/promises/regnow.db.test.ts', ...titles)
/** Tests of a shop with sealed notices. */
export const atSealed = (...titles: string[]): Shown[] => by('test/orders/sealed.db.test.ts', ...titles)
/** Tests of what is read from an address. */
export const pairs = (...titles: string[]): Shown[] => by('src/core/payments/inbound/pairs.test.ts', ...titles)
/** Tests of messages that come in. */
export const inbound = (...titles: string[]): Shown[] => by('src/core/payments/inbound/inbound.db.test.ts', ...titles)
/** Tests of messages in a storm. */
export const storm = (...titles: string[]): Shown[] => by('test/storm/webhooks.db.test.ts', ...titles)
/** Tests of what a refund does. */
export const rules = (...titles: string[]): Shown[] => by('src/core/orders/fold/rules.test.ts', ...titles)
/** Tests of what an order comes to. */
export const fold = (...titles: string[]): Shown[] => by('src/core/orders/fold/fold.test.ts', ...titles)
/** Tests of refunds by staff. */
export const refunds = (...titles: string[]): Shown[] => by('test/orders/refunds.db.test.ts', ...titles)
/** Tests of rights and payouts. */
export const rights = (...titles: string[]): Shown[] => by('test/orders/rights.db.test.ts', ...titles)
/** Tests of card numbers in forms. */
export const cardForms = (...titles: string[]): Shown[] => by('test/attack/cardForms.db.test.ts', ...titles)
/** Tests of a program that is killed. */
export const crash = (...titles: string[]): Shown[] => by('test/crash/crash.test.ts', ...titles)

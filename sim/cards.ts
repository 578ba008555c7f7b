const stories = ['approve', 'decline', 'pending', 'pendingFails', 'closedTab', 'paidTwice', 'backFirst'] as const

/** What becomes of a payment. */
export type CardStory = (typeof stories)[number]

/** The story of that name. */
export function storyOf(name: string): CardStory | undefined {
  return stories.find((story) => story === name)
}

/** Why a bank says no, in words that people read. */
export const declines = {
  declined: 'The bank declined this card.',
  funds: 'The bank says that there is not enough money.',
  expired: 'The bank says that this card has expired.',
  code: 'The bank says that the security code is wrong.',
  stolen: 'The bank says that this card was stolen.',
  unconfirmed: 'The payment was not confirmed at the bank.',
} as const

/** The name of a reason. */
export type Decline = keyof typeof declines

/** A test card. Shape: with `confirm` the bank asks first. */
export type TestCard = {
  readonly story: CardStory
  readonly says: string
  readonly reason?: Decline
  readonly confirm?: true
}

/** The simulator's own cards. Real card numbers are refused. */
export const cards: Readonly<Record<string, TestCard>> = {
  '4242424242424242': { story: 'approve', says: 'is approved' },
  '4000002760003184': { story: 'approve', confirm: true, says: 'is approved when you confirm at the bank' },
  '4000000000000002': { story: 'decline', says: 'is declined' },
  '4000000000005126': { story: 'decline', reason: 'funds', says: 'is declined: not enough money' },
  '4000000000000069': { story: 'decline', reason: 'expired', says: 'is declined: expired' },
  '4000000000000101': { story: 'closedTab', says: 'pays, but the customer closes the tab and never comes back' },
  '4000000000000119': { story: 'paidTwice', says: 'pays twice' },
  '4000000000000127': { story: 'backFirst', says: 'comes back to the shop before the shop is told' },
  '4000000000004954': { story: 'decline', reason: 'code', says: 'is declined: wrong security code' },
  '4000000000009979': { story: 'decline', reason: 'stolen', says: 'is declined: stolen' },
  '4000002500003155': { story: 'pending', says: 'is pending, then succeeds after a few seconds' },
  '4000000000009995': { story: 'pendingFails', says: 'is pending, then fails after a few seconds' },
}

/** The card of a typed number; undefined for any number that is not the simulator's. */
export function cardOf(typed: string): TestCard | undefined {
  return cards[typed.replace(/[\s-]/g, '')]
}

/** What a test card does. */
export type CardStory = 'approve' | 'decline' | 'pending' | 'pendingFails' | 'closedTab' | 'paidTwice' | 'backFirst'

/** The simulator's own cards, by their last four digits. Real card numbers are refused. */
export const cards: Readonly<Record<string, { readonly story: CardStory; readonly says: string }>> = {
  '4242424242424242': { story: 'approve', says: 'is approved' },
  '4000000000000002': { story: 'decline', says: 'is declined' },
  '4000002500003155': { story: 'pending', says: 'is pending, then succeeds after a few seconds' },
  '4000000000009995': { story: 'pendingFails', says: 'is pending, then fails after a few seconds' },
  '4000000000000101': { story: 'closedTab', says: 'pays, but the customer closes the tab and never comes back' },
  '4000000000000119': { story: 'paidTwice', says: 'pays twice' },
  '4000000000000127': { story: 'backFirst', says: 'comes back to the shop before the shop is told' },
}

/** The story of a typed number; undefined for any number that is not the simulator's. */
export function storyOf(typed: string): CardStory | undefined {
  return cards[typed.replace(/[\s-]/g, '')]?.story
}

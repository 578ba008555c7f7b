/** What the pages say of processors, in one language. */
export const en = {
  notSetUp: 'This shop is not set up with it.',
  played: 'This example plays it with a simulator.',
  notOffered: 'This shop does not offer it, and only hears what it still has to tell.',
  silent: 'It has told us nothing yet, so there was nothing to check.',
  heard: (day: string) => `It was last heard on ${day}.`,
  fits: 'Every payment that counted fits a line of its order.',
  misfit: 'A payment was counted that fits no line of its order.',
  channel: {
    'sealed to us': (name: string, last: string) => `What ${name} tells us is sealed for us and signed${last}.`,
    signed: (name: string, last: string) => `What ${name} tells us is signed${last}.`,
    'TLS only': (name: string, last: string) =>
      `What ${name} tells us is not signed, so it is compared with the order and marked “not signed”${last}.`,
    none: (name: string) => `${name}: no company tells us anything.`,
  },
  last: (day: string) => `; last on ${day}`,
  unproven: (name: string) => `A message without a signature was taken as ${name}’s own.`,
  unreceipted:
    'An order was found that is over and has no receipt for its sealed card part, or one that is held too long.',
  receipted: 'Every sealed card part that came has the receipt of its end, or its order is not over.',
  noCardPart: 'No sealed card part has come yet.',
  noneProcessor: 'No processor is set up.',
} as const

/** What the pages say of processors that are closed, in one language. */
export const en = {
  notSetUp: 'This shop is not set up with it.',
  played: 'This example plays it with a simulator.',
  notOffered: 'This shop does not offer it, and only hears what it still has to tell.',
  silent: 'It has told us nothing yet, so there was nothing to check.',
  heard: (day: string) => `It was last heard on ${day}.`,
  fits: 'Every payment that counted fits a line of its order.',
  misfit: 'A payment was counted that fits no line of its order.',
} as const

/** What the room says beside its pages, in English. */
export const en = {
  rail: 'Campaigns',
  /** The page of promises is for everybody, so no figure on it tells how many readers there are. */
  evidence: ({ afterNo, wordless }: { afterNo: number; wordless: number }) => {
    if (afterNo > 0) return `${afterNo} times in the last thirty days somebody was reached after they had said no.`
    if (wordless > 0) return `${wordless} times it is not written down to which words somebody said yes.`
    return 'Looked at all news of the last thirty days: none went to anybody who had said no by then. Each yes is kept with the words that it was said to.'
  },
} as const

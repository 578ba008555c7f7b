/** What the outbox says, in one language. */
export type OutboxWords = typeof en

/** The outbox in English. */
export const en = {
  title: 'The outbox: mails that were not really sent',
  lede: 'This shop is an example, so its mails end here instead of leaving this computer. A real shop has no such page.',
  none: 'No mail yet. Buy something, or ask for your data, and look again.',
  listLabel: 'Mails, the newest first',
  head: { when: 'When', what: 'What', to: 'To', state: 'State' },
  toHidden: 'address not shown',
  back: 'All mails',
  from: 'From',
  to: 'To',
  sent: 'Sent',
  logged: 'Opening this mail was written to the access log, as every look at an address is.',
  gone: {
    waiting: { title: 'This mail is still waiting', text: 'It has not been handed over yet. Look again in a moment.' },
    'not-sent': { title: 'This mail was not sent', text: 'So there is nothing to show.' },
    erased: {
      title: 'The person this mail was for was erased',
      text: 'The mail was sealed with that person’s key. The key is destroyed, so nobody can read it any more.',
    },
    over: {
      title: 'This mail can no longer be shown',
      text: 'We may keep what it says only for a while, and that time is over.',
    },
  },
} as const

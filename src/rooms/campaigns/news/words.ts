import type { ConsentState } from '../tables.ts'
import type { Channel } from '../../../contact/index.ts'
import type { ConsentSource } from '../tables.ts'

/** The pages of news in English. */
export const en = {
  title: 'News, if you want it',
  lede: 'Upgrades, new products and offers. Nobody gets them who did not ask. Choose how; each is separate, and each ends with one step.',
  off: 'We send no news at the moment.',
  ways: { mail: 'News by e-mail', post: 'News by post', telephone: 'News by telephone' } satisfies Record<
    Channel,
    string
  >,
  wayLede: {
    mail: 'We first send one mail with a link. News begins when you confirm it there, and each mail has a link that stops it.',
    post: 'Our letters are printed in our own house. Each says how to stop them.',
    telephone: 'The first thing we say when we call is why, and that you can say no.',
  } satisfies Record<Channel, string>,
  agree: {
    mail: 'Yes, send me news by e-mail.',
    post: 'Yes, send me news by post.',
    telephone: 'Yes, call me with news.',
  } satisfies Record<Channel, string>,
  tick: 'Please tick this if you want news. Without it we send none and keep nothing of what you typed.',
  button: 'Ask for news',
  choose: 'Other ways',
  sentTitle: 'One more step: look in your mail',
  sent: 'If that address can be written to, a mail with a link is on its way. News begins when you confirm it there. After a week without that, what you typed is destroyed.',
  notedTitle: 'Noted',
  noted:
    'If nobody said no to us under this address or number before, you will get news this way, and one word to us or the page “Your data” stops it. If somebody did, that no still stands and nothing of what you typed was kept.',
  tooOften: 'A mail went to that address a few times already today. Please look in your mail, or come back tomorrow.',

  confirmTitle: 'Do you want our news by e-mail?',
  confirmLede: 'You came by the link in our mail. News begins when you press the button, and not before.',
  confirmButton: 'Yes, send me news',
  confirmedTitle: 'You will get our news',
  confirmed: 'Each mail has a link that stops it at once.',
  overTitle: 'This link no longer works',
  over: 'It was used, its week is over, or a no came since. You can ask for news again at any time.',
  again: 'Ask for news',

  stopTitle: 'Stop our news by e-mail?',
  stopFor: (address: string) =>
    `This stops news to ${address} at once. Receipts and answers to your own questions still come.`,
  stopAny:
    'This stops the news that this link came with, at once. Receipts and answers to your own questions still come.',
  deadTitle: 'This link can stop nothing any more',
  dead: 'We do not know it: it is too old or not whole, or what it was for is gone. If our news still comes, stop it on the page “Your data”, or by the link in a newer mail.',
  deadButton: 'Your data',
  stopButton: 'Stop the news',
  stoppedTitle: 'No more news by e-mail',
  stopped:
    'It is noted and in force now, also for what was already waiting. We keep only a scrambled mark, so that no list brings the address back.',

  confirmSubject: (shop: string) => `Please confirm: news of ${shop}`,
  confirmText: ({ link, words }: { link: string; words: string }) => `Somebody typed this address and ticked:

  ${words}

If it was you, open this link and press the button there:
${link}

If it was not you, do nothing. No news will come, and after a week the address is destroyed.
`,
  sources: { form: 'web form', import: 'list' } satisfies Record<ConsentSource, string>,
  heldTitle: 'News that you said yes to',
  heldLine: (when: string, words: string, state: string) => `On ${when} you said yes to: “${words}” ${state}`,
  heldState: {
    pending: 'You have not confirmed it yet.',
    live: 'It is in force.',
    ended: 'You took it back.',
  } satisfies Record<ConsentState, string>,
} as const

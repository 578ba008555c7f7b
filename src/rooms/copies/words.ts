/** What the pages about owned copies say, in one language. */
export type CopiesWords = typeof en

/** The pages about owned copies in English. */
export const en = {
  registerTitle: 'Register a copy',
  registerLede:
    'For a copy that you bought in a box, from a dealer, or from us long ago. Type its key or serial number; we mail you a link, and you are recorded as its owner when you confirm there.',
  registerHave: 'A copy that you buy in this shop is registered with the order. You need not do it again.',
  noNeed:
    'You need not register. Whatever the law or our promise gives you with a copy, you have without it. Registering lets us find your copy when its key is lost, and nothing else.',
  byLetter:
    'You can also do this by letter: write the key, the product and an e-mail address on any sheet of paper and post it to us.',
  key: 'Key or serial number',
  keyWhy: 'To find your copy. It is on the disc, on the box or in the mail that came with it.',
  mistyped: 'This has the form of a key of ours, but one of its letters is wrong. Please compare it once more.',
  registerButton: 'Mail me the link',
  sentTitle: 'If the key is right, a mail with a link is on its way',
  sent: 'We answer the same for every key and every address, so that nobody can try keys out here. The link works for 7 days. If nothing comes, compare the key and the address, and try again.',
  tooMany: 'A mail was sent to that address a few times already today. Please look there, or come back tomorrow.',

  confirmTitle: 'Is this copy yours?',
  confirm: (product: string) =>
    `You came by the link in our mail. Press the button and we record you as the owner of your copy of ${product}.`,
  confirmButton: 'Yes, it is mine',
  ifNot: 'If it is not yours, close this page. What was typed is destroyed after 7 days.',
  claimedTitle: 'This copy has an owner already',
  claimed:
    'Somebody else confirmed it before you, so nothing was changed. Our staff have been told and will look at it. If you bought the copy from somebody, ask them to give it up on the page “Your copies”; then register it again.',
  closedTitle: 'This link no longer works',
  closed: 'It was used, or its time is over. You can ask again at any time.',
  registerAgain: 'Register a copy',

  copiesTitle: 'Your copies',
  copiesLede:
    'Type your e-mail address and we send a link to the copies that you own here: their keys, and until when they are supported.',
  copiesButton: 'Send me the link',
  copiesSentTitle: 'If you own a copy under that address, a mail is on its way',
  copiesSent:
    'We answer the same for every address, so that nobody can find out here who our customers are. The link works for a day.',
  mineTitle: 'Your copies',
  mineNone: 'You are not recorded as the owner of a copy any more.',
  mineTable: 'Copies that you own',
  head: { product: 'Product', key: 'Key', since: 'Yours since', support: 'Updates and help', act: 'You can' },
  endsWith: (tail: string) => `ends with ${tail}`,
  noKey: 'not held any more',
  noEnd: 'no end is set',
  until: (day: string) => `until ${day}`,
  ended: (day: string) => `ended on ${day}`,
  withdrawn: 'withdrawn; it no longer works',
  heldTitle: 'Copies that you own',
  heldLine: (product: string, tail: string, since: string) => `${product}, key ends with ${tail}, yours since ${since}`,
  showKeys: 'Show my keys',
  keysNote: 'You have opened your keys. That is noted, and you can see it under “Your data”.',
  leaveLink: 'Give it up',
  leaveTitle: 'Give up your copies?',
  leaveLede: (products: string) => `This is about: ${products}.`,
  leaveWhat:
    'You are no longer recorded as the owner. What we hold to know you as the owner is destroyed at once, so we cannot bring back a lost key.',
  leaveStays:
    'The key goes on working. What an order of yours still needs stays until its own time, which “Your data” shows.',
  leaveButton: 'Give them up',
  keep: 'Keep them',
  leftTitle: 'Done',
  left: 'You are not recorded as the owner any more. The key in your hands goes on working.',

  railLabel: 'Copies',
  deskTitle: 'Copies',
  may: 'You see copies and whether they have an owner, never who it is.',
  findTitle: 'Find a copy',
  find: 'Key or serial number',
  findButton: 'Find',
  notFound: 'There is no such copy.',
  found: { product: 'Product', sold: 'Sold', key: 'Key', owner: 'Owner', state: 'State' },
  soldHere: 'in this shop',
  sold: {
    box: 'in a box',
    reseller: 'by a dealer',
    swreg: 'through SWREG',
    regnow: 'through RegNow',
    elsewhere: 'elsewhere',
  },
  hasOwner: (day: string) => `registered since ${day}`,
  noOwner: 'nobody is registered',
  stateGood: 'works',
  stateRevoked: 'withdrawn',
  letterTitle: 'A letter came',
  letterLede:
    'Type in what the letter says. The person gets a mail with the link to confirm, and with it what we tell everybody who registers.',
  letterButton: 'Send the link',
  letterDone: {
    asked: 'A mail with the link is on its way. The copy has an owner when it is confirmed.',
    unknown: 'We know no such key. Nothing was kept; answer the letter.',
    tooOften:
      'This key was asked for too often in the last days. Nothing was kept; answer the letter, or type it in again in a week.',
    yours: 'This address is the owner of that copy already. A mail with the link to it is on its way.',
    claimed:
      'The copy has an owner already. The mail says so and nothing more; a task for you is in the list of today.',
  },

  registerSubject: 'Is this copy yours?',
  registerMail: (product: string, link: string) => `You asked to be recorded as the owner of a copy of ${product}.

Open this link and confirm it:
${link}

The link works for 7 days. If it was not you, do nothing: what was typed is destroyed then, and nobody is recorded.

You need not register. Whatever the law or our promise gives you with a copy, you have without it.
`,
  toldFirst: (
    fields: readonly string[],
    version: number,
    where: string,
  ) => `You wrote to us on paper, so here is what our form says beside each line:

${fields.join('\n')}

This is version ${version} of our privacy policy: ${where}
`,
  toldField: (label: string, why: string, kept: string) => `${label}: ${why} It is ${kept}.`,
  claimedSubject: 'This copy has an owner already',
  claimedMail: (
    product: string,
    link: string,
    address: string,
  ) => `You asked to be recorded as the owner of a copy of ${product}. It has an owner already, so nothing was changed.

If that is you under another address, ask for your copies with that address:
${link}

If you bought the copy from somebody, ask them to give it up on the same page; then register it again.
In any other case write to ${address} and say how you came by the copy.

What you typed is destroyed after 7 days.
`,
  copiesSubject: 'Your link to your copies',
  copiesMail: (link: string) => `You, or somebody who typed your address, asked for the copies that you own here.

Open this link to see their keys and until when they are supported:
${link}

The link works for one day. If it was not you, do nothing: nobody has seen anything.
`,

  probe: {
    holds:
      'Every owner of a copy from elsewhere has said so by a mailed link, and nothing that was typed without that is older than seven days.',
    broken: 'A registration that nobody confirmed is older than seven days, or an owner was found without a ground.',
    off: 'Nothing is kept for it.',
    left: 'Something is still kept from the time when it was on.',
    nothing: 'Nobody has registered a copy from elsewhere yet, so there was nothing to check.',
  },
} as const

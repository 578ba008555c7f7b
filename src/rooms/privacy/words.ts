/** What the privacy pages say, in one language. */
export type PrivacyWords = typeof en

/** The privacy pages in English. */
export const en = {
  privacyTitle: 'What we do with what you tell us',
  privacyLede:
    'This page is written by the program that runs this shop, from the same rules that it checks itself against. The number beside a field on any form leads to its clause here.',
  version: (version: number, on: string) => `Version ${version}, published on ${on}.`,
  firstVersion: 'This is the first version.',
  changes: (before: number) => `What changed since version ${before}`,
  allVersions: 'All versions',
  versionTitle: (version: number) => `Version ${version} of our privacy policy`,
  was: 'Before',
  is: 'Now',
  contents: 'Clauses',

  askTitle: 'Your data',
  askLede:
    'Type your e-mail address and we send a link to everything we hold that is tied to it. From there you can download it or erase it.',
  askButton: 'Send me the link',
  sentTitle: 'If we hold anything under that address, a mail is on its way',
  sent: 'We answer the same for every address, so that nobody can find out here who our customers are. The link works for a day.',
  tooMany:
    'A link was sent to that address a few times already today. Please look in your mail, or come back tomorrow.',

  openTitle: 'Open what we hold about you?',
  openLede: 'You came by the link in our mail. Press the button and the page stays open for 30 minutes.',
  openButton: 'Show what you hold about me',

  heldTitle: 'What we hold about you',
  heldLede: 'Highlighted is everything that says who you are.',
  heldNothing: 'We hold nothing about you under this address.',
  heldNow: 'Held now',
  heldNothingItself: 'Keeps nothing of its own: it lets us show you the rest.',
  since: (on: string) => `Held since ${on}`,
  untilDay: (on: string) => `until ${on}`,
  openedBy: 'May be opened by',
  cardTitle: 'Not held: your card.',
  card: 'You typed it at the card processor and it never reached us.',
  ordersTitle: 'Your orders',
  takeButton: 'Download all of it',
  forgetButton: 'Erase my data',
  seenTitle: 'Who has seen it',
  seenLimit: 'Opened through Avow. Our mail host, server host and card processor keep their own records.',
  nobody: 'Nobody has opened it.',
  timesThatDay: (times: number) => ` (${times} times that day, this was the last)`,
  passedTitle: 'Passed on to',
  passedNothing: 'Nothing was passed on.',
  nameless: (values: readonly string[]) => `${values.join(', ')}; nothing that says who you are`,
  mailsTitle: 'Mails we sent you',

  eraseTitle: 'Erase what we hold about you?',
  eraseLede: 'This cannot be undone, not even by us.',
  eraseGone: 'Gone at once: what we hold to deliver, to answer and to know you as the owner.',
  eraseStays: (fields: readonly string[], until: string) =>
    `Stays for the tax office: your ${fields.join(', ')}, beside the order, ${until}. Nobody can open it for anything else.`,
  eraseNothingStays: 'Nothing stays for tax.',
  eraseCopies: 'Copies gone by: the same moment. This program keeps no other copy of the keys.',
  pendingTitle: 'A payment is still on its way.',
  pending: (numbers: string) =>
    `If you erase now, order ${numbers} cannot be delivered, and our staff pay the money back when it arrives.`,
  openBoxTitle: 'A box is still to be sent.',
  openBox: (numbers: string) => `We need your address until order ${numbers} is at the post. Choose:`,
  eraseAfter: 'Send the box, then erase',
  eraseCancel: 'Cancel, pay back and erase now',
  eraseNow: 'Erase now',
  choose: 'Please choose one of the two.',
  keepAll: 'Keep everything',

  erasedTitle: 'Erased',
  erasedLede: 'The keys to your data are destroyed. What was sealed with them can no longer be read by anybody.',
  laterTitle: 'Will be erased when your box is sent',
  later: 'Your address stays until the box is at the post. Then the program erases it by itself.',
  erasureNumber: 'Keep this number if you want to ask us about it; it names nobody:',
  keysDestroyed: (at: string) => `Keys destroyed on ${at}.`,
  checked:
    'Every table was searched, and nothing that says who you are was found. The log of looks and mails keeps a number that names nobody.',
  checkedButTax:
    'Every table was searched, and nothing that says who you are was found. What the law makes us keep for tax stays sealed beside the order; the log of looks and mails keeps a number that names nobody.',
  toldLine: 'Partners who were given something are told; what they answered is noted at our desk.',
  roles: {
    owner: 'the owner of the business',
    desk: 'our staff',
    person: 'you',
    program: 'the program, to send a mail or a key',
  },
  parts: {
    identity: 'name',
    contact: 'e-mail or telephone',
    address: 'address',
    licence: 'licence key',
    message: 'what was written to you or by you',
    network: 'network address',
  } as Readonly<Record<string, string>>,
  mailSubject: 'Your link to what we hold about you',
  mailText: (link: string) => `You, or somebody who typed your address, asked what we hold about you.

Open this link to see it, to download it or to erase it:
${link}

The link works for one day. If it was not you, do nothing: nobody has seen anything.
`,
  closedTitle: 'This link no longer works',
  closed: 'It was used, or its time is over. You can ask for a new one at any time.',
  askAgain: 'Ask for a new link',
} as const

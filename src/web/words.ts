/** What the page frame, the forms and the error pages say, in one language. */
export type WebWords = typeof en

/** The frame in English. */
export const en = {
  skip: 'Skip to content',
  example: 'An example shop: nothing here is really sold and no card is charged. Try everything.',
  mainNav: 'Main',
  deskNav: 'Desk',
  store: 'Store',
  data: 'Your data',
  promises: 'Promises',
  privacy: 'Privacy',
  footer: 'Looking, buying and erasing your data work here with cookies and scripts switched off.',
  policyVersion: (version: number) => `Privacy policy, version ${version}`,
  promisesKept: 'What we promise, and how we check it',
  help: 'Help',
  register: 'Register a copy',
  copies: 'Your copies',
  news: 'News',
  cookies: 'Cookies and counting',
  stamp: (number: number) => `§${number}, a clause of our privacy policy`,
  hidden: 'not shown',
  reveal: 'Reveal',
  waiting: 'waiting',
  signOut: 'Sign out',
  pleaseCheck: 'Please check',
  signedOutTitle: 'Please sign in',
  signedOut:
    'Staff sign in with a link from the computer that runs the shop: npx avow staff. Staying signed in needs one cookie; if your browser refuses it, the desk cannot be used.',
  staffRoles: { owner: 'owner', desk: 'desk' },

  optional: 'optional',
  chooseCountry: 'Choose a country',
  errorsTitle: (count: number) => (count === 1 ? 'One thing needs another look' : `${count} things need another look`),
  nothingLost: 'What you typed is still here.',

  errors: {
    missing: (label: string) => `${label}: please fill this in.`,
    choose: (label: string) => `${label}: please choose one from the list.`,
    tooLong: (label: string, most: number, typed: number) =>
      `${label}: this is too long. There is room for ${most} characters and there were ${typed}. We kept the beginning.`,
    unprintable: (label: string) =>
      `${label}: this held characters that cannot be printed. We took them out; please look whether it is still right.`,
    twice: (label: string) => `${label}: this was sent more than once. Please send it once.`,
    email: (label: string) =>
      `${label}: this does not look like an e-mail address. It needs a name, an @ and a domain, like ada@example.org.`,
    telephone: (label: string) => `${label}: please use digits, spaces and + only, like +32 2 555 01 42.`,
    card: (label: string) =>
      `${label}: this held a card number. We took it out and stored nothing, since we never take card numbers. Please look at what is left, then send the form again.`,
    otherNotice:
      'Our privacy policy was changed while this page was open, so nothing was stored yet. Please look again at what stands beside each field, then send the form once more.',
    unknownField:
      'This form was sent with a field that it does not have. Nothing was stored. Please fill in the form on this page.',
  },

  refusal: {
    400: {
      title: 'We could not read what was sent',
      text: 'The request was broken on its way. Please go back and try again.',
    },
    403: {
      title: 'We could not tell that this came from our own page',
      text: 'To protect you, we only accept forms that were sent from this shop. Please open the page again and send the form from there.',
    },
    404: {
      title: 'There is no such page',
      text: 'Perhaps the address was cut off when it was copied, or the page has moved.',
    },
    405: { title: 'This page cannot be used that way', text: 'Please open it from a link or a button of this shop.' },
    413: { title: 'That was more than we can take', text: 'A form may hold two megabytes in all. Please send less.' },
    415: {
      title: 'We only take plain forms here',
      text: 'Files and other kinds of content are not accepted. Please use the form on the page.',
    },
    429: {
      title: 'That was very often in a short time',
      text: 'Please wait a minute and try again. We slow things down so that nobody can try addresses or keys at random.',
    },
    500: {
      title: 'Something broke on our side',
      text: 'It is not your fault, and what you typed is not in any log. Please try again in a minute; if it happens again, write to us.',
    },
  },
  toStore: 'To the store',
  wrongHost: (baseUrl: string) => `This server answers at ${baseUrl} only.\n`,
} as const

/** The kinds of refusal that have a page. */
export type RefusalStatus = keyof typeof en.refusal

import type { ExtendedBecause, RequestChannel, RequestKind, RequestOutcome } from '../tables.ts'

const kinds = {
  access: 'to see what we hold',
  correction: 'to correct it',
  objection: 'to object to a use',
  erasure: 'to have it erased',
  export: 'to take it along',
} satisfies Record<RequestKind, string>

const channels = {
  letter: 'by letter',
  telephone: 'by telephone',
  mail: 'by e-mail',
} satisfies Record<RequestChannel, string>

const outcomes = {
  done: 'Done as asked',
  'nothing-held': 'We hold nothing of theirs, and said so',
  'not-shown-who': 'They did not show who they are',
  refused: 'Refused, with the reason told to them',
  'taken-back': 'They took it back',
} satisfies Record<RequestOutcome, string>

const reasons = {
  complex: 'it is complex',
  many: 'they sent many at once',
} satisfies Record<ExtendedBecause, string>

/** What the desk's pages about requests say, in one language. */
export type RequestWords = typeof en

/** Requests in English. */
export const en = {
  kinds,
  channels,
  outcomes,
  reasons,
  railLabel: 'Requests',
  may: 'You see that a request came and when it is due. What is held is opened by the person, on their own page.',
  title: 'Requests about people’s own data',
  lede: 'What people do on their own page is done at once and needs no request. What comes by letter or telephone stands here until it has an outcome.',
  table: 'Requests, the next due first',
  none: 'No request came by letter or telephone.',
  head: { what: 'Asks', how: 'Came', received: 'Received', due: 'Due', state: 'State' },
  open: 'waits',
  late: 'late',
  newTitle: 'A request came',
  newLede: 'The address is used to find what is theirs and is not kept here.',
  kind: 'What do they ask?',
  channel: 'How did it come?',
  received: 'Received on',
  receivedWrong: 'Type the day on which it came: not later than today, and at most a year ago.',
  choose: 'Please choose one.',
  openButton: 'Start the clock',
  oneTitle: (what: string) => `A request ${what}`,
  about: (how: string, on: string) => `Came ${how} on ${on}.`,
  due: (on: string) => `Due by ${on}.`,
  extended: (because: string) => `Two months were added, since ${because}. The person must be told.`,
  persons: (count: number) =>
    count === 0
      ? 'Nothing is held under the address that was given, or it is erased already.'
      : `Found under the address: ${count}.`,
  linkTitle: 'Let them do it themselves',
  linkLede:
    'A mail with the link to their own page: there they see, correct, take along, object and erase, and have shown who they are.',
  link: 'Send the link',
  linkSent: 'The link is on its way.',
  eraseTitle: 'Erase it for them',
  eraseLede:
    'Only if you are sure that it is them. It cannot be undone. A box that is still to be sent is sent first. You get the page that says what was done; print it for them.',
  erase: 'Erase now',
  extendTitle: 'A month is not enough',
  extend: 'Add two months',
  extendLede: 'Once only. Tell the person why before the first month is over.',
  closeTitle: 'Close it',
  close: 'Close with this outcome',
  heldTitle: 'Requests of yours by letter or telephone',
  heldLine: (...said: readonly string[]) => said.join(', '),
  closed: (outcome: string, on: string) => `${outcome}, on ${on}.`,
} as const

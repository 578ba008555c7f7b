import type { Channel } from '../../../contact/index.ts'
import type { LeftOut } from '../send/audience.ts'
import type { CampaignState } from '../tables.ts'

/** The campaign pages of the desk in English. */
export const en = {
  title: 'Campaigns',
  lede: 'Messages to those who asked for news. Nobody else can be chosen, and nobody is shown by name.',
  may: 'You see how many, not who.',
  none: 'There is no campaign yet.',
  head: ['Subject', 'Way', 'State', 'Started'],
  newTitle: 'A new campaign',
  save: 'Save the draft',
  drop: 'Throw the draft away',
  notStarted: 'not yet',
  importLink: 'Take in a list of people who said yes elsewhere',

  way: { mail: 'E-mail', post: 'Post', telephone: 'Telephone' } satisfies Record<Channel, string>,
  states: {
    draft: 'Draft',
    drawing: 'Beginning',
    sending: 'Going on',
    paused: 'Held',
    done: 'Over',
  } satisfies Record<CampaignState, string>,

  heading: 'Subject',
  headingMissing: 'Subject: please write one.',
  words: 'Text',
  wordsHint:
    'Where {name} stands goes the reader’s name, or nothing when they gave none. On the telephone this is what you say.',
  wordsMissing: 'Text: please write one.',
  tooLong: (label: string, most: number) => `${label}: there is room for ${most} characters.`,
  channel: 'Way',
  channelMissing: 'Way: please choose one.',
  product: 'Only owners of',
  anyProduct: 'no matter what they own',
  productHint: 'Owners are found by their e-mail address, without opening it.',
  country: 'Only in',
  anyCountry: 'any country',
  countryHint: 'For letters only: nobody is asked for a country to get e-mail or calls.',

  audience: 'Who would get it',
  chosen: 'get it',
  wherever: 'said yes, wherever they live',
  onlyThere: (country: string) =>
    `Of them only those in ${country} get it. To count those, the country of each is opened, and each look is written down.`,
  countThere: (country: string) => `Save, and count those in ${country}`,
  leftOut: 'Left out, of those who once said yes',
  few: 'fewer than 5',
  reasons: {
    'said-no': 'said no',
    bounced: 'mail to the address came back',
    'bounced-often': 'mail to the address came back again and again',
    complained: 'complained about our mail',
    returned: 'a letter came back',
    'wrong-number': 'the number belongs to somebody else',
    deceased: 'we were told that they died',
    'taken-back': 'took it back on their own page',
    twice: 'asked twice under one address',
    'other-product': 'own something else, or nothing',
    'other-country': 'live in another country',
  } satisfies Record<LeftOut, string>,
  reason: 'Why',
  people: 'People',

  test: (address: string) => `Send a test to ${address}`,
  tested: 'The test is on its way to the vendor’s own address.',
  startLede:
    'Each button first saves what you typed. From the start on the text stands, and whoever says no while it goes out gets nothing any more.',
  start: 'Start',
  pause: 'Hold',
  goOn: 'Go on',
  finish: 'End the campaign',

  results: 'How it went',
  result: 'What became of it',
  resultTable: 'What became of it, in numbers',
  outcomes: {
    'handed-over': 'sent',
    waiting: 'waiting',
    dropped: 'left out at the last moment, because they said no, are gone, or a letter to them cannot be printed',
    refused: 'refused by the mail host',
    'given-up': 'given up after five days',
    unknown: 'perhaps sent: the answer of the mail host was lost',
    bounced: 'came back for good',
  } as Readonly<Record<string, string>>,
  open: 'not asked yet',
  marks: { reply: 'answered', order: 'orders with the code', no: 'said no by the link' },
  codeLine: (code: string) => `Code on the order form: ${code}. It is the same for everybody.`,
  noTracking: 'Whether a mail was opened, or a link in it followed, is not counted, for anybody.',
  again: (count: number) => `Send the ${count} once more`,
  againHint:
    'Those who got it already will get it a second time, under the same reference, so that most mail programs show it once.',

  print: 'Print',
  printLede: (count: string) =>
    `${count} people were chosen. Left out of each print is who said no since then, and whose address has a sign that our font lacks or is too long for the paper.`,
  letters: 'Letters as PDF',
  labels: 'Address labels as PDF',
  printed: (done: string, left: string) => `Printed so far: ${done}. Left out since it was started: ${left}.`,
  calls: 'Calls',
  callLede: 'One person at a time. The number is shown when you press the button, and that is written down.',
  call: 'Show whom to call next',
  callNone: 'There is nobody to call now.',
  callTitle: 'Call now',
  callFirst: (shop: string, asked: string) =>
    `Say first: “This is ${shop}. On ${asked} somebody asked us to call this number with news of our products. You can say no at any time, and then we do not call again. May I tell you the news?”`,
  callWho: 'Whom',
  callNoName: 'They gave no name.',
  callNumber: 'Number',
  callTries: (tries: number) => (tries === 0 ? 'First try' : `Try ${tries + 1} of 3`),
  callWords: 'What to say',
  callOutcome: 'How did it end?',
  callReached: 'Reached and told',
  callMissed: 'Nobody answered',
  callNo: 'Do not call again',
  callNoHint: 'Key: Alt+N, or with Shift or Control, as your browser has it.',
  callWrong: 'Wrong number',

  importTitle: 'Take in a list',
  importLede:
    'People who said yes to your news elsewhere. Each line needs its own proof: when, to which words, and where. Lines without it are not taken in, and whoever said no here stays out, however their address is spelled.',
  importField: 'The list, as comma-separated values',
  importHint: {
    mail: 'First line: email, name, agreed_on, agreed_to, agreed_where',
    post: 'First line: name, street, postcode, city, country, agreed_on, agreed_to, agreed_where',
    telephone: 'First line: telephone, name, agreed_on, agreed_to, agreed_where',
  } satisfies Record<Channel, string>,
  importTry: 'Look at it first',
  importDo: (count: number) => `Take in ${count}`,
  importCounts: 'What would be taken in',
  importGood: 'can be taken in',
  importStopped: 'said no here and stay out',
  importKnown: 'are there already',
  importTable: 'Lines, by what becomes of them',
  importFaults: 'Lines, and what is wrong with each',
  importBad: 'lines that cannot be taken in',
  importDone: (count: number) => `Taken in: ${count}.`,
  importLine: 'Line',
  importFault: 'What is wrong',
  faults: {
    empty: 'the list is empty',
    header: 'the first line does not name the columns that are needed',
    unreadable: 'the line could not be read as comma-separated values',
    address: 'the address is missing or cannot be written to',
    day: 'agreed_on is missing, is no day like 2026-05-31, or lies in the future',
    words: 'agreed_to does not say to which words, or holds an address or a number',
    where: 'agreed_where does not say where, or holds an address or a number',
    long: 'a value is too long',
    twice: 'the same address stands in an earlier line',
    country: 'the country is not one of the two letters that the shop knows',
  },
} as const

/** A count as the desk shows it: a handful could be told apart, so it is not said. */
export function counted(count: number): string {
  return count > 0 && count < 5 ? en.few : String(count)
}

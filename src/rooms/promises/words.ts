/** What the promises page says, in one language. */
export type PromisesWords = typeof en

/** The promises page in English. */
export const en = {
  title: 'What we promise, and how we check it',
  lede: 'Every promise of our privacy policy, how it is kept, what the program found when it last looked, and what is not kept yet.',
  counted: (kept: number, partly: number, notYet: number) =>
    `${kept} kept, ${partly} kept in part, ${notYet} not kept yet.`,
  how: 'How',
  attacked: 'A test tries to break it each time the program is changed.',
  lookedAt: (when: string) => `Looked at ${when}.`,
  state: { kept: 'kept', partly: 'in part', notYet: 'not kept yet', off: 'switched off' },
  broken: 'does not hold',
  brokenText: 'What the program found does not agree with this promise. Our staff have to look at it.',

  grounds: (all: number, outside: number, altered: string | undefined) =>
    altered
      ? `The log of looks was altered on or after ${altered}.`
      : `${all} lines in the log of looks, ${outside} of them outside what the policy allows; the log was not altered.`,
  forms: (download: readonly string[], box: readonly string[]) =>
    `A download asks for ${download.join(' and ')}. A box asks for ${box.join(', ')}.`,
  boxes: (boxes: number, stray: number) => `${boxes} sealed groups of data, ${stray} of a kind that no purpose names.`,
  notices: (all: number) => `${all} grounds, each with the version of the policy that was shown.`,
  published: (version: number, on: string, clauses: number) =>
    `Version ${version} with ${clauses} clauses, published on ${on}.`,
  commitments: (live: number, all: number, first: string) =>
    `${live} of ${all} partners have a promise that is in force${first ? `; the first ends on ${first}` : ''}.`,
  disclosures: (times: number, beyond: number) =>
    `Passed on ${times} times, ${beyond} of them beyond what a partner’s row allows.`,
  noCard: (columns: number) =>
    `${columns} columns in all our tables were read; none could hold a card number or an expiry date.`,
  registration: (licences: number, owners: number) =>
    `${licences} licences, ${owners} with a recorded owner; nothing was asked beyond the order.`,
  registrationOff: 'Registration is switched off here, so nothing is kept for it.',
  cookies: (names: readonly string[]) =>
    `The register has ${names.length === 1 ? 'one cookie' : `${names.length} cookies`}: ${names.join(', ')}.`,
  purchases: (orders: number, paid: number, keys: number) => `${orders} orders, ${paid} paid, ${keys} keys issued.`,
} as const

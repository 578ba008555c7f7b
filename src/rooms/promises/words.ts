/** What the promises page says, in one language. */
export type PromisesWords = typeof en

/** The promises page in English. */
export const en = {
  title: 'What we promise, and how we check it',
  lede: 'Every promise of our privacy policy, how it is kept, what the program found when it last looked, and what is not kept yet.',
  counted: (kept: number, partly: number, notYet: number) =>
    `${kept} kept, ${partly} kept in part, ${notYet} not kept yet.`,
  attacked: 'A test tries to break it each time the program is changed.',
  lookedAt: (when: string) => `Looked at ${when}.`,
  state: { kept: 'kept', partly: 'in part', notYet: 'not kept yet', off: 'switched off' },
  broken: 'does not hold',
  brokenText: 'What the program found does not agree with this promise. Our staff have to look at it.',

  nothingYet: 'There was nothing to look at yet.',
  altered: (day: string) => `The log of looks was altered on or after ${day}.`,
  grounds: (version: number) => ({
    holds: `Every look since version ${version} of the policy names a purpose that needs what was opened, and a ground that the person gave. No finished day of the log was altered.`,
    broken: 'A look was found that no rule allows, or for which its person never gave a ground.',
    nothing: `Nobody has looked at anything since version ${version} of the policy, so there was nothing to check. No finished day of the log was altered.`,
  }),
  forms: (download: readonly string[], box: readonly string[]) => ({
    holds: `A download asks for ${list(download)}. A box asks for ${list(box)}. Nothing that is sealed is there without a ground that needs it.`,
    broken: 'Something sealed was found that no ground of its person needs.',
    nothing: `A download asks for ${list(download)}. A box asks for ${list(box)}. Nothing was given yet.`,
  }),
  kinds: {
    holds: 'All that is sealed is of a kind that a purpose names, and no column of a table could hold a card number.',
    broken: 'Something was found that no purpose names, or a column that could hold a card number.',
    nothing: 'Nothing is sealed yet, and no column of a table could hold a card number.',
  },
  notices: {
    holds: 'Every ground names the version of the policy that was shown, and each of these versions was published.',
    broken: 'A ground was found that names a version of the policy which was never published.',
    nothing: 'Nobody has given us anything yet, so there was nothing to check.',
  },
  untold: (version: number) =>
    `Version ${version} of the policy took effect although people were held here who had not been told of it.`,
  published: (version: number, on: string, clauses: number) => ({
    holds: `Version ${version} with ${clauses} clauses, published on ${on}, says what the program enforces.`,
    broken: 'What is published differs from what the program enforces.',
  }),
  commitments: (live: number, all: number, first: string) =>
    `${live} of ${all} partners have a promise that is in force${first ? `; the first ends on ${first}` : ''}.`,
  disclosures: (version: number) => ({
    holds: `All that was passed on since version ${version} of the policy is within the row of the partner who got it.`,
    broken: 'Something was passed on that goes beyond what a partner’s row allows.',
    nothing: `Nothing was passed on since version ${version} of the policy, so there was nothing to check.`,
  }),
  sales: {
    holds:
      'No partner may use news, surveys or counts for itself, and all that was passed on went to partners who may have it, for what they may have it for.',
    broken: 'Something was passed on to somebody who may not have it, or a partner may use news for itself.',
  },
  noCard: (columns: number) => ({
    holds: `${columns} columns in all our tables were read; none could hold a card number or an expiry date.`,
    broken: 'A column was found that could hold a card number or an expiry date.',
  }),
  registration: {
    holds:
      'Every recorded owner owns something, and nothing is kept about owners that their order did not have to ask.',
    broken: 'An owner of nothing was found, or something about an owner that the order did not have to ask.',
    nothing: 'Nobody is recorded as an owner yet, so there was nothing to check.',
  },
  registrationOff: {
    holds: 'Nothing is kept for it.',
    broken: 'Something is still kept from the time when it was on.',
  },
  cookies: (names: readonly string[]) => ({
    holds: `The register has ${names.length === 1 ? 'one cookie' : `${names.length} cookies`}: ${list(names)}. No sign-in of our staff outlasts what it says.`,
    broken: 'A cookie of another kind was found in the register, or a sign-in that lasts longer than it says.',
  }),
  purchases: {
    holds:
      'Of the newest hundred orders none has more keys than pieces, a key without being paid, or a second receipt.',
    broken: 'An order was found with a key too many, a key that nobody paid for, or a second receipt.',
    nothing: 'Nothing was ordered yet, so there was nothing to check.',
  },
} as const

/** Labels inside a sentence. */
function list(labels: readonly string[]): string {
  const words = labels.map((label) =>
    /^[A-Z][a-z-]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label,
  )
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

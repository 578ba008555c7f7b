/** What a person can do with what is held, in one language. */
export type HeldWords = typeof en

/** The deeds of the opened page in English. */
export const en = {
  readButton: 'Read all of it on one page',
  correctLink: 'Correct this',
  end: { withdraw: 'Take this consent back', object: 'Object to this use', leave: 'Give this registration up' },
  ended: 'You ended this. What nothing else needs is destroyed within the hour.',
  noNewsLede: 'You get news only if you asked for it. You can say no here for good, for every way at once.',
  noNews: 'Send me no news of any kind',
  texts: (count: number) =>
    count === 1
      ? 'One text that you wrote, or that is about you'
      : `${count} texts that you wrote, or that are about you`,
  file: 'a file',

  doneTitle: 'Done',
  done: {
    withdraw: 'Your consent is taken back. We stopped at once.',
    object: 'We stopped using it for that. What nothing else needs is destroyed within the hour.',
    leave: 'You are not recorded as the owner any more. The key in your hands goes on working.',
    news: 'You get no news from us any more, in any way.',
    corrected: 'It is corrected. The old values are overwritten, and nobody can read them any more.',
    notEnding: 'There was nothing to end here. It was ended already, or the law makes us keep it.',
  },
  back: 'Back to what we hold about you',

  correctTitle: 'Correct what we hold about you',
  correctLede: 'Change what is wrong. What you empty is taken away, where it is not needed.',
  correctCountry:
    'The country of an order cannot be changed here: the tax office was told of it as it was on the day of the sale.',
  correctNothing: 'There is nothing here that you typed.',
  correctButton: 'Correct it',
  correctAgain: 'Something changed it at the same moment. Please look at it once more.',

  exportTitle: 'Everything we hold about you',
  exportMade: (by: string, at: string, version: number) =>
    `Made by ${by} on ${at}, for you only and not kept; under version ${version} of the privacy policy.`,
  person: (at: number) => `Part ${at}`,
  whyTitle: 'What we hold it for',
  why: {
    purpose: 'For',
    ground: 'Why we may',
    since: 'Since',
    until: 'Until',
    came: 'Came by',
    notice: 'Policy shown',
  },
  grounds: {
    contract: 'to do what we agreed with you',
    consent: 'you consented',
    interest: 'our interest, to which you may object',
    duty: 'the law asks for it',
  } as Readonly<Record<string, string>>,
  takenBack: 'ended by you',
  valuesTitle: 'What it says',
  values: { field: 'What', value: 'Value', class: 'Kept with' },
  classes: {
    contract: 'the order',
    relation: 'you as an owner or reader of news',
    tax: 'the accounts',
    case: 'your messages',
    answer: 'your survey answers',
  } as Readonly<Record<string, string>>,
  madeMail: 'a mail to you',
  textsTitle: 'Texts that you wrote, or that are about you',
  looksTitle: 'Who has seen it',
  looks: { at: 'When', who: 'Who', purpose: 'For', what: 'What' },
  passedTitle: 'Passed on to',
  passed: { at: 'When', to: 'To', what: 'What' },
  mailsTitle: 'Mails and letters to you',
  mails: { at: 'When', what: 'What' },
  nothing: 'Nothing.',
} as const

/** What the pages about asking further say, in one language. */
export type QuestionWords = typeof en

/** Asking further in English. */
export const en = {
  title: 'We would like to ask you for something more',
  lede: (vendor: string, about: string) => `${vendor} asks you this about ${about}.`,
  whyTitle: 'Why we ask',
  reasons: {
    deliver: 'Without it we may not be able to deliver what you ordered.',
    reach: 'So that we can reach you if something goes wrong.',
    solve: 'It helps to solve your case.',
    'tell-apart': 'To tell you from somebody else of the same name.',
  },
  staffWrote: 'Our staff write:',
  purpose: (title: string) => `Only for this: ${title.charAt(0).toLowerCase()}${title.slice(1)}.`,
  needNot: (until: string) =>
    `You need not answer. Beside each line stands what will not work without it; everything else goes on. The question ends by itself on ${until}.`,
  answer: 'Send it',
  decline: 'I would rather not say',
  declineLede: 'Saying no is all you have to do. Nothing else changes.',
  empty: 'Type at least one of them, or say that you would rather not.',
  gone: 'This could not be kept any more. Nothing was stored.',
  ended: {
    answered: {
      title: 'Thank you',
      text: 'We have it, and use it only for what stood beside it. You can see, correct and erase it under “Your data”.',
    },
    declined: {
      title: 'That is all right',
      text: 'We do not ask again for this. Only what stood beside the lines will not work; everything else goes on.',
    },
    ended: {
      title: 'This question is over',
      text: 'Its time ran out. You need not do anything; everything else goes on.',
    },
  },
  closedTitle: 'This link no longer works',
  closed: 'Its time is over. You need not do anything.',

  subject: 'A question about something that we miss',
  mail: (of: {
    vendor: string
    about: string
    fields: string
    reason: string
    purpose: string
    until: string
    link: string
  }) => `${of.vendor} would like to ask you for something more, about ${of.about}: ${of.fields}.

${of.reason} We use it only for this: ${of.purpose}.

Answer here, or say that you would rather not:
${of.link}

You need not answer. Everything else goes on. The question ends by itself on ${of.until}.
`,

  railLabel: 'Questions',
  may: 'You see what was asked and whether it was answered. What was answered is shown where it is needed.',
  listTitle: 'Questions to customers',
  listNone: 'Nobody was asked for anything more.',
  head: { about: 'About', asked: 'Asked for', reason: 'Why', until: 'Until', state: 'State' },
  states: { waiting: 'waits', answered: 'answered', declined: 'declined', ended: 'ended by itself' },
  shortReasons: {
    deliver: 'to deliver',
    reach: 'to reach them',
    solve: 'to solve the case',
    'tell-apart': 'to tell people apart',
  },
  somebodyGone: 'no longer known',
  askTitle: (about: string) => `Ask for more about ${about}`,
  askLede:
    'Only what the purpose may have and what is not held yet can be asked for. The customer is told what, for what, why and until when, and may say no.',
  nothing:
    'Everything that the purposes of this may have is held already, is being asked for or was declined, so there is nothing to ask for.',
  fieldsLegend: 'What do you need?',
  chooseFields: 'Choose what you need.',
  reasonLegend: 'Why?',
  chooseReason: 'Choose why.',
  sentence: 'One sentence more, if it helps',
  sentenceWhy:
    'The customer reads it. It is about a person, so it is sealed with what is theirs, and destroyed when the question ends.',
  tooLong: 'This is too long: at most 500 characters.',
  untilLegend: 'Until when?',
  periods: { P7D: '7 days', P14D: '14 days', P30D: '30 days' },
  send: 'Send the question',
  asked: 'The question is on its way.',

  heldTitle: 'What we asked you for further',
  heldLine: (of: { fields: string; reason: string; on: string; state: string }) =>
    `${of.fields}: ${of.reason} Asked on ${of.on}; ${of.state}.`,

  questionsProbe: {
    holds:
      'Every question to somebody names a purpose, what is asked, why and until when, and asks only what the purpose may have; none waits after its end.',
    broken: 'A question was found that asks for more than its purpose may have, or that waits after its end.',
    nothing: 'Nobody was asked for anything more yet, so there was nothing to check.',
  },
  decliningProbe: {
    holds: 'Beside every field of every form stands what will not work without it.',
    broken: 'A field was found that does not say what will not work without it.',
  },
} as const

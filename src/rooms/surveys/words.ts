/** The survey pages that people see, in English. */
export const en = {
  anonymousTitle: 'This survey is anonymous.',
  anonymous: (most: string) =>
    `Nothing ties your answers to you: no name, no time, no address. They are mixed with all others at once, and results are made when the survey has ended, on ${most} at the latest. If you were invited, we know until then that your invitation was used, and never what you answered.`,
  namedTitle: 'This survey is under your name.',
  namedInvited:
    'We will see what you answer together with the e-mail address that the invitation went to. You find your answers under “Your data”, and can erase them there.',
  namedOpen:
    'We will see what you answer together with the e-mail address, if you type one. With it you find your answers under “Your data”, and can erase them there; without it only the code that you are shown takes them back.',
  optional: 'Taking part is up to you, and so is every question: leave any of them empty.',
  ends: (on: string) => `Open until ${on}.`,
  noAnswer: 'No answer',
  severalHint: 'You may choose several.',
  scaleHint: '1 is worst, 5 is best.',
  recommendHint: '0 is not at all, 10 is very much.',
  textHint: (most: number) => `Up to ${most} characters. Card numbers are cut out.`,
  textWarning:
    'Please write nothing here that says who you are: no name, no address, no telephone number. We read what stands here.',
  send: 'Send my answers',
  nothingSaid:
    'Nothing is answered yet. Answer at least one question, or leave this page: that is all it takes not to take part.',
  notAnOption: 'Please choose one of what is offered here.',
  textTooLong: (most: number, is: number) =>
    `This is ${is} characters long and only ${most} fit. What is beyond them was cut off.`,
  ownWords: 'What you typed',

  thanksTitle: 'Thank you. Your answers are in.',
  thanks:
    'If you change your mind, this code takes them back. It is shown here once and nobody else has it, so write it down now.',
  thanksNamed:
    'If you change your mind, this code takes them back; so does “Your data”. It is shown here once, so write it down now.',
  thanksCode: 'Your code',
  thanksWhere: 'Where to use it',

  withdrawTitle: 'Take your answers back',
  withdrawLede: 'Type the code that you were shown when you sent your answers. They are out of the results at once.',
  withdrawField: 'Your code',
  withdrawHint: 'Five groups of four letters and digits.',
  withdrawButton: 'Take my answers back',
  withdrawUnknown: 'No answers belong to this code. Look for a slip; or they were taken back already.',
  withdrawnTitle: 'Your answers are gone',
  withdrawn: 'They are in no result any more, and this code no longer does anything.',

  endedTitle: 'This survey has ended',
  ended: 'It takes no more answers. Nothing that you typed was stored.',
  calledOffTitle: 'This survey was called off',
  calledOff: 'It takes no more answers, and all that were given are destroyed.',
  usedTitle: 'This invitation was used',
  used: 'One answer was sent with it, and it takes no second one. Nothing that you typed just now was stored.',
  anewNamed:
    'If the answer was yours and you want to answer anew, take it back with the code that you were shown: then this link takes a new one.',
  anewAnonymous: (link: string) =>
    `If the answer was yours and you want to answer anew, take it back with the code that you were shown. Nothing tells which answer came with which invitation, so this link stays used; answer here instead: ${link}`,
  objectedTitle: 'You said no to surveys',
  objected: 'So this invitation takes no answer any more. Nothing that you typed was stored.',
  leftTitle: 'We no longer hold the address of this invitation',
  left: 'This survey is under your name, and we no longer hold the address that the invitation went to. Without it you could neither find your answers nor erase them, so they were not taken. Nothing that you typed was stored.',
  fullTitle: 'This survey is full',
  full: 'It has all the answers that it can take. Yours was not stored.',
  goneTitle: 'This invitation no longer works',
  gone: 'The survey that it was for has ended, you said no to surveys, or the link is not whole. When a survey ends, the list of who was invited is deleted.',

  mailSubject: (title: string) => `Would you tell us what you think? ${title}`,
  mail: ({ title, mode, link, ends, data }: Readonly<Record<'title' | 'mode' | 'link' | 'ends' | 'data', string>>) =>
    `You own a copy of one of our products, and we would like to know what you think of it:

${title}

${mode}

Open this link to take part:
${link}

It works once, until ${ends}. Taking part is up to you. If you do nothing, nothing happens: we send no reminder. When the survey ends, the list of who was invited is deleted, and with it whose invitation was used. That this mail was sent to you, and when, stays in the list of our mails.

Do you want no more invitations? Ask for your own page here and press “Send me no news of any kind”. It keeps them away too, and it works at any time, also after the survey:
${data}
`,
  mailAnonymous: 'This survey is anonymous: nothing ties your answers to you.',
  mailNamed: 'This survey is under your name: we will see your answers together with your e-mail address.',

  probe: {
    holds:
      'Looked at: every survey. No table has a column that leads from an anonymous answer to a person, every box opens only whole, every answer under a name lies with its person on a ground of its own, nothing is left of a survey that was called off, and there is no list of who was invited to a survey that has ended.',
    broken: 'Something about surveys is not as it should be: our staff were told.',
    nothing: 'No survey was held yet, so there is nothing to look at.',
  },
} as const

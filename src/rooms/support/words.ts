import type { Step, TicketPurpose, TicketState, TurnChannel, WhyDestroyed } from './tables.ts'

/** The pages about help in English. */
export const en = {
  helpTitle: 'Help',
  helpLede:
    'Write to us, and a person answers by e-mail. First choose what it is about, since it is kept for a different time.',
  choices: {
    enquiry: {
      link: 'A question before you buy',
      title: 'Ask before you buy',
      lede: 'We answer it, and that is all: it gives us no permission to send you offers, and it is gone after its time.',
      button: 'Send my question',
    },
    support: {
      link: 'Help with a product of ours',
      title: 'Get help with a product',
      lede: 'Tell us what you did, what happened, and what you expected. We ask only for what helps to solve it.',
      button: 'Send it',
    },
  } satisfies Record<TicketPurpose, object>,
  noCards:
    'Never write a card number here. If one is in your text by mistake, the program cuts it out before anything is stored.',
  about: 'Order number or licence key',
  aboutWhy: 'So that we find your copy at once.',
  aboutDeclining: 'Without it we may have to ask you for it.',
  aboutLine: (text: string) => `Order number or licence key: ${text}`,
  sentTitle: 'We have it',
  sent: 'A person reads it and answers to the address that you gave. A mail with a link to it is on its way; if none comes, that address may be mistyped.',
  tooMany:
    'Several messages came in for that address today already. Please write again tomorrow, or answer one of our mails.',

  caseTitle: (number: string) => `Your case ${number}`,
  state: {
    open: 'We have to answer',
    waiting: 'We wait for you',
    closed: 'Closed',
  } satisfies Record<TicketState, string>,
  from: { you: 'You', us: 'We', other: 'Somebody else' },
  covered: 'a part that concerns somebody else',
  goneText: 'What stood here was destroyed.',
  fileLine: (name: string, size: string) => `${name}, ${size}`,
  fileCovered: 'a file',
  writeTitle: 'Answer',
  writeButton: 'Send my answer',
  writeMoved:
    'Something was written here meanwhile, perhaps by a second click. Read it above; your text is still below.',
  written: 'We have it. A person reads it and answers by e-mail.',
  linkNote: 'Whoever has the link to this page can read it. It works for 30 days.',

  receivedSubject: (number: string) => `We have your message (${number})`,
  received: (link: string) => `We have your message. A person reads it and answers you by e-mail.

You can see it, and add to it, here. The link works for 30 days:
${link}
`,
  cardCut: `There was a card number in what you sent. We cut it out before anything was stored, and kept its last four digits.
Please never send one by mail: we do not need it, and a mail can be read on its way.
`,
  replyEnd: (link: string) => `You can see the whole conversation here for 30 days, or simply answer this mail:
${link}
`,
  told: ({
    sentence,
    kept,
    version,
    where,
  }: {
    sentence: string
    kept: string
    version: number
    where: string
  }) => `What we do with what you write: ${sentence} It is ${kept}.
You may leave out whatever you do not want to tell; then we may be able to help less. You can see and erase it at any time.
Version ${version} of our privacy policy says more: ${where}
`,
  noSubject: { enquiry: 'Your question', support: 'Your case' } satisfies Record<TicketPurpose, string>,
  unnamed: 'It stands in the conversation.',
  leftOut: (files: number) =>
    `[${files} ${files === 1 ? 'file was' : 'files were'} left out: too many, too big, or a PDF with a card number]`,

  deskState: { open: 'Open', waiting: 'Waits for the customer', closed: 'Closed' } satisfies Record<
    TicketState,
    string
  >,
  rail: 'Cases',
  deskTitle: 'Cases and questions',
  may: 'You open what a case needs; each look is noted with its number.',
  shelves: { open: 'Open', waiting: 'Waiting', mine: 'Mine', closed: 'Closed', automatic: 'From programs' },
  shelfTable: (shelf: string) => `Cases and questions: ${shelf}`,
  nothing: 'Nothing here.',
  head: { number: 'Number', what: 'What', came: 'Came in', since: 'Unchanged since', who: 'With', state: 'State' },
  purpose: { enquiry: 'Question', support: 'Case' } satisfies Record<TicketPurpose, string>,
  channel: {
    form: 'by form',
    mail: 'by e-mail',
    telephone: 'by telephone',
    desk: 'from the desk',
  } satisfies Record<TurnChannel, string>,
  nobodyYet: 'nobody yet',
  newCall: 'Write down a call',
  ticketTitle: (what: string, number: string) => `${what} ${number}`,
  whoTitle: 'Who',
  askMore: 'Ask for something more',
  noName: 'no name given',
  noEmail: 'no e-mail given',
  terms: {
    email: 'E-mail',
    name: 'Name',
    telephone: 'Telephone',
    orders: 'Orders',
    copies: 'Copies',
    taken: 'Answering',
  },
  none: 'none under this address',
  copyLine: (product: string, tail: string) => `${product}, key ends with ${tail}`,
  takenBy: (label: string) => `${label} is answering this`,
  take: 'I answer this',
  leave: 'Leave it to others',
  turnsTitle: 'Conversation',
  kinds: {
    message: 'Wrote',
    call: 'Called',
    reply: 'We answered',
    internal: 'For us only',
  },
  turnTitle: (order: number, kind: string) => `${order}. ${kind}`,
  automatic: 'A program wrote this.',
  proposed:
    'This came from another address, as an answer to a mail of ours. It is not shown to the customer until you say that it belongs here.',
  accept: 'It belongs here',
  separate: 'Make it a case of its own',
  parts: 'Parts of it',
  answerTitle: 'Answer',
  answerLabel: 'Your answer',
  answerButton: 'Send',
  answerClose: 'Send and close',
  savedTitle: 'Saved answers',
  saved: [
    {
      id: 'more',
      title: 'Ask what is missing',
      text: 'Thank you for writing.\n\nPlease tell us which version you use and what happens, step by step. You need not tell us anything else.',
    },
    {
      id: 'again',
      title: 'Install it again',
      text: 'Please download it again from the page of your order, install it over the old one, and tell us whether it helped.',
    },
    {
      id: 'done',
      title: 'Solved',
      text: 'Good to hear that it works. We close this; answer this mail if anything is left.',
    },
  ],
  internalTitle: 'For us only',
  internalLabel: 'What colleagues should know',
  internalWhy: 'It is about the customer, so they can ask to see it, and it goes with them.',
  internalButton: 'Write it down',
  closeButton: 'Close without an answer',
  openButton: 'Open again',
  fileAs: {
    enquiry: 'File as a question',
    support: 'File as a case',
  } satisfies Record<TicketPurpose, string>,
  outcome: {
    empty: 'Nothing was written yet.',
    moved: 'Something came in while you were writing. Read it first; your text is still below.',
    answered:
      'An answer went out while you were writing, perhaps by a second click. Read it first; your text is still below.',
    nobody: 'Everybody here was erased, or their time is over. Nothing can be written to them.',
    'no-address': 'No e-mail address was given, so no mail can be sent. Call back, and write down what was said.',
  },
  historyTitle: 'What was done',
  steps: {
    begun: 'Came in',
    opened: 'Opened',
    waiting: 'Waits for the customer',
    closed: 'Closed',
    taken: 'Taken',
    left: 'Left to others',
    'as-enquiry': 'Filed as a question',
    'as-support': 'Filed as a case',
    joined: 'A message was let in',
    parted: 'A message became a case of its own',
    destroyed: 'A part was destroyed',
    shared: 'A part was given to the person whom it is about',
  } satisfies Record<Step, string>,
  why: {
    'not-needed': 'It is not needed to help',
    'asked-for': 'The person asked for it',
    'about-health': 'It is about health, belief or the like',
    'by-mistake': 'It was sent by mistake',
  } satisfies Record<WhyDestroyed, string>,
  by: (label: string) => `by ${label}`,
  byProgram: 'by the program',

  partsTitle: (number: string) => `Parts of a message, ${number}`,
  partsLede: 'Each part can be destroyed alone, or given to the person whom it is about. Neither can be undone.',
  subjectTitle: 'Subject',
  subjectWhy: 'It can go alone. The answers that carry it have it as a part of their own.',
  partTitle: (count: number) => `Part ${count}`,
  fileTitle: (count: number) => `File ${count}`,
  destroyLegend: 'Why is it destroyed?',
  destroyButton: 'Destroy this part',
  giveLabel: 'It is about somebody else: their e-mail address',
  giveWhy: 'They can then see and erase it under “Your data”. For whoever wrote it it is covered from now on.',
  giveButton: 'Give it to them',
  giveRefused: 'It was not given: it belongs to somebody else already, or whoever wrote it is gone.',
  aboutSomebody: (email: string) => `This part belongs to ${email}.`,
  backToTicket: 'Back',
  chooseReason: 'Please choose a reason.',

  callTitle: 'Write down a call',
  callRead: 'Read this out before you type anything:',
  callSentence: (sentence: string, kept: string) =>
    `“I write down what you tell me. ${sentence} It is ${kept}. You need not tell me your name or anything else that you would rather keep to yourself; then I may be able to help less. Is that all right?”`,
  callTold: 'I have read it out, and the caller agreed',
  callToldWrong: 'Read it out first. If the caller does not agree, help without writing anything down.',
  callWhat: 'What is it about?',
  callButton: 'Keep it',

  probe: {
    questions: (many: number) =>
      `Looked at the newest ${many} questions: each is held for its answer alone and has its end.`,
    questionsNone: 'No question is held now.',
    questionsBroken: 'A question is held for something else, or has no end.',
    cases: (many: number) =>
      `Looked at the newest ${many} closed cases: each has its end. What cases hold is contact, name and text.`,
    casesNone: 'No closed case is held now. What cases may hold is contact, name and text.',
    casesBroken: 'A closed case has no end, or something is held that no case needs.',
  },
} as const

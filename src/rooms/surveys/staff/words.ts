import type { Fault, QuestionKind } from '../form/definition.ts'
import type { Standing } from '../queries.ts'
import type { Mode } from '../tables.ts'

/** What the desk's survey pages say, in English. */
export const en = {
  title: 'Surveys',
  may: 'You may open answers that were given under a name.',
  rail: 'Surveys',
  lede: 'An anonymous survey cannot be turned into one under a name, nor the other way round: it is decided when the survey is published.',
  none: 'There is no survey yet.',
  table: 'All surveys',
  head: ['Survey', 'State', 'Answers are', 'Open until'],
  standing: { draft: 'Draft', open: 'Open', closed: 'Closed', calledOff: 'Called off' } satisfies Record<
    Standing,
    string
  >,
  mode: { anonymous: 'anonymous', named: 'under the name' } satisfies Record<Mode, string>,
  undecided: 'not decided yet',
  notPublished: 'not published',

  newTitle: 'New survey',
  newField: 'Title',
  newButton: 'Start writing',
  importTitle: 'Take in a survey from a file',
  importField: 'The text of the file',
  importHint: 'What “Download the questions” gave for another survey.',
  importButton: 'Take it in',
  importFaults: (faults: readonly Fault[]) => {
    const lines = faults.map(({ what, question }) =>
      question === undefined ? en.faults[what] : `${en.question(question + 1)}: ${en.faults[what]}`,
    )
    return `This cannot be taken in. ${[...new Set(lines)].join(' ')}`
  },

  draftTitle: (title: string) => `Draft: ${title}`,
  introField: 'Words before the questions',
  introHint: 'May be empty.',
  question: (number: number) => `Question ${number}`,
  newQuestion: 'One more question',
  kindField: 'Kind',
  textField: 'Question',
  textHint: 'Empty it to take the question out.',
  optionsField: 'Options, one a line',
  optionsHint: 'Only for one or several of a list.',
  placeField: 'Place',
  kinds: {
    choice: 'One of a list',
    choices: 'Several of a list',
    scale: 'From 1 (worst) to 5 (best)',
    recommend: 'From 0 to 10',
    text: 'Free text',
  } satisfies Record<QuestionKind, string>,
  save: 'Save the draft',
  discard: 'Throw the draft away',
  faults: {
    title: 'The title needs one to 120 characters.',
    intro: 'The words before the questions may have 1,000 characters.',
    text: 'A question needs one to 300 characters.',
    options: 'A list needs two to twelve different options of at most 120 characters, one a line.',
    twice: 'Two questions have the same words.',
    many: 'A survey has at most twenty questions.',
    kind: 'A question is of one of five kinds: choice, choices, scale, recommend, text.',
    other: 'A survey has a title, words before the questions, questions, and nothing else.',
    unreadable: 'The text is cut off, or is not what “Download the questions” gave.',
    tooLarge: 'The text has more than 64,000 characters.',
  } satisfies Record<Fault['what'], string>,

  download: 'Download the questions',
  publishTitle: 'Publish',
  publishLede: 'Afterwards neither the questions nor the mode can be changed.',
  noQuestions: 'A survey needs at least one question before it can be published.',
  modeField: 'How are answers kept?',
  modes: {
    anonymous: {
      label: 'Anonymous',
      note: 'Nobody can tell who answered what, you neither. Results are shown once it is closed and five have answered.',
    },
    named: {
      label: 'Under the name',
      note: 'You see each answer with its e-mail address. It is erased when its giver says so, and after its time.',
    },
  } satisfies Record<Mode, { label: string; note: string }>,
  termField: 'Open for how long?',
  terms: { P7D: 'a week', P14D: 'two weeks', P28D: 'four weeks' },
  publish: 'Publish it',
  chooseMode: 'Choose how answers are kept, and for how long the survey is open.',
  changed: 'The draft was changed meanwhile, or published. This is how it is now.',

  openUntil: (on: string) => `Open until ${on}.`,
  openLink: 'Everybody with this link can answer, and more than once:',
  inviteTitle: 'Invite owners of a product',
  inviteLede:
    'Each address is invited once, by one mail, with a link that takes one answer. There is no reminder. Whoever said no is left out.',
  inviteField: 'Product',
  invite: 'Send the invitations',
  invited: (now: number, before: number) =>
    `${now} ${now === 1 ? 'mail is' : 'mails are'} on the way; ${before} ${before === 1 ? 'was' : 'were'} left out: invited before, said no, or cannot be reached.`,
  invitations: 'Invitations',
  answersSoFar: 'Answers so far',
  fewerThanFive: 'fewer than 5',
  atLeast: (some: number) => `at least ${some}`,
  whyRounded:
    'Results are made once, when the survey is closed: whoever watched them grow could tell one answer from the next.',
  close: 'Close the survey now',
  closeNote:
    'The list of who was invited is deleted at the same moment, and with it whose invitation was used. That a mail was sent stays in the list of mails.',
  callOff: 'Call it off and destroy all answers',
  calledOff: 'This survey was called off. Its answers are destroyed.',

  resultsTitle: (title: string) => `Results: ${title}`,
  tooFew: 'Fewer than five answers: nothing is shown, so that nobody can be recognised.',
  answers: (count: number) => `${count} answers are counted here.`,
  resultsLede:
    'A number from one to four is hidden, and with it any other that would give it away; so is a question that all answered alike. An answer that is taken back goes at once, and a few others, drawn by lot, are left out with it.',
  countsOf: (question: string) => `Numbers: ${question}`,
  option: 'Option',
  count: 'Answers',
  share: 'Share',
  hidden: 'hidden',
  allHidden: 'No number of this question can be shown without telling too much about a few.',
  leftEmpty: 'Left empty',
  tooFewTexts: 'Fewer than ten texts: none is shown.',
  toCheck: (count: number) =>
    `${count} ${count === 1 ? 'text looks as if it' : 'texts look as if they'} named somebody. Look there first; then all texts are shown.`,
  pass: 'May be shown',
  remove: 'Destroy this text',
  answerNumber: (number: number) => `Answer ${number}`,
  aboutText: (number: number) => `text ${number}`,
  csv: 'Download the counts',
  namedTexts: 'Texts stand here in no order, without who wrote them.',
  namedTitle: (title: string) => `Answers: ${title}`,
  namedLink: 'Read the answers with their names',
  namedNote: 'Opening this page is noted, and each person can see that it was opened.',
  noNamed: 'Nobody has answered, or what was answered is erased.',
  noEmail: 'no address given',
  nextPage: 'Next page',
  csvHead: ['question', 'option', 'answers'],
} as const

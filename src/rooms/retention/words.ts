import type { RetentionClass } from '../../policy/index.ts'
import type { HeldBecause } from './tables.ts'

/** What the page of the clocks says, in one language. */
export type RetentionWords = typeof en

/** The page in English. */
export const en = {
  rail: 'Clocks',
  title: 'What goes by itself',
  lede: 'Everything that is held about people has an end, written in the privacy policy. Once an hour the program destroys what is over. Nobody has to do anything.',
  aheadTitle: 'What is over now',
  aheadTable: 'What is over, and of how many people',
  nothing: 'Nothing is over.',
  kind: 'What',
  count: 'How many',
  drafts: 'orders that were never paid',
  groups: 'single details that nothing needs any more',
  classes: {
    contract: 'people whose order is long delivered: what was needed to deliver it',
    relation: 'people who left: what was kept to know them',
    tax: 'people whose last tax year is over',
    case: 'people whose question, case or letter is over: what they wrote',
    answer: 'people whose survey answers are over',
  } satisfies Record<RetentionClass, string>,
  next: 'It goes with the next run, within an hour.',
  heldTitle: 'The last run was stopped before it destroyed anything',
  held: {
    'too-many':
      'More was over at once than usual. That is right after a clock of the policy was made much shorter, or after a long time off. It is wrong if the computer’s date is wrong.',
    'clock-jumped':
      'Since the run before, the computer’s date has jumped by more than 45 days. That is right if the program was off for so long. It is wrong if the date is wrong.',
  } satisfies Record<HeldBecause, string>,
  look: (date: string) =>
    `The computer says that today is ${date}. Look at the numbers below. What is destroyed cannot be brought back.`,
  goOn: 'The date is right: destroy what is over',
  ownerOnly: 'Only the owner of the business can let it go on.',
  runNow: 'Do it now',
  clocksTitle: 'The clocks of the policy',
  clocksTable: 'What is kept, and how long',
  purpose: 'What for',
  kept: 'How long',
  pastTitle: 'What the last runs did',
  pastTable: 'Each run with something to do, the newest first',
  none: 'No run had anything to do yet.',
  when: 'When',
  did: 'What it did',
  stopped: 'Stopped before it destroyed anything',
  done: (persons: number, drafts: number) =>
    `Destroyed what was over about ${persons === 1 ? 'one person' : `${persons} people`}, and ${drafts === 1 ? 'one unpaid order' : `${drafts} unpaid orders`}`,
} as const

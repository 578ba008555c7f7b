import { mailKinds } from './kinds.ts'
import type { MailOutcome } from './tables.ts'

/** What people read about mails. */
export const contactWords = {
  kinds: mailKinds,
  /** How a mail ended; a mail that has not ended waits. */
  outcome: {
    'handed-over': 'Sent',
    dropped: 'Not sent',
    refused: 'Refused by the mail host',
    'given-up': 'Not sent after five days of trying',
    unknown: 'Perhaps sent: the answer of the mail host was lost',
  } satisfies Record<MailOutcome, string>,
  waiting: 'Waiting to be sent',
  /** For staff: why a mail was not sent. Anything else is the mail host's own number. */
  because: (word: string): string => reasons[word] ?? `The mail host answered with ${word.replace(/^smtp-/, '')}.`,
} as const

const reasons: Readonly<Record<string, string>> = {
  erased: 'The person was erased.',
  'no-ground': 'We have no ground, or no longer one, to write to the person for this.',
  'no-address': 'There is no address that a mail can be sent to.',
  'said-no': 'The person said no to this.',
  bounced: 'Mail to the address came back.',
  'bounced-often': 'Mail to the address came back again and again.',
  complained: 'The person complained about our mail.',
  returned: 'A letter to the address came back.',
  'wrong-number': 'The number belongs to somebody else.',
  deceased: 'We were told that the person died.',
  reached: 'The person was reached.',
  'not-reached': 'Nobody answered.',
  'cut-off': 'The program was stopped while it handed the mail over.',
  'no-composer': 'The program does not know this kind of mail.',
}

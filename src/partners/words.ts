import type { ShutReason } from './gate.ts'
import type { CommitmentState } from './register.ts'
import type { ToldState } from './tables.ts'

/** What people read about partners. */
export const partnerWords = {
  /** For staff: why nothing is passed on, and what mends it. */
  shut: {
    'no-commitment':
      'This partner has not promised to protect what it gets. Nothing is passed on until its promise is in the register.',
    expired: 'This partner’s promise to protect what it gets has ended. Nothing is passed on until it is renewed.',
    'unknown-host': 'The program is set to connect to a host that is not in this partner’s row of the register.',
    unknown: 'This partner is not in the register.',
    'not-of-purpose': 'This partner may get nothing for this purpose.',
    'not-on-instructions': 'Only a partner that acts on our instructions alone may get anything for this purpose.',
    'not-needed': 'This partner’s task does not need all that was to be passed on.',
    'unknown-value': 'Something was to be passed on that this partner’s row does not name.',
    'no-ground': 'We have no ground, or no longer one, to use this for the person.',
    erased: 'The person was erased.',
  } satisfies Record<ShutReason, string>,
  /** For staff and for the person: how a partner’s promise stands. */
  commitment: (now: CommitmentState): string => {
    if (now.state === 'none') return 'No promise in the register: nothing is passed on.'
    if (now.state === 'expired') return 'The promise has ended: nothing is passed on.'
    const days = now.days === 1 ? '1 day' : `${now.days} days`
    return now.state === 'live'
      ? `Promised, ${days} to go.`
      : `The promise ends in ${now.days === 0 ? 'less than a day' : days}. Renew it in time.`
  },
  /** For the person: how far a partner knows of the erasure. */
  told: {
    waiting: 'Will be told.',
    told: 'Was told.',
    'nothing-held': 'Holds nothing any more.',
    'by-hand': 'Our staff ask it to delete what its logs still hold; no program can do that for us.',
  } satisfies Record<ToldState, string>,
  /** For staff: what to do about a partner that no machine can tell. */
  tellByHand: (name: string): string =>
    `We cannot tell ${name} by machine. Mails to this person went through it, and its logs may still name the address for a while. Write to it, name the mail references listed here, and ask it to delete those records.`,
} as const

import type { fields } from '../fields.ts'
import type { PurposeSource } from '../types.ts'
import { deliver, visited } from './use.ts'

type F = keyof typeof fields

/** What the law or the safety of the site asks. */
export const dutyPurposes = {
  rights: {
    title: { en: 'To show you what we hold' },
    sentence: {
      en: 'When you ask to see, take or erase your data, we look it up by the address that you type and mail you a link. We do not keep what you typed.',
    },
    basis: 'duty',
    class: 'contract',
    clock: { from: 'asked', period: 'P2D' },
    clockStands: true,
    lasts: { en: 'We may open it for you' },
    typedIsDropped: true,
    fields: {
      email: deliver('To send you the link, and for nothing else.', 'Without it we cannot find what is yours.'),
    },
    intake: [{ en: 'the form “Your data”' }],
    recipients: ['mailHost'],
    openers: ['person', 'program'],
    built: true,
    canBeOff: false,
  },

  signIn: {
    title: { en: 'To let our staff sign in' },
    sentence: { en: 'Staff sign in with a link that works once. Customers have no account and no password here.' },
    basis: 'interest',
    class: 'relation',
    clock: { from: 'signedIn', period: 'PT12H' },
    clockStands: true,
    lasts: { en: 'A sign-in lasts' },
    fields: {},
    intake: [],
    recipients: [],
    openers: [],
    built: true,
    canBeOff: false,
  },

  abuse: {
    title: { en: 'To keep attackers out' },
    sentence: {
      en: 'The program counts requests from one network address, so that nobody can flood it. It holds the address in memory only, scrambled with a key that it makes anew every day, and never writes it down.',
    },
    ...visited,
    intake: [{ en: 'every request to this site' }],
    canBeOff: false,
  },
} as const satisfies Record<string, PurposeSource<F>>

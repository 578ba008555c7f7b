import type { fields } from '../fields.ts'
import type { PurposeSource } from '../types.ts'

type F = keyof typeof fields
import { deliver, helps } from './use.ts'

const OPENERS = ['owner', 'desk', 'person', 'program'] as const

/** What people write, say or send to the vendor by themselves. */
export const messagePurposes = {
  enquiry: {
    title: { en: 'To answer a question' },
    sentence: {
      en: 'You ask about our products before you buy. We answer, and it gives us no permission to send you offers.',
    },
    basis: 'interest',
    class: 'case',
    clock: { from: 'asked', period: 'P30D' },
    shortest: 'P7D',
    fields: {
      email: deliver('To send you the answer, and for nothing else.', 'Without it we cannot answer you.'),
      name: helps('So that we can address you properly.'),
      message: deliver('So that we know what you want to know.', 'Without it there is nothing to answer.'),
    },
    intake: [{ en: 'the form “Help”' }, { en: 'your e-mail' }, { en: 'your telephone call' }],
    recipients: ['mailHost'],
    openers: OPENERS,
    built: true,
    canBeOff: true,
  },
  support: {
    title: { en: 'To help you with a product' },
    sentence: { en: 'We use this to solve your case. We ask only what helps to solve it.' },
    basis: 'contract',
    class: 'case',
    clock: { from: 'closed', period: 'P1Y' },
    shortest: 'P14D',
    fields: {
      email: {
        need: 'required',
        why: { en: 'To send you the answer, and to find your copy.' },
        declining: { en: 'Without it we can help on the telephone only.' },
      },
      name: helps('So that we can address you properly.'),
      telephone: helps('Only if you want us to call you back.'),
      message: deliver('So that we know what is wrong.', 'Without it there is nothing that we can solve.'),
    },
    intake: [{ en: 'the form “Help”' }, { en: 'your e-mail' }, { en: 'your telephone call' }],
    recipients: ['mailHost'],
    openers: OPENERS,
    built: true,
    canBeOff: true,
  },
  correspondence: {
    title: { en: 'To answer a letter' },
    sentence: {
      en: 'You write to us. We answer what you wrote. What we do not need to act on is gone after its time, and we make no profile of whoever wrote it.',
    },
    basis: 'interest',
    class: 'case',
    clock: { from: 'asked', period: 'P30D' },
    shortest: 'P7D',
    fields: {
      email: helps('To answer by e-mail, if your letter says that we may.'),
      name: helps('Goes on the answer.', 'Without it we answer “Dear reader”.'),
      street: helps('Goes on the answer.', 'Without an address we cannot answer by letter.'),
      postcode: helps('Goes on the answer.', 'Without an address we cannot answer by letter.'),
      city: helps('Goes on the answer.', 'Without an address we cannot answer by letter.'),
      country: helps('Goes on the answer.', 'Without an address we cannot answer by letter.'),
      message: deliver('What you wrote to us.', 'Without it there is nothing to answer.'),
    },
    intake: [{ en: 'your letter' }, { en: 'your e-mail' }],
    recipients: ['mailHost'],
    openers: OPENERS,
    built: true,
    canBeOff: true,
  },
} as const satisfies Record<string, PurposeSource<F>>

import type { fields } from '../fields.ts'
import type { PurposeSource } from '../types.ts'
import { deliver, helps, visited } from './use.ts'

type F = keyof typeof fields

const untilNo = {
  clock: { from: 'no', period: 'P0D' },
  clockStands: true,
  basis: 'consent',
  class: 'relation',
} as const
const newsForm = [{ en: 'the form “News”' }, { en: 'your answer to a letter or a call' }] as const

/** What the vendor begins by itself: news, surveys, and counting visits. */
export const outreachPurposes = {
  campaignMail: {
    ...untilNo,
    title: { en: 'To tell you news by e-mail' },
    sentence: {
      en: 'Upgrades, new products and offers by e-mail, only if you asked for it and confirmed it. Each mail has a link that stops it at once.',
    },
    fields: {
      email: deliver('To send you the news.', 'Without it we cannot send you news by e-mail.'),
      name: helps('So that a mail can begin with it.'),
    },
    intake: newsForm,
    recipients: ['mailHost'],
    openers: ['person', 'program'],
    built: true,
    canBeOff: true,
  },
  campaignPost: {
    ...untilNo,
    title: { en: 'To tell you news by post' },
    sentence: { en: 'Upgrades, new products and offers on paper, only if you asked for it. We print them ourselves.' },
    fields: {
      name: deliver('Goes on the letter.', 'Without it we cannot post you news.'),
      street: deliver('Goes on the letter.', 'Without it we cannot post you news.'),
      postcode: helps('Goes on the letter.', 'Leave it empty if your country has none.'),
      city: deliver('Goes on the letter.', 'Without it we cannot post you news.'),
      country: deliver('Goes on the letter.', 'Without it we cannot post you news.'),
    },
    intake: newsForm,
    recipients: [],
    openers: ['owner', 'desk', 'person', 'program'],
    built: true,
    canBeOff: true,
  },
  campaignTelephone: {
    ...untilNo,
    title: { en: 'To tell you news by telephone' },
    sentence: {
      en: 'We call you about upgrades, new products and offers, only if you asked for it. Say no once and we never call again.',
    },
    fields: {
      telephone: deliver('To call you.', 'Without it we cannot call you.'),
      name: helps('So that we ask for the right person.'),
    },
    intake: newsForm,
    recipients: [],
    openers: ['owner', 'desk', 'person', 'program'],
    built: true,
    canBeOff: true,
  },
  survey: {
    title: { en: 'To learn from a survey' },
    sentence: {
      en: 'Now and then we ask owners of our products what they think. Taking part is always optional, and so is every question. A survey says before its first question whether it is anonymous or under your name.',
    },
    basis: 'interest',
    class: 'answer',
    clock: { from: 'asked', period: 'P90D' },
    shortest: 'P7D',
    alsoOpens: { class: 'relation', fields: ['email'] },
    fields: {
      email: helps('To invite you, once for each survey.'),
      answers: {
        need: 'optional',
        why: { en: 'What you answer under your own name. An anonymous survey keeps no name.' },
      },
    },
    intake: [{ en: 'the survey that you answer' }],
    recipients: ['mailHost'],
    openers: ['owner', 'desk', 'person', 'program'],
    built: true,
    canBeOff: true,
  },
  statistics: {
    title: { en: 'To count visits' },
    sentence: {
      en: 'The program counts how many visitors come each day and which pages they read. To count nobody twice it scrambles a shortened network address and the name of the browser with a key that it makes anew every day and destroys at midnight. It uses no cookie for that and gives nothing to anybody.',
    },
    ...visited,
    intake: [{ en: 'every visit to this site' }],
    canBeOff: true,
  },
} as const satisfies Record<string, PurposeSource<F>>

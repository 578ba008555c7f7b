import type { Reason } from './tables.ts'

/** What the pages about cookies and visits say, in one language. */
export type VisitsWords = typeof en

/** These pages in English. */
export const en = {
  title: 'Cookies and counting',
  lede: 'A cookie is a small text that a site hands to your browser, and that the browser shows again at every visit. You need none here: looking, buying, and seeing or erasing your data work with cookies refused.',
  listTitle: 'Every cookie that this site can set',
  cookie: 'Cookie',
  whatFor: 'What it is for',
  ends: 'Ends after',
  none: 'Nothing is set before you choose it, and no other company sets one on these pages.',
  countTitle: 'How visits are counted',
  count:
    'Each day we count how many visitors come, which pages they read and which site led them here. For that we need no cookie. To count nobody twice, the program scrambles the first part of your network address and the name of your browser with a key that it makes anew every day. At midnight the key is destroyed; from then on nobody can tell who came. Of a single visit nothing is written down.',
  countOff: 'This shop does not count visits.',
  countedTitle: 'Your choice: to be counted or not',
  counted: 'You are counted, without anybody knowing who you are.',
  uncountedBySignal: 'You are not counted: the signal of your browser says so.',
  uncounted: 'You are not counted. Your browser shows a cookie that says so.',
  doNotCount: 'Do not count me',
  countMe: 'Count me again',
  knownTitle: 'Your choice: to be recognised or not',
  unknown: 'When you return on another day, we do not know that you have been here before.',
  known: 'When you return on another day, we count that somebody returned.',
  recognise: 'Recognise me when I return',
  forget: 'Do not recognise me any more',
  choosing:
    'Each choice sets one cookie, and taking it back makes it end at once. If nothing changes here when you choose, your browser refuses cookies: then nobody recognises you, and you are counted like everybody.',
  signalTitle: 'The signal of your browser',
  signal: {
    gpc: 'Your browser sends the signal “do not sell or share” (Global Privacy Control). We heed it: this page view is counted, you are not, and you are not recognised, whatever you choose here.',
    dnt: 'Your browser sends the signal “do not track”. We heed it: this page view is counted, you are not, and you are not recognised, whatever you choose here.',
  },
  noSignal:
    'Your browser sends neither “do not sell or share” (Global Privacy Control) nor “do not track”. If it did, we would heed it without being asked: we would count the page view and not you.',

  table: (title: string) => `${title}, as a table`,
  rail: 'Visits',
  deskTitle: 'Visits',
  periods: 'Period',
  days: (days: number) => `${days} days`,
  stretch: (first: string, last: string) => `${first} to ${last}`,
  visitorsFigure: 'visitors, each day’s added up',
  viewsFigure: 'page views',
  returnedFigure: 'of those who asked to be recognised had been here before',
  returnedNote: (returned: number, known: number) => `${returned} of ${known}`,
  nobodyKnown: 'none',
  signalledFigure: 'page views with a signal not to track, counted without a visitor',
  percent: (share: number) => `${Math.round(share * 100)} %`,
  chartTitle: 'Day by day',
  chartLabel: (days: number, most: string) => `Visitors and page views of each of ${days} days. ${most}`,
  visitors: 'Visitors',
  views: 'Page views',
  most: (views: number, day: string) => `Most: ${views} page views on ${day}.`,
  nothingYet: 'Nobody was counted in this time.',
  figures: 'The figures of each day',
  day: 'Day',
  pagesTitle: 'Pages looked at most',
  page: 'Page',
  sourcesTitle: 'Where visitors came from',
  source: 'Site',
  filteredTitle: 'What was not counted as a visit',
  reason: 'Kind',
  requests: 'Requests',
  reasons: {
    robot: 'Robots, and what does not say which browser it is',
    prefetch: 'Pages that a browser fetched ahead',
    method: 'Forms, and other requests that ask for no page',
    background: 'Parts of a page, asked for by the page itself',
    noPage: 'Downloads, redirections and refusals',
  } satisfies Record<Reason, string>,
  how: 'A visitor is one network and one browser on one day: two people in one office with the same browser are one, and who comes on two days is two. Nobody here can look up who it was.',

  traces: (goneAt: string) => ({
    holds: `No mark of a former day is left, no day is kept longer than 25 months, and no counted page is more than its pattern.${goneAt}`,
    broken: 'A mark of a former day, a day that is kept too long, or a page that is more than its pattern was found.',
    nothing: 'Nobody was counted yet, so there was nothing to check.',
  }),
  goneAt: (minute: string) => ` The last day was closed on ${minute}.`,
} as const

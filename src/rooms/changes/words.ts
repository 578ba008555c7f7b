import type { Change } from '../../policy/index.ts'

/** What is said about a change of the policy, in one language. */
export type ChangeWords = typeof en

/** Changes in English. */
export const en = {
  subject: (shop: string, on: string) => `${shop}: our privacy policy changes on ${on}`,
  text: ({ on, changes, shop }: { on: string; changes: readonly Change[]; shop: string }) =>
    [
      `From ${on} our privacy policy says some things differently. You get this mail because we hold something about you. You do not have to do anything.`,
      ...changes.flatMap(said),
      `The whole new policy: ${shop}/privacy/next`,
      `If you do not want that, you can see, object to or erase what we hold about you: ${shop}/your-data`,
    ].join('\n\n'),
  title: (on: string) => `Our privacy policy from ${on}`,
  beingTold: 'This is announced and not in force yet. Everybody whose e-mail address we keep is being told by mail.',
  told: 'This is announced and not in force yet. Everybody whose e-mail address we keep was told by mail; whoever comes now is told in a round that we make once a day.',
  unreached:
    'A mail cannot reach people who wrote us a letter without an e-mail address, or who take news by post or telephone only. For them this page is the notice.',
  changesTitle: 'What changes',
  was: 'Now',
  is: 'Then',
  wholeTitle: 'The whole policy as it will be',
  nothingTitle: 'No change is announced',
  nothing: 'The privacy policy that you can read here stays as it is.',
} as const

function said({ title, was, is }: Change): string[] {
  return [
    title.toUpperCase(),
    ...was.map((sentence) => `Until then: ${sentence}`),
    ...is.map((sentence) => `From then: ${sentence}`),
  ]
}

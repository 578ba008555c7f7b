import type { Ref } from '../../vault/index.ts'

/** A mail of ours that an arrived one answers, and whether it went to the address that now writes. */
export type Answered = { readonly for: Ref; readonly sameAddress: boolean }

/** Where an arrived mail belongs. `proposed` is for a member of staff to accept: somebody else may have got hold of the mail that is answered. */
export type Thread = { readonly outcome: 'begins' } | { readonly outcome: 'joins' | 'proposed'; readonly for: Ref }

/**
 * Finds the conversation of a mail by the mails of ours that it answers, the nearest first. Our Message-IDs cannot be made up, a
 * subject can, so subjects are never looked at. Shape: only references that begin with `about` count.
 */
export function threadFor(answered: readonly Answered[], about: `${string}:`): Thread {
  const ours = answered.filter((mail) => mail.for.startsWith(about))
  const own = ours.find((mail) => mail.sameAddress)
  if (own) return { outcome: 'joins', for: own.for }
  return ours[0] ? { outcome: 'proposed', for: ours[0].for } : { outcome: 'begins' }
}

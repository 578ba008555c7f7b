import type { Clause } from './body.ts'

/** What one clause said before and says now. Shape: a new clause has no `was`, one that was taken out has no `is`. */
export type Change = {
  readonly anchor: string
  readonly title: string
  readonly was: readonly string[]
  readonly is: readonly string[]
}

/** The sentences in which two versions of the policy differ, clause by clause; where a clause stands is no change. */
export function difference(before: readonly Clause[], now: readonly Clause[]): Change[] {
  const anchors = [...new Set([...now, ...before].map((clause) => clause.anchor))]
  return anchors.flatMap((anchor) => {
    const was = before.find((clause) => clause.anchor === anchor)
    const is = now.find((clause) => clause.anchor === anchor)
    const gone = sentences(was).filter((sentence) => !sentences(is).includes(sentence))
    const come = sentences(is).filter((sentence) => !sentences(was).includes(sentence))
    const title = (is ?? was)?.title ?? anchor
    return gone.length + come.length > 0 ? [{ anchor, title, was: gone, is: come }] : []
  })
}

function sentences(clause: Clause | undefined): readonly string[] {
  return clause ? [clause.title, ...clause.sentences] : []
}

import type { Change } from '../../policy/index.ts'

type Props = { changes: readonly Change[]; words: { readonly was: string; readonly is: string } }

/** What changes between two versions of the policy, sentence by sentence: what it was, struck through, and what it is. Shape: `words` say when each holds. */
export function Changes({ changes, words }: Props) {
  return (
    <>
      {changes.map(({ title, was, is }) => (
        <div class="stack g2">
          <h3>{title}</h3>
          {was.map((sentence) => (
            <p>
              <del>
                {words.was}: {sentence}
              </del>
            </p>
          ))}
          {is.map((sentence) => (
            <p>
              <ins>
                {words.is}: {sentence}
              </ins>
            </p>
          ))}
        </div>
      ))}
    </>
  )
}

import type { Child } from 'hono/jsx'

type TypedProps = {
  /** Tells the field from every other on its page; mostly its name. */
  id: string
  label: string
  hint?: Child
  error?: string | undefined
  children?: Child
}

/** One thing to type or choose, with its label, what is wrong with it and what is said about it. Shape: the input's own id is `f-` and `id`. */
export function Typed({ id, label, hint, error, children }: TypedProps) {
  return (
    <div class={error ? 'field wrong' : 'field'}>
      <label for={`f-${id}`}>{label}</label>
      <Wrong id={id} error={error} />
      {children}
      {hint ? (
        <p class="small muted" id={`w-${id}`}>
          {hint}
        </p>
      ) : null}
    </div>
  )
}

/** What is wrong with a field, beside it. Nothing when all is well. */
export function Wrong({ id, error }: { id: string; error: string | undefined }) {
  if (!error) return null
  return (
    <p class="error" id={`e-${id}`}>
      {error}
    </p>
  )
}

/** What ties an input to its error and its hint, for those who cannot see what stands around it. Shape: attributes. */
export function aria(
  id: string,
  error: string | undefined,
  hint = false,
): { 'aria-describedby': string | undefined; 'aria-invalid': 'true' | undefined } {
  const ids = [...(error ? [`e-${id}`] : []), ...(hint ? [`w-${id}`] : [])]
  return { 'aria-describedby': ids.length > 0 ? ids.join(' ') : undefined, 'aria-invalid': error ? 'true' : undefined }
}

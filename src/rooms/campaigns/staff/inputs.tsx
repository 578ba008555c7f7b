import type { Child } from 'hono/jsx'

type TypedProps = { name: string; label: string; hint?: string; error?: string | undefined; children?: Child }

/** One thing that staff type, with its label, what is said about it, and what is wrong with it. */
export function Typed({ name, label, hint, error, children }: TypedProps) {
  return (
    <div class={error ? 'field wrong' : 'field'}>
      <label for={`f-${name}`}>{label}</label>
      {error ? (
        <p class="error" id={`e-${name}`}>
          {error}
        </p>
      ) : null}
      {children}
      {hint ? (
        <p class="small muted" id={`w-${name}`}>
          {hint}
        </p>
      ) : null}
    </div>
  )
}

/** What describes an input to those who cannot see what stands around it. */
export function described(name: string, error: string | undefined, hint = true): string | undefined {
  const ids = [...(error ? [`e-${name}`] : []), ...(hint ? [`w-${name}`] : [])]
  return ids.length > 0 ? ids.join(' ') : undefined
}

type PickProps = {
  name: string
  chosen: string
  nothing: string
  options: readonly { readonly value: string; readonly label: string }[]
}

/** A choice from a list, with a first entry that chooses nothing. */
export function Pick({ name, chosen, nothing, options }: PickProps) {
  return (
    <select id={`f-${name}`} name={name} aria-describedby={`w-${name}`}>
      <option value="" selected={!options.some(({ value }) => value === chosen)}>
        {nothing}
      </option>
      {options.map(({ value, label }) => (
        <option value={value} selected={value === chosen}>
          {label}
        </option>
      ))}
    </select>
  )
}

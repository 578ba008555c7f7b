import type { Child } from 'hono/jsx'
import { places } from '../web.ts'
import { en } from '../words.ts'

/** A clause of the privacy policy, as the policy numbers it. */
export type ClauseRef = { readonly number: number; readonly anchor: string }

/** The stamp: which clause of the policy is at work here. */
export function Stamp({ clause }: { clause: ClauseRef }) {
  return (
    <a class="stamp" href={`${places.privacy}#${clause.anchor}`} aria-label={en.stamp(clause.number)}>
      §{clause.number}
    </a>
  )
}

/** The highlighter: whatever says who somebody is. Text in another direction cannot reorder what stands around it. */
export function Pii({ children }: { children?: Child }) {
  return <bdi class="pii">{children}</bdi>
}

/** The redaction bar: held but not shown. Shape: `width` in characters, rounded to one of five lengths so that it tells nothing. */
export function Bar({ width = 8, label = en.hidden }: { width?: 4 | 6 | 8 | 11 | 14; label?: string }) {
  return <span class={`bar w${width}`} role="img" aria-label={label}></span>
}

/** An id or a key: evidence, set in mono. */
export function Mono({ children }: { children?: Child }) {
  return <span class="mono">{children}</span>
}

/** An instant, as people and as machines read it. */
export function When({ at, text }: { at: Date; text: string }) {
  return <time datetime={at.toISOString()}>{text}</time>
}

/** Whether a promise is kept; only a checked one gets the tick. */
export function State({ state, children }: { state: 'kept' | 'partly' | 'notYet'; children?: Child }) {
  return <span class={`state ${state}`}>{children}</span>
}

import type { Child } from 'hono/jsx'
import { ACTION_FIELD } from '../action.ts'
import { safeHref } from '../safeHref.ts'
import type { Web } from '../web.ts'
import { en } from '../words.ts'

/** How much a button weighs: `main` once on a page, `danger` for what cannot be undone. */
export type Weight = 'main' | 'quiet' | 'danger'

/** A link that only http, https, mailto and relative addresses can go into; anything else is shown as plain text. */
export function Link({
  href,
  class: name,
  current,
  children,
}: {
  href: string
  class?: string
  current?: boolean | undefined
  children?: Child
}) {
  const safe = safeHref(href)
  if (safe === undefined) return <span class={name}>{children}</span>
  return (
    <a href={safe} class={name} aria-current={current ? 'page' : undefined}>
      {children}
    </a>
  )
}

/** A link that looks like a button, for going somewhere. */
export function LinkBtn({
  href,
  weight = 'main',
  wide,
  children,
}: {
  href: string
  weight?: Weight
  wide?: boolean
  children?: Child
}) {
  return (
    <Link href={href} class={look(weight, wide)}>
      {children}
    </Link>
  )
}

/** A button that sends its form. `about` is said to those who cannot see what stands around it. */
export function Btn(props: {
  weight?: Weight
  wide?: boolean
  name?: string
  value?: string
  about?: string
  children?: Child
}) {
  const { weight = 'main', wide, name, value, about, children } = props
  return (
    <button type="submit" class={look(weight, wide)} name={name} value={value}>
      {children}
      {about ? <span class="vh"> {about}</span> : null}
    </button>
  )
}

function look(weight: Weight, wide: boolean | undefined): string {
  return ['btn', weight === 'main' ? '' : weight, wide ? 'wide' : ''].filter(Boolean).join(' ')
}

/** A form that changes something. It carries the action token of its own path, so that it works where browsers send no origin. `files`: it may carry some. */
export function PostForm({
  web,
  action,
  class: name,
  files,
  children,
}: {
  web: Web
  action: string
  class?: string
  files?: boolean
  children?: Child
}) {
  return (
    <form method="post" action={action} class={name} enctype={files ? 'multipart/form-data' : undefined} novalidate>
      <ActionToken web={web} path={action} />
      {children}
    </form>
  )
}

/** The hidden proof that a form was made here, for the path that it is sent to. */
export function ActionToken({ web, path }: { web: Web; path: string }) {
  return <input type="hidden" name={ACTION_FIELD} value={web.action.mint(path)} />
}

/** The button beside a redaction bar. `what` says what would be shown, for instance `the sender of T-2291`. */
export function Reveal({ web, action, what }: { web: Web; action: string; what: string }) {
  return (
    <PostForm web={web} action={action} class="reveal-form">
      <button type="submit" class="reveal">
        {en.reveal}
        <span class="vh"> {what}</span>
      </button>
    </PostForm>
  )
}

import type { Child } from 'hono/jsx'

/** The one raised surface: a white sheet with a heading. `aside` stands at the end of the heading's line. */
export function Sheet({ id, title, aside, children }: { id: string; title: string; aside?: Child; children?: Child }) {
  return (
    <section class="sheet" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {aside}
      </header>
      <div class="pad stack g5">{children}</div>
    </section>
  )
}

/** Two columns on a wide screen: what is said, and beside it the sheet that goes along with the reader. */
export function Split({ aside, children }: { aside: Child; children?: Child }) {
  return (
    <div class="split">
      <div class="stack g6">{children}</div>
      <aside>{aside}</aside>
    </div>
  )
}

/** A part of a page under a heading of its own. */
export function Part({ id, title, children }: { id: string; title: string; children?: Child }) {
  return (
    <section class="stack" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  )
}

/** Something worth knowing: `kept` for a promise that holds, `wait` for what is not so yet, `harm` for what cannot be undone. */
export function Notice({ kind = 'kept', children }: { kind?: 'kept' | 'wait' | 'harm'; children?: Child }) {
  return (
    <div class={`notice ${kind}`}>
      {kind === 'kept' ? (
        <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
          <path d="M4 12.5l5 5L20 6.5" />
        </svg>
      ) : null}
      <div>{children}</div>
    </div>
  )
}

/** Four redacted groups of digits beside the promise that card numbers go past us. */
export function CardSeal({ children }: { children?: Child }) {
  return (
    <div class="sealed">
      <div class="cells" aria-hidden="true">
        <span class="bar"></span>
        <span class="bar"></span>
        <span class="bar"></span>
        <span class="bar"></span>
      </div>
      <p>{children}</p>
    </div>
  )
}

/** The address label of a parcel; printing the page prints nothing else. Shape: `lines` as they go on the parcel. */
export function AddressLabel({ lines }: { lines: readonly string[] }) {
  return (
    <address class="label">
      {lines.map((line) => (
        <bdi class="pii">{line}</bdi>
      ))}
    </address>
  )
}

import type { Child } from 'hono/jsx'
import { Stamp, When, type ClauseRef } from './marks.tsx'

/** A line of a bill. Shape: `amount` as people read it, for instance `€59.29`. */
export type BillLine = { readonly label: string; readonly amount: string; readonly quiet?: boolean }

/** What is to pay: the gross total first and biggest, then what it is made of. */
export function Bill({ total, lines }: { total: { label: string; amount: string }; lines: readonly BillLine[] }) {
  return (
    <dl class="bill">
      <div class="total">
        <dt>{total.label}</dt>
        <dd>{total.amount}</dd>
      </div>
      {lines.map(({ label, amount, quiet }) => (
        <div class={quiet ? 'muted' : undefined}>
          <dt>{label}</dt>
          <dd>{amount}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Facts in two columns, ruled like a ledger. */
export function Ledger({ rows }: { rows: readonly { readonly term: string; readonly text: Child }[] }) {
  return (
    <dl class="ledger">
      {rows.map(({ term, text }) => (
        <div>
          <dt>{term}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  )
}

/** What happened, newest first. `you` marks what the reader did. */
export type TrailEntry = { readonly at: Date; readonly atText: string; readonly text: Child; readonly you?: boolean }

/** Who has seen or been given something, and when. */
export function Trail({ entries }: { entries: readonly TrailEntry[] }) {
  return (
    <ol class="trail">
      {entries.map(({ at, atText, text, you }) => (
        <li class={you ? 'you' : undefined}>
          <When at={at} text={atText} />
          <div>{text}</div>
        </li>
      ))}
    </ol>
  )
}

/** One fact that is held. Shape: `act` is a link or a small form. */
export type HeldFact = { readonly term: string; readonly value: Child; readonly act?: Child }

type HoldingProps = { title: string; kept: Child; clause: ClauseRef; facts: readonly HeldFact[]; children?: Child }

/** What is held for one reason: the reason, how long, and each fact with what can be done about it. */
export function Holding({ title, kept, clause, facts, children }: HoldingProps) {
  return (
    <div class="holding">
      <div class="stack g2">
        <h3>{title}</h3>
        <p class="small muted">
          {kept} <Stamp clause={clause} />
        </p>
        {children}
      </div>
      <dl class="facts">
        {facts.map(({ term, value, act }) => (
          <div>
            <dt>{term}</dt>
            <dd>{value}</dd>
            {act ? <dd class="act">{act}</dd> : null}
          </div>
        ))}
      </dl>
    </div>
  )
}

/** Numbers set as text, on a rule. */
export function Figures({
  items,
}: {
  items: readonly { readonly value: string; readonly label: string; readonly note?: string }[]
}) {
  return (
    <dl class="figs">
      {items.map(({ value, label, note }) => (
        <div>
          <dt>{label}</dt>
          <dd>{value}</dd>
          {note ? <dd class="note">{note}</dd> : null}
        </div>
      ))}
    </dl>
  )
}

type TableProps = {
  label: string
  head: readonly string[]
  rows: readonly (readonly Child[])[]
  right?: readonly number[]
}

/** A table that scrolls sideways where it must; the first cell of a row names it. Shape: `right` are columns of figures, counted from 0. */
export function Table({ label, head, rows, right = [] }: TableProps) {
  const side = (column: number): string | undefined => (right.includes(column) ? 'r' : undefined)
  return (
    <section class="scroll" tabindex={0} aria-label={label}>
      <table class="tbl">
        <thead>
          <tr>
            {head.map((text, column) => (
              <th scope="col" class={side(column)}>
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([first, ...rest]) => (
            <tr>
              <th scope="row">{first}</th>
              {rest.map((cell, column) => (
                <td class={side(column + 1)}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

type ClauseRow = { readonly clause: ClauseRef; readonly text: Child; readonly state: Child }

/** Promises, each with its clause and whether it is kept. */
export function ClauseRows({ rows }: { rows: readonly ClauseRow[] }) {
  return (
    <ul class="clause-rows">
      {rows.map(({ clause, text, state }) => (
        <li>
          <Stamp clause={clause} />
          <div>{text}</div>
          {state}
        </li>
      ))}
    </ul>
  )
}

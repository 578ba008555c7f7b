import { Hono } from 'hono'
import { clauseFor, promisesOf, type PromiseRow } from '../../policy/index.ts'
import { Page, Stamp, State } from '../../web/index.ts'
import type { PromisesContext } from './context.ts'
import { openEvidence, type Evidence } from './evidence.ts'
import { en } from './words.ts'

type Row = { readonly promise: PromiseRow; readonly evidence: Evidence | undefined }

/** The page on which every promise says how it is kept and when that was last checked. */
export function promisesRoutes(ctx: PromisesContext): Hono {
  const evidenceOf = openEvidence(ctx)
  return new Hono().get('/promises', async (c) => {
    const rows: Row[] = []
    for (const promise of promisesOf(ctx.policy))
      rows.push({ promise, evidence: promise.evidence && (await evidenceOf(promise.evidence)) })
    return c.html(<PromisesPage ctx={ctx} rows={rows} />)
  })
}

function PromisesPage({ ctx, rows }: { ctx: PromisesContext; rows: readonly Row[] }) {
  const count = (state: PromiseRow['state']): number => rows.filter((row) => row.promise.state === state).length
  return (
    <Page web={ctx.web} title={en.title} nav="promises" description={en.lede}>
      <div class="stack">
        <h1>{en.title}</h1>
        <p class="lede">{en.lede}</p>
        <p>{en.counted(count('kept'), count('partly'), count('notYet'))}</p>
      </div>
      <ul class="clause-rows promises">
        {rows.map((row) => (
          <li id={row.promise.id}>
            <Stamp clause={clauseFor(ctx.policy, row.promise.clause)} />
            <PromiseText ctx={ctx} row={row} />
            <StateMark row={row} />
          </li>
        ))}
      </ul>
    </Page>
  )
}

function PromiseText({ ctx, row }: { ctx: PromisesContext; row: Row }) {
  const { promise, evidence } = row
  return (
    <div class="stack g2">
      <p>
        <strong>{promise.sentence}</strong>
      </p>
      {promise.how ? <p>{promise.how}</p> : null}
      {promise.missing ? <p class="muted">{promise.missing}</p> : null}
      {evidence ? (
        <p class="small muted">
          {evidence.text} {en.lookedAt(ctx.web.dates.minute(evidence.at))} {promise.test ? en.attacked : ''}
        </p>
      ) : null}
      {evidence && !evidence.holds ? <p class="error">{en.brokenText}</p> : null}
    </div>
  )
}

function StateMark({ row }: { row: Row }) {
  if (row.evidence && !row.evidence.holds) return <State state="notYet">{en.broken}</State>
  const { state } = row.promise
  return <State state={state === 'off' ? 'partly' : state}>{en.state[state]}</State>
}

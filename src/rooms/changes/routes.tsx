import { Hono, type Context } from 'hono'
import { difference, type Change, type Clause } from '../../policy/index.ts'
import { Page, Part, Changes } from '../../web/index.ts'
import type { ChangeContext } from './context.ts'
import { changeAhead, dayOf } from './tell.ts'
import { en } from './words.ts'

/** The page of an announced change. */
export function changeRoutes(ctx: ChangeContext): Hono {
  return new Hono().get('/privacy/next', (c) => show(ctx, c))
}

async function show(ctx: ChangeContext, c: Context): Promise<Response> {
  const change = await changeAhead(ctx)
  if (!ctx.next || !change)
    return c.html(
      <Page web={ctx.web} title={en.nothingTitle} nav="privacy" noindex>
        <h1>{en.nothingTitle}</h1>
        <p class="lede">{en.nothing}</p>
      </Page>,
    )
  const next = ctx.next.clauses
  const changes = difference(ctx.inForce, next)
  return c.html(<NextPage ctx={ctx} on={dayOf(ctx, change)} of={{ changes, next, told: change.toldAt !== null }} />)
}

type Of = { readonly changes: readonly Change[]; readonly next: readonly Clause[]; readonly told: boolean }

function NextPage({ ctx, on, of }: { ctx: ChangeContext; on: string; of: Of }) {
  return (
    <Page web={ctx.web} title={en.title(on)} nav="privacy" noindex>
      <div class="stack">
        <h1>{en.title(on)}</h1>
        <p class="lede">{of.told ? en.told : en.beingTold}</p>
        {of.told && <p>{en.unreached}</p>}
      </div>
      <Part id="changes" title={en.changesTitle}>
        <Changes changes={of.changes} words={en} />
      </Part>
      <Part id="whole" title={en.wholeTitle}>
        {of.next.map((clause) => (
          <section class="stack g3 clause">
            <h3>
              <span class="stamp">§{clause.number}</span> {clause.title}
            </h3>
            {clause.sentences.map((sentence) => (
              <p>{sentence}</p>
            ))}
          </section>
        ))}
      </Part>
    </Page>
  )
}

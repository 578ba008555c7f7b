import { keptText, type RetentionClass } from '../../policy/index.ts'
import { Btn, Notice, PostForm, Sheet, Table, type AtDesk } from '../../web/index.ts'
import type { RetentionContext } from './context.ts'
import type { Run } from './queries.ts'
import type { Ahead } from './run.ts'
import { en } from './words.ts'

type Props = {
  readonly ctx: RetentionContext
  readonly at: AtDesk
  readonly ahead: Ahead
  readonly past: readonly Run[]
}

/** What is over, what the last runs did, and the button for a run that was held. */
export function RetentionPage({ ctx, at, ahead, past }: Props) {
  return (
    <ctx.desk.Page at={at} title={en.title} here="/desk/retention">
      <div class="stack">
        <h1>{en.title}</h1>
        <p class="lede">{en.lede}</p>
      </div>
      {ahead.held ? <HeldNotice ctx={ctx} at={at} because={ahead.held} /> : null}
      <Sheet id="ahead" title={en.aheadTitle}>
        <Over ctx={ctx} ahead={ahead} />
      </Sheet>
      <Sheet id="past" title={en.pastTitle}>
        {past.length > 0 ? (
          <Table label={en.pastTable} head={[en.when, en.did]} rows={past.map((run) => pastRow(ctx, run))} />
        ) : (
          <p>{en.none}</p>
        )}
      </Sheet>
      <Sheet id="clocks" title={en.clocksTitle}>
        <Table label={en.clocksTable} head={[en.purpose, en.kept]} rows={clockRows(ctx)} />
      </Sheet>
    </ctx.desk.Page>
  )
}

function HeldNotice({ ctx, at, because }: Pick<Props, 'ctx' | 'at'> & { because: NonNullable<Ahead['held']> }) {
  return (
    <Notice kind="harm">
      <div class="stack g2">
        <h2>{en.heldTitle}</h2>
        <p>{en.held[because]}</p>
        <p>{en.look(ctx.web.dates.day(ctx.now()))}</p>
        {at.staff.role === 'owner' ? (
          <PostForm web={ctx.web} action="/desk/retention">
            <Btn weight="danger" name="do" value="anyway">
              {en.goOn}
            </Btn>
          </PostForm>
        ) : (
          <p>{en.ownerOnly}</p>
        )}
      </div>
    </Notice>
  )
}

function Over({ ctx, ahead }: Pick<Props, 'ctx' | 'ahead'>) {
  const rows = overRows(ahead)
  if (rows.length === 0) return <p>{en.nothing}</p>
  return (
    <>
      <Table label={en.aheadTable} head={[en.kind, en.count]} rows={rows} right={[1]} />
      {ahead.held ? null : (
        <>
          <p>{en.next}</p>
          <PostForm web={ctx.web} action="/desk/retention">
            <Btn weight="quiet" name="do" value="now">
              {en.runNow}
            </Btn>
          </PostForm>
        </>
      )}
    </>
  )
}

function overRows({ due, drafts }: Ahead): string[][] {
  const classes = due.over.flatMap((one) => one.classes)
  const countOf = (retention: RetentionClass): number => classes.filter((one) => one === retention).length
  return [
    ...(drafts.length > 0 ? [[en.drafts, String(drafts.length)]] : []),
    ...[...new Set(classes)].map((retention) => [en.classes[retention], String(countOf(retention))]),
    ...(due.groups > 0 ? [[en.groups, String(due.groups)]] : []),
  ]
}

function pastRow(ctx: RetentionContext, run: Run): string[] {
  return [ctx.web.dates.minute(run.at), run.outcome === 'held' ? en.stopped : en.done(run.persons, run.drafts)]
}

function clockRows({ policy }: RetentionContext): string[][] {
  return Object.values(policy.purposes).map((purpose) => [purpose.title.en, keptText(purpose.clock)])
}

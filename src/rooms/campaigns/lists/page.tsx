import { Btn, Choices, ErrorSummary, Notice, PostForm, Sheet, Table, Typed } from '../../../web/index.ts'
import { channelsOn } from '../news/pages.tsx'
import { deskPath, Frame, type DeskProps } from '../staff/pages.tsx'
import type { SortedList } from './takeIn.ts'
import { en } from '../staff/words.ts'

/** What the page shows: what was typed, and what was found in it. */
export type Shown = {
  readonly channel: string
  readonly list: string
  readonly error?: string
  readonly sorted?: SortedList
  readonly taken?: number
}

/** Taking in a list: first what would come of it, then doing it. */
export function ImportPage({ ctx, at, shown }: DeskProps & { shown: Shown }) {
  const { channel, list, error, sorted, taken } = shown
  return (
    <Frame ctx={ctx} at={at} title={en.importTitle}>
      <ErrorSummary errors={error ? { channel: error } : {}} />
      <p class="lede">{en.importLede}</p>
      <Found shown={shown} />
      <PostForm web={ctx.web} action={`${deskPath}/import`} class="stack g5">
        <Choices
          name="channel"
          legend={en.channel}
          choices={channelsOn(ctx).map((value) => ({ value, label: en.way[value], note: en.importHint[value] }))}
          chosen={channel}
          error={error}
        />
        <Typed id="list" label={en.importField}>
          <textarea id="f-list" name="list" rows={12}>
            {list}
          </textarea>
        </Typed>
        <div class="row">
          <TakeBtn fresh={taken === undefined ? (sorted?.fresh.length ?? 0) : 0} />
          <Btn weight="quiet" name="do" value="look">
            {en.importTry}
          </Btn>
        </div>
      </PostForm>
    </Frame>
  )
}

/** What was found in the list, or that it was taken in. */
function Found({ shown: { sorted, taken } }: { shown: Shown }) {
  return (
    <>
      {taken === undefined ? null : <Notice>{en.importDone(taken)}</Notice>}
      {sorted && taken === undefined ? <Counts sorted={sorted} /> : null}
      {sorted && sorted.bad.length > 0 ? <Faults bad={sorted.bad} /> : null}
    </>
  )
}

function TakeBtn({ fresh }: { fresh: number }) {
  if (fresh === 0) return null
  return (
    <Btn name="do" value="take">
      {en.importDo(fresh)}
    </Btn>
  )
}

function Counts({ sorted }: { sorted: SortedList }) {
  const rows = [
    [en.importGood, sorted.fresh.length],
    [en.importStopped, sorted.stopped],
    [en.importKnown, sorted.known],
    [en.importBad, sorted.bad.length],
  ]
  return (
    <Sheet id="counts" title={en.importCounts}>
      <Table
        label={en.importTable}
        head={[en.reason, en.people]}
        rows={rows.map((row) => row.map(String))}
        right={[1]}
      />
    </Sheet>
  )
}

const MOST_SHOWN = 100

function Faults({ bad }: { bad: SortedList['bad'] }) {
  const rows = bad.slice(0, MOST_SHOWN).map(({ line, fault }) => [String(line), en.faults[fault]])
  return (
    <Sheet id="faults" title={en.importBad}>
      <Table label={en.importFaults} head={[en.importLine, en.importFault]} rows={rows} />
    </Sheet>
  )
}

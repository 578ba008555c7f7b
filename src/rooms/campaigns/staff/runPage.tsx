import { Btn, LinkBtn, PostForm, Sheet, Table } from '../../../web/index.ts'
import type { Campaign } from '../queries.ts'
import type { MarkKind } from '../tables.ts'
import { Frame, pathOf, type DeskProps } from './pages.tsx'
import { counted, en } from './words.ts'

/** What is known of a campaign that was started. Shape: `tally` by outcome. */
export type Run = {
  readonly campaign: Campaign
  readonly recipients: { readonly all: number; readonly open: number }
  readonly tally: Readonly<Record<string, number>>
  readonly marks: Readonly<Record<MarkKind, number>>
}

/** A campaign that was started: holding it, going on, and how it went. */
export function RunPage({ ctx, at, run }: DeskProps & { run: Run }) {
  const { campaign } = run
  return (
    <Frame ctx={ctx} at={at} title={campaign.heading} channel={campaign.channel}>
      <p class="lede">
        {en.way[campaign.channel]}: {en.states[campaign.state]}
      </p>
      <Steps ctx={ctx} campaign={campaign} />
      {campaign.channel === 'post' ? <PrintSheet ctx={ctx} run={run} /> : null}
      {campaign.channel === 'telephone' ? <CallSheet campaign={campaign} /> : null}

      <Results ctx={ctx} run={run} />
    </Frame>
  )
}

function Steps({ ctx, campaign }: { ctx: DeskProps['ctx']; campaign: Campaign }) {
  const path = pathOf(campaign)
  const step = (name: string, words: string) => (
    <PostForm web={ctx.web} action={`${path}/${name}`}>
      <Btn weight="quiet">{words}</Btn>
    </PostForm>
  )
  return (
    <div class="row">
      {campaign.state === 'sending' ? step('pause', en.pause) : null}
      {campaign.state === 'paused' ? step('go-on', en.goOn) : null}
      {campaign.channel !== 'mail' && campaign.state === 'sending' ? step('finish', en.finish) : null}
    </div>
  )
}

function PrintSheet({ ctx, run }: { ctx: DeskProps['ctx']; run: Run }) {
  const { campaign, tally, recipients } = run
  const path = `${pathOf(campaign)}/print`
  return (
    <Sheet id="print" title={en.print}>
      <p>{en.printLede(counted(recipients.all))}</p>
      <p>{en.printed(counted(tally['handed-over'] ?? 0), counted(tally['dropped'] ?? 0))}</p>
      {campaign.state === 'sending' ? (
        <PostForm web={ctx.web} action={path} class="row">
          <Btn name="what" value="letters">
            {en.letters}
          </Btn>
          <Btn weight="quiet" name="what" value="labels">
            {en.labels}
          </Btn>
        </PostForm>
      ) : null}
    </Sheet>
  )
}

function CallSheet({ campaign }: { campaign: Campaign }) {
  return (
    <Sheet id="calls" title={en.calls}>
      <p>{en.callLede}</p>
      {campaign.state === 'sending' ? (
        <p>
          <LinkBtn href={`${pathOf(campaign)}/calls`}>{en.calls}</LinkBtn>
        </p>
      ) : null}
    </Sheet>
  )
}

function Results({ ctx, run }: { ctx: DeskProps['ctx']; run: Run }) {
  const { campaign, tally, marks, recipients } = run
  const outcomes = Object.entries(tally).map(([outcome, count]) => [en.outcomes[outcome] ?? outcome, counted(count)])
  const waiting = recipients.open > 0 ? [[en.open, counted(recipients.open)]] : []
  const back = (['reply', 'order', 'no'] as const).map((kind) => [en.marks[kind], counted(marks[kind])])
  const unknown = tally['unknown'] ?? 0
  return (
    <Sheet id="results" title={en.results}>
      <Table
        label={en.resultTable}
        head={[en.result, en.people]}
        rows={[...outcomes, ...waiting, ...back]}
        right={[1]}
      />
      {unknown > 0 ? (
        <PostForm web={ctx.web} action={`${pathOf(campaign)}/again`} class="stack g2">
          <Btn weight="quiet">{en.again(unknown)}</Btn>
          <p class="small muted">{en.againHint}</p>
        </PostForm>
      ) : null}
      <p>{en.codeLine(campaign.code)}</p>
      <p class="small muted">{en.noTracking}</p>
    </Sheet>
  )
}

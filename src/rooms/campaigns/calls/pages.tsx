import { Btn, Ledger, Notice, Pii, PostForm, Sheet } from '../../../web/index.ts'
import type { Campaign } from '../queries.ts'
import { named } from '../send/compose.ts'
import { Frame, pathOf, type DeskProps } from '../staff/pages.tsx'
import { en } from '../staff/words.ts'

type Props = DeskProps & { campaign: Campaign }

/** The person who is to be called now. */
export type ToCall = {
  readonly id: string
  readonly tries: number
  readonly telephone: string
  readonly name: string | undefined
  readonly askedOn: string
}

/** The call list before anybody is shown. */
export function CallListPage({ ctx, at, campaign, empty = false }: Props & { empty?: boolean }) {
  return (
    <Frame ctx={ctx} at={at} title={`${en.calls}: ${campaign.heading}`} channel="telephone">
      {empty ? <Notice kind="wait">{en.callNone}</Notice> : null}
      <p class="lede">{en.callLede}</p>
      <PostForm web={ctx.web} action={`${pathOf(campaign)}/calls`}>
        <Btn>{en.call}</Btn>
      </PostForm>
    </Frame>
  )
}

/** One person: whom to call, what to say first, what to say, and how it ended. */
export function CallPage({ ctx, at, campaign, next }: Props & { next: ToCall }) {
  return (
    <Frame ctx={ctx} at={at} title={en.callTitle} channel="telephone">
      <Notice kind="wait">{en.callFirst(ctx.policy.controller.name, next.askedOn)}</Notice>
      <Ledger
        rows={[
          { term: en.callWho, text: next.name ? <Pii>{next.name}</Pii> : en.callNoName },
          { term: en.callNumber, text: <Pii>{next.telephone}</Pii> },
          { term: en.calls, text: en.callTries(next.tries) },
        ]}
      />
      <Sheet id="words" title={en.callWords}>
        {named(campaign.words, next.name)
          .split(/\n{2,}/)
          .map((paragraph) => (
            <p>{paragraph}</p>
          ))}
      </Sheet>
      <Outcome ctx={ctx} campaign={campaign} id={next.id} />
    </Frame>
  )
}

/** *Do not call again* has a key of its own, for a hand that holds a receiver. */
function Outcome({ ctx, campaign, id }: { ctx: DeskProps['ctx']; campaign: Campaign; id: string }) {
  return (
    <Sheet id="outcome" title={en.callOutcome}>
      <PostForm web={ctx.web} action={`${pathOf(campaign)}/calls/outcome`} class="row">
        <input type="hidden" name="who" value={id} />
        <Btn name="outcome" value="reached">
          {en.callReached}
        </Btn>
        <Btn weight="quiet" name="outcome" value="not-reached">
          {en.callMissed}
        </Btn>
        <button type="submit" class="btn danger" name="outcome" value="said-no" accesskey="n">
          {en.callNo}
        </button>
        <Btn weight="danger" name="outcome" value="wrong-number">
          {en.callWrong}
        </Btn>
      </PostForm>
      <p class="small muted">{en.callNoHint}</p>
    </Sheet>
  )
}

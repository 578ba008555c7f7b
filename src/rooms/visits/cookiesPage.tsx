import { clauseFor } from '../../policy/index.ts'
import { Btn, Mono, Page, Part, PostForm, Stamp, Table } from '../../web/index.ts'
import type { VisitsContext } from './context.ts'
import type { Signal } from './count/judge.ts'
import { en } from './words.ts'

type Props = {
  readonly ctx: VisitsContext
  readonly uncounted: boolean
  readonly known: boolean
  readonly signal: Signal | undefined
}

/** Every cookie of the register, the visitor's own choices, and whether the browser's signal is heeded now. */
export function CookiesPage({ ctx, uncounted, known, signal }: Props) {
  const rows = ctx.policy.cookies.map((cookie) => [<Mono>{cookie.name}</Mono>, cookie.whatFor.en, cookie.lifetime.en])
  return (
    <Page web={ctx.web} title={en.title} description={en.lede}>
      <div class="stack">
        <h1>
          {en.title} <Stamp clause={clauseFor(ctx.policy, 'cookies')} />
        </h1>
        <p class="lede">{en.lede}</p>
      </div>
      <Part id="list" title={en.listTitle}>
        <Table label={en.table(en.listTitle)} head={[en.cookie, en.whatFor, en.ends]} rows={rows} />
        <p>{en.none}</p>
      </Part>
      <Part id="counting" title={en.countTitle}>
        <p>
          {ctx.counter ? en.count : en.countOff}{' '}
          {ctx.counter ? <Stamp clause={clauseFor(ctx.policy, 'statistics')} /> : null}
        </p>
      </Part>
      {ctx.counter ? <Choosing ctx={ctx} uncounted={uncounted} known={known} signal={signal} /> : null}
    </Page>
  )
}

function Choosing({ ctx, uncounted, known, signal }: Props) {
  return (
    <>
      <Part id="counted" title={en.countedTitle}>
        <p>{uncounted ? en.uncounted : signal ? en.uncountedBySignal : en.counted}</p>
        <Choice ctx={ctx} choice={uncounted ? 'counted' : 'uncounted'} text={uncounted ? en.countMe : en.doNotCount} />
      </Part>
      <Part id="known" title={en.knownTitle}>
        <p>{known ? en.known : en.unknown}</p>
        <Choice ctx={ctx} choice={known ? 'unknown' : 'known'} text={known ? en.forget : en.recognise} />
        <p class="small muted">{en.choosing}</p>
      </Part>
      <Part id="signal" title={en.signalTitle}>
        <p>{signal ? en.signal[signal] : en.noSignal}</p>
      </Part>
    </>
  )
}

function Choice({ ctx, choice, text }: { ctx: VisitsContext; choice: string; text: string }) {
  return (
    <PostForm web={ctx.web} action="/cookies">
      <Btn weight="quiet" name="choice" value={choice}>
        {text}
      </Btn>
    </PostForm>
  )
}

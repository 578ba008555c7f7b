import type { Fact, OrderRow } from '../../core/orders/index.ts'
import type { KeptMessage } from '../../core/payments/index.ts'
import { formatMoney } from '../../lib/index.ts'
import { recipientName, valueText, type Field } from '../../policy/index.ts'
import { Btn, Link, Mono, Notice, PostForm, Trail, type AtDesk } from '../../web/index.ts'
import type { PaymentsContext } from './context.ts'
import type { Entry } from './timeline.ts'
import { en } from './words.ts'

type Props = { ctx: PaymentsContext; at: AtDesk; order: OrderRow; entries: readonly Entry[] }

/** What happened to the payments of an order. Values are not shown: only what they are. */
export function TimelinePage({ ctx, at, order, entries }: Props) {
  const title = en.timelineTitle(order.number)
  return (
    <ctx.desk.Page at={at} title={title} here="/desk/orders">
      <div class="stack">
        <h1>{title}</h1>
        <p class="lede">{en.timelineLede}</p>
      </div>
      <Trail
        entries={entries.map((entry) => ({
          at: entry.at,
          atText: ctx.web.dates.minute(entry.at),
          text: <Told ctx={ctx} at={at} order={order} entry={entry} />,
        }))}
      />
      <p>
        <Link href={`/desk/orders/${order.number}`}>{en.back}</Link>
      </p>
    </ctx.desk.Page>
  )
}

function Told({ ctx, at, order, entry }: Omit<Props, 'entries'> & { entry: Entry }) {
  if (entry.kind === 'fact') return <FactLine ctx={ctx} fact={entry.fact} currency={order.currency} />
  if (entry.kind === 'message') return <MessageLine ctx={ctx} at={at} order={order} message={entry.message} />
  const { name, fields, values } = entry.passed
  const labels = fields.map((field) => ctx.policy.fields[field as Field]?.label.en.toLowerCase() ?? field)
  return (
    <>
      <p>{en.passedOn(name, labels, values.map(valueText))}</p>
      {fields.length === 0 ? <p class="small muted">{en.nothingPersonal}</p> : null}
    </>
  )
}

function FactLine({ ctx, fact, currency }: { ctx: PaymentsContext; fact: Fact; currency: string }) {
  const own = en.own[fact.source]
  const adapter = ctx.payments.processors.of(fact.source)
  const money =
    fact.amountMinor === undefined ? '' : formatMoney({ minor: fact.amountMinor, currency: fact.currency ?? currency })
  const notes = [
    ...(own === undefined && fact.ref ? [en.reference(fact.ref)] : []),
    ...(adapter?.facts.channel === 'TLS only' ? [en.notSigned] : []),
  ]
  return (
    <>
      <p>
        {en.told(own ?? recipientName(ctx.policy, fact.source), en.facts[fact.kind] ?? fact.kind)}{' '}
        <strong>{money}</strong>
      </p>
      {notes.length > 0 ? (
        <p class="small muted">
          <Mono>{notes.join(' · ')}</Mono>
        </p>
      ) : null}
    </>
  )
}

function MessageLine({ ctx, at, order, message }: Omit<Props, 'entries'> & { message: KeptMessage }) {
  return (
    <>
      <p>{en.message(recipientName(ctx.policy, message.processor), message.endpoint)}</p>
      {at.staff.role === 'owner' ? (
        <PostForm web={ctx.web} action={`/desk/orders/${order.number}/payments/open`} class="stack g2">
          <input type="hidden" name="message" value={message.id} />
          <Btn weight="quiet">{en.open}</Btn>
          <p class="small muted">{en.openNote}</p>
        </PostForm>
      ) : (
        <p class="small muted">{en.ownerOnly}</p>
      )}
    </>
  )
}

/** One opened message. */
export function MessagePage({ ctx, at, order, text }: Omit<Props, 'entries'> & { text: string | undefined }) {
  return (
    <ctx.desk.Page at={at} title={en.messageTitle} here="/desk/orders" purpose="refunds">
      <h1>{en.messageTitle}</h1>
      {text === undefined ? <Notice kind="wait">{en.gone}</Notice> : <pre class="mail">{readable(text)}</pre>}
      <p>
        <Link href={`/desk/orders/${order.number}/payments`}>{en.backToTimeline}</Link>
      </p>
    </ctx.desk.Page>
  )
}

/** A message in JSON as people can read it; any other as it is. */
function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

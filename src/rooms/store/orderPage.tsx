import type { ShownKey } from '../../core/licences/index.ts'
import type { OrderLine, OrderRow, OrderState } from '../../core/orders/index.ts'
import { formatMoney } from '../../lib/index.ts'
import { Bill, Btn, Link, LinkBtn, Mono, Notice, Page, Part, PostForm, type BillLine } from '../../web/index.ts'
import { HowToPayPart } from './byHand/part.tsx'
import type { HowToPay } from './byHand/howToPay.ts'
import type { StoreContext } from './context.ts'
import { en } from './words.ts'

/** What the page after the payment and the mailed order page show: nothing that says who ordered. */
export type OrderView = {
  readonly order: OrderRow
  readonly state: OrderState
  readonly lines: readonly OrderLine[]
  readonly keys: readonly ShownKey[]
  /** How to pay by hand, while the order waits for that. */
  readonly toPay: HowToPay | undefined
}

type ViewProps = { ctx: StoreContext; view: OrderView; path: string }

/** Where a browser comes back to from the processor. */
export function ReturnPage({ ctx, view, path }: ViewProps) {
  const title = returnTitle(view)
  return (
    <Page web={ctx.web} title={title} nav="store" noindex>
      <div class="stack">
        <h1>{title}</h1>
        <p class="lede">{returnText(view)}</p>
      </div>
      <HowToPayPart ctx={ctx} toPay={view.toPay} />
      {view.toPay || view.state.paidAt || view.state.cancelled ? null : <Unpaid ctx={ctx} view={view} path={path} />}
      <Keys view={view} path={path} />
      <p class="small muted">
        {en.orderTitle(view.order.number)}. {en.keepLink}
      </p>
    </Page>
  )
}

function returnTitle({ state, toPay }: OrderView): string {
  if (toPay) return en.returnTitle.byHand
  if (state.cancelled) return en.returnTitle.cancelled
  if (state.paidAt && state.refund === 'full') return en.returnTitle.refunded
  if (state.paidAt) return state.placed && state.placed.boxes > 0 ? en.returnTitle.paidBox : en.returnTitle.paid
  return state.headline === 'failed' ? en.returnTitle.failed : en.returnTitle.waiting
}

function returnText({ state, toPay }: OrderView): string {
  if (toPay) return en.byHandLede
  if (state.cancelled) return cancelledText(state)
  if (state.paidAt && state.refund === 'full') return en.refunded
  if (!state.paidAt) return state.headline === 'failed' ? en.failed : en.waiting
  if (state.goods === 'handedOver') return en.boxOnItsWay
  return state.goods === 'toPack' ? `${en.boxSoon} ${en.mailed}` : en.mailed
}

/** What became of the money of a cancelled order: it may come in all the same, from a page that was open. */
function cancelledText({ refund, capturedMinor, foreign, payment }: OrderState): string {
  if (refund === 'full') return en.cancelledPaidBack
  if (capturedMinor > 0 || foreign.length > 0) return en.cancelledPaid
  return payment === 'pending' || payment === 'authorised' ? en.cancelledPending : en.cancelled
}

/** Whether keys of a paid order are still being made; none are for one that was cancelled or paid back before. */
export function areKeysComing({ state, keys }: OrderView): boolean {
  return !state.cancelled && keys.length < (state.placed?.units ?? 0)
}

function Unpaid({ ctx, view, path }: ViewProps) {
  return (
    <div class="stack g3 narrow">
      <p>
        <LinkBtn weight="quiet" href={path}>
          {en.checkAgain}
        </LinkBtn>
      </p>
      {view.state.headline === 'pending' ? null : <TryAgain ctx={ctx} path={path} />}
    </div>
  )
}

function TryAgain({ ctx, path }: Pick<ViewProps, 'ctx' | 'path'>) {
  return (
    <>
      <p>{en.notPaidYet}</p>
      <PostForm web={ctx.web} action={`${path}/again`}>
        <Btn weight="quiet">{en.tryAgain}</Btn>
      </PostForm>
    </>
  )
}

function Keys({ view, path }: { view: OrderView; path: string }) {
  if (!view.state.paidAt || view.state.cancelled) return null
  const files = view.lines.filter((line) => line.file !== null && view.state.right === 'active')
  return (
    <Part id="keys" title={en.keysTitle}>
      {areKeysComing(view) ? <p>{en.keyComing}</p> : null}
      {view.keys.map((licence) => (
        <KeyLine licence={licence} />
      ))}
      {files.map((line) => (
        <p>
          <LinkBtn href={`${path}/files/${line.file ?? ''}`}>{en.getFile(line.productName)}</LinkBtn>
        </p>
      ))}
    </Part>
  )
}

function KeyLine({ licence }: { licence: ShownKey }) {
  if (licence.revokedAt) return <Notice kind="wait">{en.keyWithdrawn}</Notice>
  if (!licence.key) return <p>{en.keyGone}</p>
  return (
    <div class="stack g2">
      <p>{en.keyFor(licence.productName)}</p>
      <p class="key">
        <Mono>{licence.key}</Mono>
      </p>
      <details>
        <summary>{en.readOutTitle}</summary>
        <p>{readOut(licence.key)}</p>
      </details>
    </div>
  )
}

/** A key as one reads it out on the telephone: groups, digits and letters set apart. */
function readOut(key: string): string {
  return key
    .split('-')
    .map((group) =>
      Array.from(group, (sign) => (/\d/.test(sign) ? sign : `${sign} as in ${en.alphabet[sign] ?? sign}`)).join(', '),
    )
    .join('; ')
}

/** The mailed order page: state, receipt, keys, download. */
export function OrderPage({ ctx, view, path }: ViewProps) {
  const { order, lines } = view
  const bill: BillLine[] = lines.map((line) => ({
    label: `${line.productName}, ${line.label.toLowerCase()} × ${line.quantity}`,
    amount: formatMoney({ minor: line.grossMinor, currency: order.currency }),
  }))
  return (
    <Page web={ctx.web} title={en.orderTitle(order.number)} noindex>
      <div class="stack">
        <h1>{en.orderTitle(order.number)}</h1>
        <p class="lede">
          {view.toPay ? en.byHandLede : en.headline[view.state.headline]}{' '}
          {view.state.cancelled ? cancelledText(view.state) : ''}
        </p>
      </div>
      <HowToPayPart ctx={ctx} toPay={view.toPay} />
      <Part id="receipt" title={view.state.paidAt ? en.receipt : en.yourOrder}>
        <div class="narrow stack">
          <Bill
            total={{ label: en.total, amount: formatMoney({ minor: order.total_minor, currency: order.currency }) }}
            lines={bill}
          />
          <p class="small muted">
            {en.orderDate} {ctx.web.dates.day(order.placed_at)}.
          </p>
        </div>
      </Part>
      <Keys view={view} path={path} />
      <p>
        <Link href="/your-data">{en.seeHeld}</Link>
      </p>
    </Page>
  )
}

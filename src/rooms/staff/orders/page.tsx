import type { OrderLine, OrderRow, OrderState } from '../../../core/orders/index.ts'
import { formatMoney, taxWithin } from '../../../lib/index.ts'
import type { PassedOn } from '../../../partners/index.ts'
import { recipientName, type Field } from '../../../policy/index.ts'
import {
  AddressLabel,
  Btn,
  ErrorSummary,
  Ledger,
  Link,
  LinkBtn,
  Notice,
  Part,
  PostForm,
  type AtDesk,
} from '../../../web/index.ts'
import type { StaffContext } from '../context.ts'
import { en } from '../words.ts'
import { CameInPart, type CameInForm } from './cameIn.tsx'
import { KeysPart } from './keys.tsx'
import { MoneyParts } from './money.tsx'
import type { WrongRefund } from './refundForm.ts'

/** Where a box goes: only while it waits to be sent. */
export type Address = { readonly lines: readonly string[]; readonly telephone: string | undefined }

type OneProps = {
  readonly ctx: StaffContext
  readonly desk: AtDesk
  readonly order: OrderRow
  readonly state: OrderState
  readonly lines: readonly OrderLine[]
  readonly address: Address | undefined
  readonly known: boolean
  readonly passed: readonly PassedOn[]
  /** The refunds that staff were asked to pay back by hand. */
  readonly byHand: ReadonlySet<string>
  readonly refusal?: keyof typeof en.refusals | undefined
  readonly wrong?: WrongRefund | undefined
  /** The form for money that came, where the order is paid by transfer or cheque. */
  readonly cameIn?: CameInForm | undefined
}

/** One order: what was bought, where it stands, and the address while it is needed. */
export function OrderDeskPage(props: OneProps) {
  const { ctx, desk, order, state, lines, address, known, passed, refusal, wrong, cameIn } = props
  const path = `/desk/orders/${order.number}`
  const title = en.orderTitle(order.number)
  return (
    <ctx.desk.Page at={desk} title={title} here="/desk/orders" may={en.may} purpose="fulfilment">
      <h1>{title}</h1>
      <ErrorSummary errors={wrong?.errors ?? cameIn?.errors} />
      {refusal ? <Notice kind="wait">{en.refusals[refusal]}</Notice> : null}
      <p class="lede">{en.headline[state.headline]}</p>
      <Part id="lines" title={en.lines}>
        <Ledger
          rows={[
            ...lines.map((line) => ({
              term: `${line.quantity} ×`,
              text: `${line.productName}, ${line.label.toLowerCase()}, ${formatMoney({ minor: line.grossMinor, currency: order.currency })}`,
            })),
            { term: en.total, text: formatMoney({ minor: order.total_minor, currency: order.currency }) },
            ...taxOf(lines).map((minor) => ({ term: en.tax, text: formatMoney({ minor, currency: order.currency }) })),
            { term: en.placed, text: ctx.web.dates.minute(order.placed_at) },
            ...(order.boxes > 0 ? [{ term: en.box, text: boxText(state, order) }] : []),
          ]}
        />
      </Part>
      <Part id="send" title={en.sendTo}>
        {address ? <AddressPart address={address} path={path} /> : <p>{known ? en.noAddress : en.nobody}</p>}
      </Part>
      <CameInPart ctx={ctx} order={order} state={state} form={cameIn} />
      <OrderDeeds ctx={ctx} order={order} state={state} known={known} />
      <MoneyParts ctx={ctx} path={path} state={state} byHand={props.byHand} wrong={wrong} />
      <KeysPart ctx={ctx} path={path} state={state} lines={lines} />
      <Part id="passed" title={en.passedOn}>
        <PassedList ctx={ctx} passed={passed} />
        <p>
          <Link href={`${path}/payments`}>{en.timeline}</Link>
        </p>
      </Part>
    </ctx.desk.Page>
  )
}

/** A box whose money went back, or whose payment a bank looks at, waits here and is not to be sent. */
function boxText({ goods }: OrderState, order: OrderRow): string {
  return goods === 'toPack' && !order.to_send ? en.notSent : en.goods[goods]
}

function OrderDeeds({ ctx, order, state, known }: Pick<OneProps, 'ctx' | 'order' | 'state' | 'known'>) {
  const path = `/desk/orders/${order.number}`
  return (
    <>
      {known ? (
        <p>
          <Link href={`/desk/questions/order/${order.id}`}>{en.askMore}</Link>
        </p>
      ) : null}
      <div class="row">
        {order.to_send && known ? (
          <PostForm web={ctx.web} action={`${path}/hand-over`}>
            <Btn>{en.handOver}</Btn>
          </PostForm>
        ) : null}
        {state.capturedMinor > 0 || state.cancelled ? null : (
          <PostForm web={ctx.web} action={`${path}/cancel`}>
            <Btn weight="quiet">{en.cancel}</Btn>
          </PostForm>
        )}
      </div>
    </>
  )
}

/** The tax within an order, where every line tells it. Shape: minor units, each line by the rate of the day it was sold. */
function taxOf(lines: readonly OrderLine[]): number[] {
  const taxes = lines.flatMap(({ grossMinor, taxRate }) => (taxRate === null ? [] : [taxWithin(grossMinor, taxRate)]))
  return taxes.length < lines.length ? [] : [taxes.reduce((sum, tax) => sum + tax, 0)]
}

function AddressPart({ address, path }: { address: Address; path: string }) {
  return (
    <div class="stack g3">
      <AddressLabel lines={[...address.lines, ...(address.telephone ? [address.telephone] : [])]} />
      <p class="small muted">{en.opened}</p>
      <p>
        <LinkBtn weight="quiet" href={`${path}/label`}>
          {en.label}
        </LinkBtn>
      </p>
    </div>
  )
}

function PassedList({ ctx, passed }: { ctx: StaffContext; passed: readonly PassedOn[] }) {
  if (passed.length === 0) return <p>{en.passedNothing}</p>
  return (
    <ul>
      {passed.map((one) => (
        <li>
          {ctx.web.dates.minute(one.at)}: {recipientName(ctx.policy, one.recipient)}:{' '}
          {one.fields.map((field) => ctx.policy.fields[field as Field]?.label.en.toLowerCase() ?? field).join(', ') ||
            en.nothingPersonal}
        </li>
      ))}
    </ul>
  )
}

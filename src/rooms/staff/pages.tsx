import type { OrderLine, OrderRow, OrderState, Task } from '../../core/orders/index.ts'
import { formatMoney, taxWithin } from '../../lib/index.ts'
import type { PassedOn } from '../../partners/index.ts'
import type { Field } from '../../policy/index.ts'
import {
  AddressLabel,
  Btn,
  Figures,
  Ledger,
  Link,
  LinkBtn,
  Notice,
  Part,
  PostForm,
  Sheet,
  Table,
  type AtDesk,
} from '../../web/index.ts'
import type { StaffContext } from './context.ts'
import { en } from './words.ts'

type Props = { ctx: StaffContext; desk: AtDesk }

function orderRows(ctx: StaffContext, orders: readonly OrderRow[]) {
  return orders.map((order) => [
    <Link href={`/desk/orders/${order.number}`}>{order.number}</Link>,
    en.headline[order.headline],
    ctx.web.dates.minute(order.placed_at),
    formatMoney({ minor: order.total_minor, currency: order.currency }),
  ])
}

const orderHead = [en.order, en.state, en.placed, en.total]

type TodayProps = Props & {
  toSend: readonly OrderRow[]
  newest: readonly OrderRow[]
  tasks: readonly (Task & { number: string | undefined })[]
  stuck: Awaited<ReturnType<StaffContext['stuck']>>
}

/** What needs somebody today. */
export function TodayPage({ ctx, desk, toSend, newest, tasks, stuck }: TodayProps) {
  const { kept, all } = ctx.promises()
  const items = [
    { value: String(toSend.length), label: en.toSend },
    { value: String(newest.length), label: en.newOrders },
    { value: String(tasks.length), label: en.tasks },
    { value: en.of(kept, all), label: en.promisesKept },
  ]
  const title = en.todayTitle(ctx.web.dates.day(ctx.now()).replace(/ \d{4}$/, ''))
  return (
    <ctx.desk.Page at={desk} title={title} here="/desk" may={en.may} purpose="fulfilment">
      <h1>{title}</h1>
      <Figures items={items} />
      <Sheet id="waiting" title={en.waitingTitle} aside={<Link href="/desk/orders">{en.allOrders}</Link>}>
        {toSend.length > 0 ? (
          <Table label={en.waitingTable} head={orderHead} rows={orderRows(ctx, toSend)} right={[3]} />
        ) : (
          <p>{en.nothingToSend}</p>
        )}
      </Sheet>
      <Sheet id="tasks" title={en.tasksTitle}>
        {tasks.length > 0 ? tasks.map((task) => <TaskRow ctx={ctx} task={task} />) : <p>{en.noTasks}</p>}
      </Sheet>
      {stuck.length > 0 ? (
        <Sheet id="stuck" title={en.stuckTitle}>
          <ul>
            {stuck.map((job) => (
              <li>{en.stuck(job.kind, job.because ?? '', job.tries)}</li>
            ))}
          </ul>
        </Sheet>
      ) : null}
    </ctx.desk.Page>
  )
}

function TaskRow({ ctx, task }: { ctx: StaffContext; task: Task & { number: string | undefined } }) {
  const canRefund =
    task.kind === 'secondPayment' || task.kind === 'moneyOnCancelled' || task.kind === 'paidAfterErasure'
  return (
    <div class="stack g2">
      <p>
        {task.number ? <Link href={`/desk/orders/${task.number}`}>{task.number}</Link> : null}{' '}
        {en.taskWords[task.kind] ?? task.kind}
        {task.kind.startsWith('card') ? ` ${task.ref}` : null}
      </p>
      <PostForm web={ctx.web} action="/desk/tasks" class="row">
        <input type="hidden" name="about" value={task.about} />
        <input type="hidden" name="kind" value={task.kind} />
        <input type="hidden" name="ref" value={task.ref} />
        {canRefund ? (
          <Btn weight="quiet" name="do" value="refund" about={task.number ?? ''}>
            {en.payBack}
          </Btn>
        ) : null}
        <Btn weight="quiet" name="do" value="done" about={task.number ?? ''}>
          {en.taskDone}
        </Btn>
      </PostForm>
    </div>
  )
}

/** All orders, newest first, and a way to find one. */
export function OrdersPage({ ctx, desk, orders, missing }: Props & { orders: readonly OrderRow[]; missing: boolean }) {
  return (
    <ctx.desk.Page at={desk} title={en.ordersTitle} here="/desk/orders" may={en.may} purpose="fulfilment">
      <h1>{en.ordersTitle}</h1>
      <PostForm web={ctx.web} action="/desk/orders" class="search">
        <label class="vh" for="number">
          {en.find}
        </label>
        <input id="number" name="number" type="search" class="find" placeholder={en.find} autocomplete="off" />
        <Btn weight="quiet">{en.findButton}</Btn>
      </PostForm>
      {missing ? <Notice kind="wait">{en.notFound}</Notice> : null}
      <Table label={en.ordersTitle} head={orderHead} rows={orderRows(ctx, orders)} right={[3]} />
    </ctx.desk.Page>
  )
}

/** Where a box goes: only while it waits to be sent. */
export type Address = { readonly lines: readonly string[]; readonly telephone: string | undefined }

type OneProps = Props & {
  order: OrderRow
  state: OrderState
  lines: readonly OrderLine[]
  address: Address | undefined
  known: boolean
  passed: readonly PassedOn[]
  refusal?: keyof typeof en.refusals | undefined
}

/** One order: what was bought, where it stands, and the address while it is needed. */
export function OrderDeskPage({ ctx, desk, order, state, lines, address, known, passed, refusal }: OneProps) {
  const path = `/desk/orders/${order.number}`
  const title = en.orderTitle(order.number)
  return (
    <ctx.desk.Page at={desk} title={title} here="/desk/orders" may={en.may} purpose="fulfilment">
      <h1>{title}</h1>
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
          ]}
        />
      </Part>
      <Part id="send" title={en.sendTo}>
        {address ? <AddressPart address={address} path={path} /> : <p>{known ? en.noAddress : en.nobody}</p>}
      </Part>
      <OrderDeeds ctx={ctx} order={order} state={state} known={known} />
      <Part id="passed" title={en.passedOn}>
        <PassedList ctx={ctx} passed={passed} />
      </Part>
    </ctx.desk.Page>
  )
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
        {state.capturedMinor > 0 ? (
          <PostForm web={ctx.web} action={`${path}/refund`}>
            <Btn weight="danger">{en.refund}</Btn>
          </PostForm>
        ) : (
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
          {ctx.web.dates.minute(one.at)}:{' '}
          {ctx.policy.recipients.find((row) => row.id === one.recipient)?.name ?? one.recipient}:{' '}
          {one.fields.map((field) => ctx.policy.fields[field as Field]?.label.en.toLowerCase() ?? field).join(', ') ||
            en.nothingPersonal}
        </li>
      ))}
    </ul>
  )
}

import { byHandTask, type OrderRow, type Task } from '../../core/orders/index.ts'
import { formatMoney } from '../../lib/index.ts'
import { recipientName } from '../../policy/index.ts'
import { Btn, Figures, Link, LinkBtn, Notice, PostForm, Sheet, Table, type AtDesk } from '../../web/index.ts'
import type { StaffContext } from './context.ts'
import { incidentPath } from './incident/page.tsx'
import type { Begun } from './incident/told.ts'
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

/** A task with the number of the order that it is about, or what an owner is told. */
type ShownTask = Task & { readonly number: string | undefined; readonly begun: Begun | undefined }

type TodayProps = Props & {
  toSend: readonly OrderRow[]
  newest: readonly OrderRow[]
  tasks: readonly ShownTask[]
  waiting: number
  stuck: Awaited<ReturnType<StaffContext['stuck']>>
}

/** What needs somebody today. */
export function TodayPage({ ctx, desk, toSend, newest, tasks, waiting, stuck }: TodayProps) {
  const { kept, all } = ctx.promises()
  const items = [
    { value: String(toSend.length), label: en.toSend },
    { value: String(newest.length), label: en.newOrders },
    { value: String(waiting), label: en.tasks },
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
        {waiting > tasks.length ? <p>{en.moreTasks(waiting - tasks.length)}</p> : null}
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

/** Tasks whose reference says where to look. */
const pointing = new Set(['cardFound', 'cardUnseen', 'unmatchedMessage', 'payoutDiffers', 'payoutUnknown'])

/** At which processor to look, and for what. */
function detailOf({ policy }: StaffContext, { about, kind, ref }: Task): string {
  const processor = /^processor:(.*)$/.exec(about)?.[1]
  const name = processor && recipientName(policy, processor)
  return [name, pointing.has(kind) ? ref : undefined].map((one) => (one ? ` ${one}` : '')).join('')
}

function TaskRow({ ctx, task }: { ctx: StaffContext; task: ShownTask }) {
  const canRefund = ['secondPayment', 'moneyOnCancelled', 'paidAfterErasure'].includes(task.kind)
  return (
    <div class="stack g2">
      <p>
        {task.number ? <Link href={`/desk/orders/${task.number}`}>{task.number}</Link> : null}{' '}
        {task.begun ? <BegunWords ctx={ctx} begun={task.begun} /> : (en.taskWords[task.kind] ?? task.kind)}
        {detailOf(ctx, task)}
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
          {task.kind === byHandTask ? en.paidBack : en.taskDone}
        </Btn>
      </PostForm>
    </div>
  )
}

function BegunWords({ ctx, begun: { processor, day, by } }: Pick<Props, 'ctx'> & { begun: Begun }) {
  return (
    <>
      {en.incident.begun(by, recipientName(ctx.policy, processor), day)}{' '}
      <Link href={`${incidentPath}/${processor}/${day}`}>{en.incident.progress}</Link>
    </>
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
      {desk.staff.role === 'owner' ? (
        <p>
          <LinkBtn weight="quiet" href={incidentPath}>
            {en.incident.link}
          </LinkBtn>
        </p>
      ) : null}
      {missing ? <Notice kind="wait">{en.notFound}</Notice> : null}
      <Table label={en.ordersTitle} head={orderHead} rows={orderRows(ctx, orders)} right={[3]} />
    </ctx.desk.Page>
  )
}

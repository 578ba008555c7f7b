import type { Adapter, PayoutRow, ProcessorState } from '../../core/payments/index.ts'
import { formatMoney } from '../../lib/index.ts'
import { recipientName } from '../../policy/index.ts'
import { Notice, Sheet, Table, type AtDesk } from '../../web/index.ts'
import type { PaymentsContext } from './context.ts'
import { lightOf } from './light.ts'
import { en } from './words.ts'

type Props = {
  ctx: PaymentsContext
  at: AtDesk
  states: readonly ProcessorState[]
  payouts: readonly PayoutRow[]
}

/** Every processor with its light, and how well it is known. */
export function ProcessorsPage({ ctx, at, states, payouts }: Props) {
  const { all } = ctx.payments.processors
  const rows = all.map((one) =>
    processorRow(
      ctx,
      one,
      states.find((row) => row.processor === one.facts.id),
    ),
  )
  return (
    <ctx.desk.Page at={at} title={en.title} here="/desk/processors">
      <div class="stack">
        <h1>{en.title}</h1>
        <p class="lede">{en.lede}</p>
      </div>
      {all.length > 0 ? <Table label={en.table} head={en.head} rows={rows} /> : <Notice kind="wait">{en.none}</Notice>}
      <Sheet id="payouts" title={en.payoutsTitle}>
        {payouts.length > 0 ? (
          <Table label={en.payoutsTitle} head={en.payoutsHead} rows={payouts.map(payoutRow(ctx))} right={[3]} />
        ) : (
          <p>{en.noPayouts}</p>
        )}
      </Sheet>
    </ctx.desk.Page>
  )
}

function processorRow(ctx: PaymentsContext, adapter: Adapter, state: ProcessorState | undefined) {
  const { facts } = adapter
  const light = lightOf(adapter, state, ctx.now())
  const why = light === 'refused' && state?.refused_because ? `: ${state.refused_because}` : ''
  return [
    recipientName(ctx.policy, facts.id),
    `${en.light[light]}${why}`,
    state?.heard_at ? ctx.web.dates.minute(state.heard_at) : en.never,
    en.channel[facts.channel],
    en.role[facts.role],
    en.fidelity[facts.fidelity],
  ]
}

const payoutRow = (ctx: PaymentsContext) => (row: PayoutRow) => [
  recipientName(ctx.policy, row.processor),
  en.payout[row.state],
  ctx.web.dates.day(row.at),
  formatMoney({ minor: Number(row.amount_minor), currency: row.currency }),
  row.agrees === null ? en.agrees.unknown : row.agrees ? en.agrees.yes : en.agrees.no,
]

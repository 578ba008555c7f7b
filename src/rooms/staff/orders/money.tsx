import { blockedBy, leftOf, refundReasons, type OrderState, type Payment } from '../../../core/orders/index.ts'
import { formatMoney, newId, typedMoney, type Money } from '../../../lib/index.ts'
import { recipientName } from '../../../policy/index.ts'
import { aria, Btn, Ledger, Notice, Part, PostForm, Table, Typed } from '../../../web/index.ts'
import type { StaffContext } from '../context.ts'
import { en } from '../words.ts'
import type { WrongRefund } from './refundForm.ts'

type Props = {
  readonly ctx: StaffContext
  readonly path: string
  readonly state: OrderState
  readonly byHand: ReadonlySet<string>
  readonly wrong: WrongRefund | undefined
}

/** The money of an order: what came in, what goes back and what banks say, and a form to pay back what is left. */
export function MoneyParts(props: Props) {
  const { payments, refunds, disputes } = props.state
  if (payments.length + refunds.length + disputes.length === 0) return null
  return (
    <>
      <Part id="payments" title={en.payments}>
        {payments.length === 0 ? <p>{en.noPayments}</p> : null}
        {payments.map((payment, index) => (
          <PaymentPart {...props} payment={payment} index={index} />
        ))}
      </Part>
      {refunds.length > 0 ? <RefundList {...props} /> : null}
      {disputes.length > 0 ? <DisputeList {...props} /> : null}
    </>
  )
}

type OneProps = Props & { readonly payment: Payment; readonly index: number }

function PaymentPart(props: OneProps) {
  const { ctx, state, payment, index } = props
  const currency = state.placed?.currency ?? ''
  const amount = (minor: number): string => formatMoney({ minor, currency })
  const known = (money: Money | undefined): string => (money ? formatMoney(money) : en.notKnown)
  const left = leftOf(state, payment)
  const blocked = blockedBy(state, payment)
  return (
    <div class="stack g3 narrow">
      <Ledger
        rows={[
          { term: en.paidBy(recipientName(ctx.policy, payment.source)), text: amount(payment.amountMinor) },
          { term: en.paidOn, text: ctx.web.dates.minute(payment.at) },
          { term: en.fee, text: known(payment.fee) },
          ...(payment.tax ? [{ term: en.taxKept, text: known(payment.tax) }] : []),
          ...(payment.netMinor === undefined ? [] : [{ term: en.net, text: amount(payment.netMinor) }]),
          { term: en.left, text: amount(left) },
        ]}
      />
      {blocked ? <Notice kind="wait">{en.refusals[blocked]}</Notice> : null}
      {left > 0 && !blocked ? (
        <RefundForm {...props} prefilled={typedMoney({ minor: left, currency })} index={index} />
      ) : null}
    </div>
  )
}

/** Shape: the fields of the first payment's form have the plain names, so that the list of errors leads to them. */
function RefundForm({ ctx, path, payment, index, wrong, prefilled }: OneProps & { prefilled: string }) {
  const mine = wrong && wrong.typed.payment === payment.ref ? wrong : undefined
  const { amount: badAmount, reason: badReason } = mine?.errors ?? {}
  const id = (name: string): string => (mine || (!wrong && index === 0) ? name : `${name}-${index}`)
  return (
    <PostForm web={ctx.web} action={`${path}/refund`} class="stack g3">
      <input type="hidden" name="form" value={mine?.typed.form ?? newId<'refund'>(ctx.now())} />
      <input type="hidden" name="payment" value={payment.ref} />
      <Typed id={id('amount')} label={en.refundAmount} hint={en.refundAmountHint} error={badAmount}>
        <input
          id={`f-${id('amount')}`}
          name="amount"
          inputmode="decimal"
          value={mine?.typed.amount ?? prefilled}
          autocomplete="off"
          {...aria(id('amount'), badAmount, true)}
        />
      </Typed>
      <Typed id={id('reason')} label={en.refundReason} hint={en.refundReasonHint} error={badReason}>
        <select id={`f-${id('reason')}`} name="reason" {...aria(id('reason'), badReason, true)}>
          <option value="">{en.chooseReason}</option>
          {refundReasons.map((reason) => (
            <option value={reason} selected={mine?.typed.reason === reason}>
              {en.reasons[reason]}
            </option>
          ))}
        </select>
      </Typed>
      <Btn weight="danger">{en.refund}</Btn>
    </PostForm>
  )
}

function RefundList({ ctx, path, state, byHand }: Props) {
  const rows = state.refunds.map((one) => [
    ctx.web.dates.minute(one.at),
    formatMoney({ minor: one.amountMinor, currency: one.currency ?? state.placed?.currency ?? '' }),
    one.state === 'requested' && byHand.has(one.ref) ? (
      <PostForm web={ctx.web} action={`${path}/paid-back`}>
        <input type="hidden" name="refund" value={one.ref} />
        <p>{en.byHand}</p>
        <Btn weight="quiet">{en.paidBack}</Btn>
      </PostForm>
    ) : (
      en.refundStates[one.state]
    ),
    en.reasons[one.reason],
    en.refundBy[one.by],
  ])
  return (
    <Part id="refunds" title={en.refunds}>
      <Table label={en.refundTable} head={en.refundHead} rows={rows} right={[1]} />
    </Part>
  )
}

function DisputeList({ ctx, state }: Props) {
  const rows = state.disputes.map((one) => [
    ctx.web.dates.minute(one.at),
    one.amountMinor === undefined
      ? en.notKnown
      : formatMoney({ minor: one.amountMinor, currency: state.placed?.currency ?? '' }),
    en.disputeStates[one.state],
  ])
  return (
    <Part id="disputes" title={en.disputes}>
      <Table label={en.disputeTable} head={en.disputeHead} rows={rows} right={[1]} />
    </Part>
  )
}

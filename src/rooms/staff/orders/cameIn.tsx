import type { OrderRow, OrderState } from '../../../core/orders/index.ts'
import { markPaid, waysByHand, type WayByHand } from '../../../core/payments/index.ts'
import { dayIn, formatMoney, isDay, isId, newId, readMoney, typedMoney } from '../../../lib/index.ts'
import { aria, Btn, oneText, Part, PostForm, Typed, type FormBody } from '../../../web/index.ts'
import type { StaffContext } from '../context.ts'
import { en } from '../words.ts'

type Typing = Readonly<Record<'amount' | 'day' | 'way', string>>

/** The form for money that came by transfer or cheque. Shape: `form` is its own id, so that a form that is sent twice counts once. */
export type CameInForm = {
  readonly form: string
  readonly typed: Partial<Typing>
  readonly errors?: Readonly<Record<string, string>>
}

/** A fresh form, with the day of today. */
export function emptyCameIn(ctx: Pick<StaffContext, 'now' | 'orders'>): CameInForm {
  return { form: newId<'paid'>(ctx.now()), typed: { day: dayIn(ctx.orders.timeZone, ctx.now()) } }
}

/** Notes what the form says came in. Answers the form again when something is wrong with it. */
export async function noteCameIn(ctx: StaffContext, order: OrderRow, sent: FormBody): Promise<CameInForm | undefined> {
  const [amount, day, way, form] = ['amount', 'day', 'way', 'form'].map((name) => oneText(sent, name).trim()) as [
    string,
    string,
    string,
    string,
  ]
  const amountMinor = readMoney(amount, order.currency) ?? 0
  const known = waysByHand.find((one) => one === way)
  const id = isId<'paid'>(form) ? form : newId<'paid'>(ctx.now())
  const again = (errors: CameInForm['errors']): CameInForm => ({
    form: id,
    typed: { amount, day, way },
    ...(errors && { errors }),
  })
  const wrong = {
    ...(amountMinor === 0 && { 'came-amount': en.cameIn.badAmount(order.currency) }),
    ...(!isDay(day) && { 'came-day': en.cameIn.badDay }),
    ...(!known && { 'came-way': en.cameIn.badWay }),
  }
  if (!known || Object.keys(wrong).length > 0) return again(wrong)
  const { outcome } = await markPaid(ctx.orders, order.id, { amountMinor, day, way: known, form: id })
  if (outcome === 'badDay') return again({ 'came-day': en.cameIn.badDay })
  return outcome === 'badAmount' ? again({ 'came-amount': en.cameIn.badAmount(order.currency) }) : undefined
}

type Props = { readonly ctx: StaffContext; readonly order: OrderRow; readonly state: OrderState }

/** What has come for an order that is paid by hand, and the form for more. */
export function CameInPart({ ctx, order, state, form }: Props & { readonly form: CameInForm | undefined }) {
  if (!form) return null
  const { currency } = order
  const [came, total] = [state.capturedMinor, order.total_minor].map((minor) => formatMoney({ minor, currency })) as [
    string,
    string,
  ]
  return (
    <Part id="by-hand" title={en.cameIn.title}>
      <p>{en.cameIn.lede}</p>
      <p>{state.paidAt ? en.cameIn.all(came) : en.cameIn.came(came, total)}</p>
      <PostForm web={ctx.web} action={`/desk/orders/${order.number}/paid`} class="stack g3 narrow">
        <input type="hidden" name="form" value={form.form} />
        <Fields form={form} left={Math.max(0, order.total_minor - state.capturedMinor)} currency={currency} />
        <Btn>{en.cameIn.note}</Btn>
      </PostForm>
    </Part>
  )
}

function Fields({ form, left, currency }: { form: CameInForm; left: number; currency: string }) {
  const { typed, errors = {} } = form
  const amount = typed.amount ?? (left > 0 ? typedMoney({ minor: left, currency }) : '')
  return (
    <>
      <Typed id="came-amount" label={`${en.cameIn.amount} (${currency})`} error={errors['came-amount']}>
        <input
          id="f-came-amount"
          name="amount"
          inputmode="decimal"
          autocomplete="off"
          required
          value={amount}
          {...aria('came-amount', errors['came-amount'])}
        />
      </Typed>
      <Typed id="came-day" label={en.cameIn.day} error={errors['came-day']}>
        <input
          id="f-came-day"
          name="day"
          type="date"
          required
          value={typed.day ?? ''}
          {...aria('came-day', errors['came-day'])}
        />
      </Typed>
      <Typed id="came-way" label={en.cameIn.way} error={errors['came-way']}>
        <select id="f-came-way" name="way" {...aria('came-way', errors['came-way'])}>
          {waysByHand.map((way: WayByHand) => (
            <option value={way} selected={typed.way === way}>
              {en.cameIn.ways[way]}
            </option>
          ))}
        </select>
      </Typed>
    </>
  )
}

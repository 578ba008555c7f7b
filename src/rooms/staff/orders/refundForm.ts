import { refundReasons, type RefundReason } from '../../../core/orders/index.ts'
import { isId, readMoney, type Id } from '../../../lib/index.ts'
import { oneText, type FormBody } from '../../../web/index.ts'
import { en } from '../words.ts'

/** What somebody typed into the form of a refund. Shape: `form` is the form's own id. */
export type TypedRefund = Readonly<Record<'form' | 'payment' | 'amount' | 'reason', string>>

/** The form again, with what is wrong with it. */
export type WrongRefund = {
  readonly typed: TypedRefund
  readonly errors: Readonly<Partial<Record<'amount' | 'reason', string>>> & Readonly<Record<string, string>>
}

type Asked = {
  readonly paymentRef: string
  readonly amountMinor: number
  readonly reason: RefundReason
  readonly form: Id<'refund'> | undefined
}

/** Reads the form of a refund. */
export function readRefund(
  form: FormBody,
  currency: string,
): { ok: true; asked: Asked; typed: TypedRefund } | { ok: false; wrong: WrongRefund } {
  const text = (name: keyof TypedRefund): string => oneText(form, name)
  const typed = { form: text('form'), payment: text('payment'), amount: text('amount'), reason: text('reason') }
  const amountMinor = readMoney(typed.amount, currency)
  const known = refundReasons.find((one) => one === typed.reason)
  const own = isId<'refund'>(typed.form) ? typed.form : undefined
  if (amountMinor !== undefined && known)
    return { ok: true, typed, asked: { paymentRef: typed.payment, amountMinor, reason: known, form: own } }
  const errors = {
    ...(amountMinor === undefined && { amount: en.refusals.badAmount }),
    ...(!known && { reason: en.noReason }),
  }
  return { ok: false, wrong: { typed, errors } }
}

/** The form again, because of its amount. */
export function wrongAmount(typed: TypedRefund, because: 'badAmount' | 'tooMuch'): WrongRefund {
  return { typed, errors: { amount: en.refusals[because] } }
}

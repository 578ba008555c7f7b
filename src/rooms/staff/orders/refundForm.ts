import { refundReasons, type RefundReason } from '../../../core/orders/index.ts'
import { readMoney } from '../../../lib/index.ts'
import { oneText, type FormBody } from '../../../web/index.ts'
import { en } from '../words.ts'

/** What somebody typed into the form of a refund. */
export type TypedRefund = Readonly<Record<'payment' | 'amount' | 'reason', string>>

/** The form again, with what is wrong with it. */
export type WrongRefund = {
  readonly typed: TypedRefund
  readonly errors: Readonly<Partial<Record<'amount' | 'reason', string>>> & Readonly<Record<string, string>>
}

type Asked = { readonly paymentRef: string; readonly amountMinor: number; readonly reason: RefundReason }

/** Reads the form of a refund. */
export function readRefund(
  form: FormBody,
  currency: string,
): { ok: true; asked: Asked; typed: TypedRefund } | { ok: false; wrong: WrongRefund } {
  const [payment, amount, reason] = ['payment', 'amount', 'reason'].map((name) => oneText(form, name))
  const typed = { payment: payment ?? '', amount: amount ?? '', reason: reason ?? '' }
  const amountMinor = readMoney(typed.amount, currency)
  const known = refundReasons.find((one) => one === typed.reason)
  if (amountMinor !== undefined && known)
    return { ok: true, typed, asked: { paymentRef: typed.payment, amountMinor, reason: known } }
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

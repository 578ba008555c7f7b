import { instant, isId, minorOf } from '../../../lib/index.ts'
import type { PaymentEvent } from '../adapter.ts'
import { isNumber, valuesOf, withoutNumber } from '../inbound/pairs.ts'

/** By what a call is understood. Shape: product codes by offer; prices are in the shop's currency, which the call does not name. */
export type Reading = { readonly codes: ReadonlyMap<string, string>; readonly currency: string }

/** What a kept call says. Nothing that says who somebody is is read here. */
export function parseCall(text: string, endpoint: string, reading: Reading): PaymentEvent[] {
  const values = valuesOf(text)
  return endpoint === 'refund' ? refundEvents(values) : keyEvents(values, reading)
}

type Values = ReadonlyMap<string, string>

const NUMBER = /^\d{1,20}$/

/**
 * A key is asked for while the receipt is made, so the call says also that the money came in. Each product of a basket has a
 * number of its own, that of a child order where there are several. Source: payments reference 2.2.
 */
function keyEvents(values: Values, { codes, currency }: Reading): PaymentEvent[] {
  const ref = values.get('o_no') ?? ''
  const orderRef = values.get('user_text') ?? ''
  if (!isNumber(ref, NUMBER)) return [withoutNumber(values)]
  if (!isId(orderRef)) return [{ unclear: ref }]
  const [offerId = ''] = [...codes].find(([, code]) => code === values.get('pc')) ?? []
  const amountMinor = minorOf(values.get('pp') ?? '', currency) ?? -1
  const fact = {
    source: 'swreg',
    ext: `key:${ref}`,
    kind: 'pay.captured',
    at: heard(values),
    ref,
    amountMinor,
  } as const
  return [{ orderRef, fact, claim: { offerId, quantity: quantityOf(values), amountMinor }, wantsKey: true }]
}

/** An empty quantity is one. Shape: 0, which no line has, for what is no number. */
function quantityOf(values: Values): number {
  const typed = values.get('qty') ?? ''
  if (typed === '') return 1
  return /^\d{1,4}$/.test(typed) ? Number(typed) : 0
}

function heard(values: Values): Date {
  return instant(values.get('heard') ?? '')
}

/** Only what a full refund means is known. Source: payments reference 2.3. */
function refundEvents(values: Values): PaymentEvent[] {
  const of = values.get('order_no') ?? ''
  if (!isNumber(of, NUMBER)) return [withoutNumber(values)]
  if (values.get('notify_type') !== 'full_refund') return [{ unclear: of }]
  const fact = { source: 'swreg', kind: 'refund.succeeded', at: heard(values) } as const
  return [{ paymentRef: of, fact: { ...fact, ext: `refund:${of}`, ref: `refund:${of}`, of } }]
}

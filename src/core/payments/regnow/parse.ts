import { instant, isId, minorOf } from '../../../lib/index.ts'
import type { Fact } from '../../orders/index.ts'
import type { Claim, PaymentEvent } from '../adapter.ts'
import { isNumber, valuesOf, withoutNumber } from '../inbound/pairs.ts'
import type { CallProfile, Meaning, StatusMeaning } from './profile.ts'

/** By what a call is understood. Shape: items by offer. */
export type Reading = { readonly profile: CallProfile; readonly items: ReadonlyMap<string, string> }

const NUMBER = /^[\w-]{1,40}$/

/** What a kept call says. A call for a key that says nothing of the payment gets one only for an order that is known to be paid. */
export function parseCall(text: string, endpoint: string, { profile, items }: Reading): PaymentEvent[] {
  const values = valuesOf(text)
  const value: Values = (meaning) => values.get(profile.fields[meaning]) ?? ''
  const [ref, orderRef, status] = [value('number'), value('order'), value('status')]
  if (!isNumber(ref, NUMBER)) return [withoutNumber(values)]
  const isKey = endpoint === 'key'
  const means = status === '' && isKey ? 'told' : meaningOf(profile, status)
  if (!isId(orderRef) || means === undefined) return [{ unclear: ref }]
  const claim = claimOf(value, items)
  const fact = factOf(means, {
    source: 'regnow',
    ext: `${endpoint}:${ref}:${status}`,
    at: instant(values.get('heard') ?? ''),
    ref,
    amountMinor: claim.amountMinor,
    currency: value('currency'),
  })
  return [{ orderRef, claim, ...(fact && { fact }), ...(isKey && { wantsKey: true }) }]
}

function meaningOf({ statuses }: CallProfile, status: string): StatusMeaning | undefined {
  return Object.hasOwn(statuses, status) ? statuses[status] : undefined
}

type Values = (meaning: Meaning) => string

/** What the call says of one line. Shape: a number that no line has stands for what cannot be read. */
function claimOf(value: Values, items: Reading['items']): Claim {
  const [offerId = ''] = [...items].find(([, item]) => item === value('product')) ?? []
  const quantity = /^\d{1,4}$/.test(value('quantity')) ? Number(value('quantity')) : 0
  const isCurrency = /^[A-Z]{3}$/.test(value('currency'))
  const amountMinor = isCurrency ? minorOf(value('price'), value('currency')) : undefined
  return { offerId, quantity, amountMinor: amountMinor ?? -1 }
}

type Said = Omit<Fact, 'kind'> & { readonly ref: string }

/** The fact that a status means. A visit is none. */
function factOf(means: StatusMeaning, said: Said): Fact | undefined {
  const { ref } = said
  switch (means) {
    case 'told':
      return undefined
    case 'pending':
      return { ...said, kind: 'pay.pending' }
    case 'paid':
      return { ...said, kind: 'pay.captured' }
    case 'void':
      return { ...said, kind: 'pay.voided' }
    case 'refunded':
      return { ...said, kind: 'refund.succeeded', ref: `refund:${ref}`, of: ref }
    case 'charged back':
      return { ...said, kind: 'dispute.lost', ref: `chargeback:${ref}`, of: ref }
  }
}

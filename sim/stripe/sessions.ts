import { secondsAt } from '../faults/rules.ts'
import type { SimState } from '../state.ts'
import { expire } from './deeds.ts'
import { refuse, ok, type Answer } from './answers.ts'
import { nestedAt, pairsAt, textAt, type Form } from './form.ts'
import { sessionBody } from './shapes.ts'
import type { Session } from './state.ts'

const HALF_HOUR = 1800
const DAY = 86_400

type Sum = { readonly amount: number; readonly currency: string; readonly description: string }

/** Opens a hosted page, or says what is wrong with what was asked. A page that nobody pays ends by itself. */
export function createSession(state: SimState, form: Form): Answer {
  const now = secondsAt(state, 'stripe')
  const expiresAt = Number(textAt(form, 'expires_at') ?? now + DAY)
  const sum = sumOf(form)
  const wrong = wrongIn(form, expiresAt - now)
  if (wrong) return wrong
  if (!sum) return refuse('Invalid line items.', { param: 'line_items' })
  const session: Session = {
    id: state.random.id('cs_test'),
    created: now,
    expires_at: expiresAt,
    amount_total: sum.amount,
    currency: sum.currency,
    description: sum.description,
    success_url: textAt(form, 'success_url') ?? '',
    cancel_url: textAt(form, 'cancel_url') ?? null,
    client_reference_id: textAt(form, 'client_reference_id') ?? null,
    metadata: pairsAt(form, 'metadata'),
    intent_metadata: pairsAt(form, 'payment_intent_data', 'metadata'),
    status: 'open',
    payment_status: 'unpaid',
    payment_intent: null,
  }
  state.stripe.sessions.set(session.id, session)
  state.clock.after((expiresAt - now) * 1000, () => session.status === 'open' && expire(state, session))
  return ok(sessionBody(state, session))
}

function wrongIn(form: Form, secondsOpen: number): Answer | undefined {
  if (textAt(form, 'mode') !== 'payment') return refuse('The simulator knows mode payment only.', { param: 'mode' })
  if (!URL.canParse(textAt(form, 'success_url') ?? '')) return refuse('Not a valid URL', { param: 'success_url' })
  if (secondsOpen >= HALF_HOUR && secondsOpen <= DAY) return undefined
  return refuse('The `expires_at` timestamp must be between 30 minutes and 24 hours from now.', { param: 'expires_at' })
}

/** What all lines come to; nothing when one of them is no price, or when their currencies differ. */
function sumOf(form: Form): Sum | undefined {
  const lines = Object.values(nestedAt(form, 'line_items'))
  const currencies = new Set(lines.map((line) => textAt(line, 'price_data', 'currency')?.toLowerCase()))
  const amounts = lines.map(
    (line) => Number(textAt(line, 'price_data', 'unit_amount') ?? NaN) * Number(textAt(line, 'quantity') ?? 1),
  )
  const [currency] = currencies
  const whole = amounts.every((amount) => Number.isSafeInteger(amount) && amount >= 0)
  if (lines.length === 0 || currencies.size !== 1 || !currency || !/^[a-z]{3}$/.test(currency) || !whole)
    return undefined
  const description = lines.map((line) => textAt(line, 'price_data', 'product_data', 'name') ?? '').join(', ')
  return { amount: amounts.reduce((all, one) => all + one, 0), currency, description }
}

/** Ends an open page. */
export function expireSession(state: SimState, session: Session): Answer {
  if (session.status !== 'open')
    return refuse(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`,
    )
  expire(state, session)
  return ok(sessionBody(state, session))
}

import type { JWK } from 'jose'
import { isoOf } from '../clock.ts'
import { createHmac } from 'node:crypto'
import { timeAt } from '../faults/rules.ts'
import { backOff, emit, type Plan } from '../outgoing.ts'
import type { SimState } from '../state.ts'
import { sealNotice } from './seal.ts'
import type { SealedOrder } from './state.ts'

/** Three days, ever more seldom, as the others do. */
const plan: Plan = { timeoutMs: 10_000, waitMs: backOff(20, 3 * 86_400_000, 500) }

/** Who ordered, as typed at the page: it is the same invented person each time, and all of it is sealed. */
export const holder = {
  name: 'Wilhelmina Testkaart',
  email: 'wilhelmina.testkaart@mail.example',
  address: { street: 'Proefstraat 4217', postcode: '9940', city: 'Ertvelde-Rieme', country: 'BE' },
}

/** The header that proves where a notice comes from. Shape: `t=<seconds>,v1=<hex of HMAC-SHA-256 over t.body>`. */
export function signature(secret: string, body: string, at: number): string {
  return `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`
}

/** What a notice says beside the order. */
export type Told = { readonly kind: string } & Readonly<Record<string, string | number | object>>

/** Tells the shop something about an order: sealed to its newest key, signed when it goes. While the shop gives no key it is tried again. Shape: who ordered goes along with what happens to an order, and into nothing that is kept here. */
export function tell(state: SimState, of: SealedOrder, { kind, ...about }: Told): Promise<void> {
  const { amount, currency, order, payment } = of
  const id = state.random.id('sn')
  const time = isoOf(timeAt(state, 'sealed'))
  const happened = { event: id, kind, time, order, payment, amount, currency, ...about }
  state.sealed.happened.push(happened)
  const said = kind.startsWith('order.') ? { ...happened, person: holder } : happened
  const card = kind === 'order.received' ? state.sealed.cards.get(of.id)?.card : undefined
  const seal = async (tries: number): Promise<void> => {
    const to = await shopKey(state)
    const ms = to ? undefined : plan.waitMs(tries)
    if (to) send(state, { id, kind, order, body: await sealNotice(said, card, to) })
    else if (ms !== undefined) state.clock.after(ms, () => seal(tries + 1))
  }
  return seal(1)
}

type Sealed = { readonly id: string; readonly kind: string; readonly order: string; readonly body: string }

function send(state: SimState, { body, ...about }: Sealed): void {
  const secret = state.settings.sealed?.webhookSecret ?? ''
  emit(state, {
    ...about,
    face: 'sealed',
    method: 'POST',
    url: `${state.settings.shop}/in/sealed`,
    body,
    secret,
    headers: (at, own) => ({
      'content-type': 'application/jose',
      'sealed-signature': signature(own, body, Math.floor(at / 1000)),
    }),
    plan,
  })
}

/** The shop's newest key; undefined while it gives none. */
async function shopKey(state: SimState): Promise<JWK | undefined> {
  const url = `${state.settings.shop}/in/sealed/keys`
  const { status, text } = await state.post({ method: 'GET', url, headers: {}, body: '', timeoutMs: plan.timeoutMs })
  return status === 200 ? (JSON.parse(text) as { keys: JWK[] }).keys[0] : undefined
}

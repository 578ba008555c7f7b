import { cartToken, type OrderId } from '../../../src/core/orders/index.ts'
import { newId } from '../../../src/lib/index.ts'
import { orderOf } from '../../orderOf.ts'
import { sendable } from '../../shop.ts'
import type { Seen, Walker } from '../../walker.ts'
import type { Plan } from './plan.ts'

/** What became of a buyer's try to order. Shape: `orderId` is the order that the form asked for. */
export type Bought = { readonly plan: Plan; readonly orderId: OrderId; readonly email: string; readonly pieces: number }

/** A shop as its buyers reach it. */
export type Store = {
  readonly baseUrl: string
  readonly cartKey: Uint8Array
  readonly now: () => Date
  readonly walk: () => Walker
}

const forms = new WeakMap<Store, Map<string, Promise<Seen>>>()

/** The order form of so many pieces, asked for once: each buyer sends it under a name of their own. */
function formOf(shop: Store, { product, pieces }: Plan): Promise<Seen> {
  const known = forms.get(shop) ?? new Map<string, Promise<Seen>>()
  forms.set(shop, known)
  const key = `${product}*${pieces}`
  const cart = cartToken(shop.cartKey, [{ offerId: product, quantity: pieces }])
  const page = known.get(key) ?? shop.walk().get(`${shop.baseUrl}/checkout/${cart}`)
  known.set(key, page)
  return page
}

/** Lets one buyer order and pay as planned. A processor that does not answer is tried again a few times, as a person would. */
export async function buyOne(shop: Store, plan: Plan, number: number): Promise<Bought> {
  const email = `buyer.${number}@storm.example`
  const page = await formOf(shop, plan)
  const { url, fields } = sendable(page, /Pay/)
  const filled = {
    ...fields,
    order: newId<'order'>(shop.now()),
    email,
    country: 'BE',
    ...('processor' in fields && { processor: plan.face }),
  }
  const orderId = orderOf(shop.cartKey, { url, fields: filled })
  const on = shop.walk()
  const reached = await sent(on, page, filled)
  if (reached) await pay(on, reached, plan)
  return { plan, orderId, email, pieces: plan.pieces }
}

const MOST_TRIES = 4

/** The processor's page; undefined when it never answered. */
async function sent(on: Walker, page: Seen, filled: Readonly<Record<string, string>>): Promise<Seen | undefined> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const answer = await on.submit(page, filled, { button: /^Pay/ })
    if (answer.status === 200) return answer
    if (answer.status !== 503) throw new Error(`an order form was answered with ${answer.status}`)
  }
  return undefined
}

async function pay(on: Walker, page: Seen, { cards, comesBack }: Plan): Promise<void> {
  let at = /Go on to pay/.test(page.html) ? await on.submit(page, {}, { button: /Go on to pay/ }) : page
  for (const card of cards) {
    if (!/name="card"/.test(at.html)) return
    at = await on.submit(at, { card, expiry: '12/34', cvc: '123' }, { button: /^Pay/ })
  }
  if (comesBack && /\/r\//.test(at.url)) await on.get(at.url)
}

import { queryOf } from '../sim/linked/text.ts'
import { cartToken, type Cart, type OrderId } from '../src/core/orders/index.ts'
import { ordersIn, type ShopOrder } from './asApp.ts'
import { adaOnline, type Shop } from './openShop.ts'
import { GOOD_CARD } from './visits.ts'
import type { Seen, Walker } from './walker.ts'

/** Names and what was typed under them. */
export type Typed = Readonly<Record<string, string>>

/** Somebody with a name that is hard to write down, as typed at the processor; the values occur nowhere else. */
export const details = {
  first: `O'Brien & <Sons> "Qxyzzy-Brandtvaerg"`,
  last: '山田 Müller-Qvortrup',
  company: 'Qxyzzy & Søn <AS>',
  street: 'Holderstraat 4711',
  email: 'holder.7c1f@mail.example',
  phone: '+32 470 99 88 77',
}

/** An order that waits at a processor that is reached by a link. */
export type Waiting = ShopOrder & { readonly walk: Walker; readonly details: Seen }

/** What people do at a processor that is reached by a link. */
export type LinkedVisits = {
  /** Fills the order form in, and comes to the processor's page that asks for details. */
  readonly order: (cart?: Cart, typed?: Typed) => Promise<Waiting>
  /** Types details and a card there, and waits until all that follows is done. */
  readonly pay: (waiting: Waiting, details?: Typed, card?: string) => Promise<Seen>
  /** What came of an order. */
  readonly cameTo: (orderId: string) => Promise<{ headline: unknown; keys: number; revoked: number; tasks: string[] }>
}

const card = (number: string): Typed => ({ card: number, expiry: '12/34', cvc: '123' })
const one: Cart = [{ offerId: 'tally-download', quantity: 1 }]

/** The ways in which people buy at one of those processors. */
export function linkedVisits(shop: Shop, processor: 'swreg' | 'regnow'): LinkedVisits {
  return {
    order: async (cart = one, typed = adaOnline) => {
      const walk = shop.walk()
      const form = await walk.get(`${shop.baseUrl}/checkout/${cartToken(shop.cartKey, cart)}`)
      const details = await walk.submit(form, { ...typed, processor }, { button: /^Pay/ })
      const placed = (await ordersIn(shop)).at(-1)
      if (!placed || !details.url.startsWith(shop.sim.baseUrl)) throw new Error(`no order: ${details.url}`)
      return { ...placed, walk, details }
    },
    pay: async ({ walk, details }, typed = {}, number = GOOD_CARD) => {
      const paying = await walk.submit(details, typed, { button: /pay/ })
      const receipt = await walk.submit(paying, card(number), { button: /^Pay/ })
      await shop.settled()
      return receipt
    },
    cameTo: (orderId) => cameTo(shop, orderId as OrderId),
  }
}

async function cameTo(shop: Shop, orderId: OrderId): ReturnType<LinkedVisits['cameTo']> {
  const [order] = await shop.rows('select headline from order_view where order_id = $1', [orderId])
  const keys = await shop.rows('select revoked_at from licence where order_id = $1', [orderId])
  const tasks = await shop.rows(`select kind from task where about = 'order:' || $1::text order by kind`, [orderId])
  return {
    headline: order?.['headline'],
    keys: keys.length,
    revoked: keys.filter((row) => row['revoked_at'] !== null).length,
    tasks: tasks.map((row) => String(row['kind'])),
  }
}

/** What SWREG, or whoever wants to pass for it, tells the shop. */
export type SwregCalls = {
  /** Asks for the key of an order of one Tally, with something changed; answers the shop's answer. */
  readonly call: (orderId: string, edit?: Typed, path?: string) => Promise<string>
  /** Tells of a refund; answers the shop's status and answer. */
  readonly notice: (edit: Typed) => Promise<readonly [number, string]>
}

/** Calls by hand. Shape: each call for a key has a number of its own, from 501 on. */
export function swregCalls(shop: Shop): SwregCalls {
  const { path = '', refundSecurity = '' } = shop.sim.settings.swreg ?? {}
  let number = 500
  return {
    call: async (orderId, edit = {}, secret = path) => {
      number += 1
      const buyer = { initals: 'Ada', name: 'L', user_text: orderId }
      const fields = { o_no: String(number), pc: '128442-tally-downloa', ...buyer, qty: '1', pp: '19.00', ...edit }
      const answer = await shop.ask(`/in/swreg/${secret}/key?${queryOf(fields)}`)
      return answer.status === 200 ? answer.text() : `status ${answer.status}`
    },
    notice: async (edit) => {
      const fields = { shop_id: '128442', security: refundSecurity, order_no: '1', notify_type: 'full_refund', ...edit }
      const answer = await shop.ask(`/in/swreg/${path}/refund`, { method: 'POST', body: new URLSearchParams(fields) })
      return [answer.status, await answer.text()]
    },
  }
}

/** What was written down of passing something on for an order. */
export function passedOn(shop: Shop, recipient: string, orderId: string): ReturnType<Shop['rows']> {
  const question = `select value_names as values, fields, person_id as person from disclosure where recipient = $1 and ref = $2`
  return shop.rows(question, [recipient, `order:${orderId}`])
}

/** What a visitor reads about a promise, a minute later than whoever read it before. */
export async function promiseRow(shop: Shop, id: string): Promise<string> {
  await shop.advance('PT1M')
  const html = await (await shop.ask('/promises')).text()
  const row = new RegExp(`<li id="${id}">([\\s\\S]*?)</li>`).exec(html)?.[1] ?? ''
  return row.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
}

/** Who is recorded as the owner of what an order bought. */
export function ownersOf(shop: Shop, orderId: string): ReturnType<Shop['rows']> {
  const question = `select o.person_id as person from licence_owner o join licence l using (licence_id) where l.order_id = $1`
  return shop.rows(question, [orderId])
}

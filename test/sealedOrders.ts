import { isoOf } from '../sim/clock.ts'
import { signature } from '../sim/sealed/notices.ts'
import { newCardKey, sealCard, sealNotice } from '../sim/sealed/seal.ts'
import type { SealedOrder } from '../sim/sealed/state.ts'
import type { JWK } from 'jose'
import { adaOnline, type Shop } from './openShop.ts'

type Row = Readonly<Record<string, unknown>>

/** Orders at the processor that seals its notices. */
export type SealedShop = {
  /** Opens the processor's page for a fresh order, and pays nothing there. */
  readonly begin: (typed?: Readonly<Record<string, string>>, product?: string) => Promise<SealedOrder>
  /** What the processor does with an order: `received`, `completed`, `failed`, `cancelled`, `expired`, or a bank. */
  readonly plays: (order: SealedOrder, deed: string) => Promise<void>
  /** A notice made by hand. Shape: answers the bytes to post. */
  readonly sealed: (order: Pick<SealedOrder, 'order'>, kind: string, more?: object, card?: string) => Promise<string>
  /** Posts a notice, signed unless something else is said. */
  readonly post: (body: string, header?: Readonly<Record<string, string>>) => Promise<Response>
  readonly card: (number?: string) => Promise<string>
  readonly receipts: (order: Pick<SealedOrder, 'order'>) => Promise<readonly Row[]>
  readonly shopKey: () => Promise<JWK>
}

/** What a test does with sealed orders of a shop. */
export function sealedShop(shop: Shop): SealedShop {
  let made = 0
  const shopKey = async (): Promise<JWK> =>
    ((await (await shop.ask('/in/sealed/keys')).json()) as { keys: JWK[] }).keys[0] as JWK
  return {
    shopKey,
    begin: async (typed = adaOnline, product = 'tally') => {
      const walk = shop.walk()
      await walk.submit(await shop.orderForm(walk, product), { ...typed, processor: 'sealed' }, { button: /^Pay/ })
      return [...shop.sim.sealed.orders.values()].at(-1) as SealedOrder
    },
    plays: async ({ id }, deed) => {
      await shop.ask(`${shop.sim.baseUrl}/_sim/sealed/orders/${id}/${deed}`, { method: 'POST' })
      await shop.settled()
    },
    sealed: async ({ order }, kind, more = {}, card) => {
      const said = {
        event: `hand_${++made}`,
        kind,
        time: isoOf(shop.now().getTime()),
        order,
        payment: 'sp_hand',
        amount: 1900,
        currency: 'EUR',
        ...more,
      }
      return sealNotice(said, card, await shopKey())
    },
    post: async (body, header) => {
      const signed = { 'sealed-signature': signature('sealed_shop', body, Math.floor(shop.now().getTime() / 1000)) }
      return shop.ask('/in/sealed', { method: 'POST', body, headers: header ?? signed })
    },
    card: (number = '4242424242424242') => sealCard(number, newCardKey('ck_hand')),
    receipts: ({ order }) =>
      shop.rows('select * from envelope_receipt where order_ref = $1 order by received_at', [order]),
  }
}

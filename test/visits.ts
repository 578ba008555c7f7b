import { later } from '../src/lib/index.ts'
import type { SimState } from '../sim/state.ts'
import type { Desk } from '../src/desk/index.ts'
import { until } from './program.ts'
import { walker, type Seen, type Walker } from './walker.ts'

type Typed = Readonly<Record<string, string>>

/** One mail as its reader sees it. */
export type ShopMail = { readonly id: string; readonly kind: string; readonly to: string; readonly text: string }

/** What people do with a shop. */
export type Visits = {
  readonly walk: () => Walker
  readonly orderForm: (walk: Walker, product: string, offer?: RegExp) => Promise<Seen>
  /** Buys through the real pages and waits until all that follows is done. Answers the page after the payment. */
  readonly buy: (typed: Typed, of?: { product?: string; offer?: RegExp; card?: string }) => Promise<Seen>
  /** Resolves when every message of the processor has arrived and no work is due that can be done now. */
  readonly settled: () => Promise<void>
  readonly mails: (to: string) => Promise<ShopMail[]>
  /** Follows the mailed link to everything that is held under an address. */
  readonly held: (email: string, walk?: Walker) => Promise<Seen>
  /** Signs Sam of the staff in, or the owner. Shape: answers what asks with the session's cookie; a form makes it a POST. */
  readonly staff: (role?: 'owner' | 'desk') => Promise<(path: string, form?: Typed) => Promise<Response>>
}

/** The simulator's card that is approved. */
export const GOOD_CARD = '4242 4242 4242 4242'

type Place = {
  readonly sim: SimState
  readonly baseUrl: string
  readonly now: () => Date
  readonly desk: () => Desk
  readonly ask: (url: string, init?: RequestInit) => Promise<Response>
  readonly rows: (text: string, values?: readonly unknown[]) => Promise<readonly unknown[]>
}

/** The ways in which people use an open shop. */
export function visits(shop: Place, outboxUrl: string): Visits {
  const { sim, baseUrl, ask, rows, now } = shop
  const walk = (): Walker => walker(ask)
  const orderForm: Visits['orderForm'] = async (on, product, offer = /^Buy/) =>
    on.follow(await on.get(`${baseUrl}/products/${product}`), offer)
  const settled = async (): Promise<void> => {
    await until('the processor was heard', () => [...sim.messages.values()].every(({ state }) => state !== 'waiting'))
    await until('all work is done', async () => {
      await shop.desk().worker.idle()
      const left = `select 1 from job where done_at is null and run_at < $1 and coalesce(because, 'keys-first') = 'keys-first'`
      return (await rows(left, [later(now(), 60_000)])).length === 0
    })
  }
  const mails: Visits['mails'] = async (to) => {
    const listed = (await (await ask(`${outboxUrl}/mails.json`)).json()) as { mails: { id: string }[] }
    const opened = listed.mails.map(async ({ id }) => (await ask(`${outboxUrl}/mails/${id}.json`)).json())
    return ((await Promise.all(opened)) as ShopMail[]).filter((mail) => mail.to === to)
  }
  return {
    walk,
    orderForm,
    settled,
    mails,
    buy: async (typed, { product = 'tally', offer, card = GOOD_CARD } = {}) => {
      const on = walk()
      const pay = await on.submit(await orderForm(on, product, offer), typed, { button: /^Pay/ })
      const back = await on.submit(pay, { card, expiry: '12/34', cvc: '123' }, { button: /^Pay/ })
      await settled()
      return on.get(back.url)
    },
    held: async (email, on = walk()) => {
      await on.submit(await on.get(`${baseUrl}/your-data`), { email }, { button: /link/ })
      await settled()
      const link = (await mails(email)).map(({ text }) => /http\S+\/p\/\S+/.exec(text)?.[0]).find(Boolean)
      if (!link) throw new Error('no mail with a link came')
      return on.submit(await on.get(link), {}, { button: /^Show/ })
    },
    staff: async (role = 'desk') => {
      const link = (await shop.desk().staffLink({ label: role === 'owner' ? 'owner' : 'sam', role })) ?? ''
      const sent = { method: 'POST', headers: { origin: baseUrl } }
      const cookie = (await ask(link, sent)).headers.getSetCookie()[0]?.split(';')[0] ?? ''
      return (path, form) =>
        ask(path, {
          headers: { cookie, origin: baseUrl },
          ...(form && { method: 'POST', body: new URLSearchParams(form) }),
        })
    },
  }
}

import { send, type Message } from '../../sim/outgoing.ts'
import type { Paid } from '../../sim/paying.tsx'
import { pay } from '../../sim/stripe/deeds.ts'
import { signature } from '../../sim/stripe/webhooks.ts'
import type { CardStory } from '../../sim/cards.ts'
import type { Session } from '../../sim/stripe/state.ts'
import type { Shop } from '../openShop.ts'
import { orderOf } from '../orderOf.ts'
import { sendable } from '../shop.ts'
import { walker, type Seen } from '../walker.ts'

/** An order that stands at the processor's page, with every message of the processor held back. */
export type Waiting = {
  readonly orderId: string
  readonly email: string
  readonly session: Session
  /** Where the browser comes back to. */
  readonly returnUrl: string
}

let buyers = 0

/** An order form with a fresh buyer, and the order that it will be. */
export type Filled = {
  readonly page: Seen
  readonly email: string
  readonly orderId: string
  readonly total: number
}

/** The order form of so many pieces, as a page that can be sent. */
export async function formOf(shop: Shop, pieces = 1): Promise<Filled> {
  const on = shop.walk()
  let page = await shop.orderForm(on, 'tally')
  if (pieces > 1) {
    const cart = await on.submit(await on.follow(page, /^Change/), { q0: String(pieces) }, { button: /^Update/ })
    page = await on.follow(cart, /^Go on/)
  }
  const email = `ada.${(buyers += 1)}@quill.example`
  const { url, fields } = sendable(page, /Pay/)
  const orderId = orderOf(shop.cartKey, { url, fields: { ...fields, email, country: 'BE' } })
  return { page, email, orderId, total: Number(fields['total']) }
}

/** Sends an order form. */
export async function order(shop: Shop, form: Filled): Promise<Waiting> {
  const { email } = form
  await walker(shop.ask).submit(form.page, { email, country: 'BE' }, { button: /^Pay/ })
  const session = [...shop.sim.stripe.sessions.values()].find((one) => one.client_reference_id === form.orderId)
  if (!session) throw new Error('the order did not come to the processor')
  return { orderId: form.orderId, email, session, returnUrl: session.success_url }
}

/** Places an order of so many pieces. */
export const placed = async (shop: Shop, pieces = 1): Promise<Waiting> => order(shop, await formOf(shop, pieces))

/** Plays a card; what the processor has to say of it is kept and not sent. */
export function played(shop: Shop, { session }: Waiting, story: CardStory): { paid: Paid; events: Message[] } {
  const known = new Set(shop.sim.messages.keys())
  shop.sim.held = true
  const paid = pay(shop.sim, session, story)
  return { paid, events: [...shop.sim.messages.values()].filter(({ id }) => !known.has(id)) }
}

/** What the processor says when something is done; kept and not sent. */
export function said(shop: Shop, deed: () => unknown): Message {
  const known = new Set(shop.sim.messages.keys())
  shop.sim.held = true
  deed()
  const event = [...shop.sim.messages.values()].find(({ id }) => !known.has(id))
  if (!event) throw new Error('the processor said nothing')
  return event
}

/** Sends an event as the processor does, so many times at once. Answers each status. */
export function storm(shop: Shop, event: Message, times = 1): Promise<number[]> {
  return Promise.all(Array.from({ length: times }, async () => (await send(shop.sim, event)).status))
}

/** Sends bytes with a header of one's own making. */
export async function forged(shop: Shop, body: string, header: string | undefined): Promise<number> {
  const headers = { 'content-type': 'application/json', ...(header !== undefined && { 'stripe-signature': header }) }
  return (await shop.ask(`${shop.baseUrl}/in/stripe`, { method: 'POST', body, headers })).status
}

/** Signs as the processor does, at a moment so many seconds from now. */
export function signed(
  shop: Shop,
  body: string,
  { apart = 0, secret = shop.sim.settings.stripe?.webhookSecret ?? '' } = {},
): string {
  return signature(secret, body, Math.floor(shop.now().getTime() / 1000) + apart)
}

/** What an order came to, counted in the database and in the mails that its buyer got. */
export type Counted = {
  readonly keys: number
  readonly withdrawn: number
  readonly receipts: number
  /** Keys in the receipts; all different, or there are fewer. */
  readonly keysMailed: number
  readonly tasks: readonly string[]
}

/** Waits until all work is done, and counts. What is still held back at the processor is not waited for. */
export async function counted(shop: Shop, { orderId, email }: Pick<Waiting, 'orderId' | 'email'>): Promise<Counted> {
  for (const event of shop.sim.messages.values()) if (event.tries === 0) event.state = 'dropped'
  await shop.settled()
  const [licences] = await shop.rows(
    'select count(*)::int as keys, count(revoked_at)::int as withdrawn, count(distinct unit)::int as units from licence where order_id = $1',
    [orderId],
  )
  const receipts = (await shop.mails(email)).filter(({ kind }) => kind === 'receipt')
  const keysMailed = new Set(receipts.flatMap(({ text }) => text.match(/\b(?:[0-9A-Z]{5}-){4}[0-9A-Z]{5}\b/g) ?? []))
  const tasks = await shop.rows('select kind from task where about = $1 order by kind, ref', [`order:${orderId}`])
  return {
    keys: Number(licences?.['keys']),
    withdrawn: Number(licences?.['withdrawn']),
    receipts: receipts.length,
    keysMailed: keysMailed.size,
    tasks: tasks.map((row) => String(row['kind'])),
  }
}

/** One key, one mail with it, and nothing for staff to do. */
export const once: Counted = { keys: 1, withdrawn: 0, receipts: 1, keysMailed: 1, tasks: [] }

/** How many rows of what arrived, of facts and of work there are. */
export async function rowsNow(shop: Shop): Promise<unknown> {
  return shop.rows(
    `select (select count(*) from inbox) as inbox, (select count(*) from order_fact) as facts, (select count(*) from job) as jobs`,
  )
}

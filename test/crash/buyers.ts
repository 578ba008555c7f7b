import { until } from '../program.ts'
import { orderOf } from '../orderOf.ts'
import { sendable } from '../shop.ts'
import { walker } from '../walker.ts'
import type { Stage } from './stage.ts'

/** One buyer with an order form that is filled in and not sent yet. */
export type Buyer = {
  readonly email: string
  readonly orderId: string
  readonly form: { readonly url: string; readonly fields: Readonly<Record<string, string>> }
}

type Session = { readonly id: string; readonly client_reference_id: string; readonly success_url: string }
type Mail = { readonly id: string; readonly kind: string; readonly for: string; readonly outcome: string }

let buyers = 0

/** Sends a form as a browser without scripts does. Answers the status and where it leads. */
export async function post({ url, fields }: Buyer['form']): Promise<{ status: number; to: string }> {
  const answer = await fetch(url, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  await answer.arrayBuffer()
  return { status: answer.status, to: answer.headers.get('location') ?? '' }
}

/** So many buyers before they press the button. */
export function buyersAt(stage: Stage, count: number): Promise<Buyer[]> {
  const one = async (): Promise<Buyer> => {
    const email = `ada.${(buyers += 1)}@quill.example`
    const on = walker()
    const page = await on.follow(await on.get(`${stage.program().store}/products/tally`), /^Buy/)
    const form = sendable(page, /Pay/)
    const filled = { ...form, fields: { ...form.fields, email, country: 'BE' } }
    return { email, orderId: orderOf(stage.cartKey(), filled), form: filled }
  }
  return Promise.all(Array.from({ length: count }, one))
}

/** So many buyers whose order stands at the processor's page. */
export async function waitingBuyers(stage: Stage, count: number): Promise<Buyer[]> {
  const all = await buyersAt(stage, count)
  const answers = await Promise.all(all.map(({ form }) => post(form)))
  for (const { status } of answers) if (status !== 303) throw new Error(`an order was answered with ${status}`)
  return all
}

/** The processor's pages of some orders. */
export async function sessionsOf(stage: Stage, of: readonly Buyer[]): Promise<Session[]> {
  const all = await stage.sim.look<Session[]>('stripe/sessions')
  return all.filter((session) => of.some(({ orderId }) => orderId === session.client_reference_id))
}

/** Pays at the processor; what it has to say is held back. Answers the events, by order. */
export async function payHeld(stage: Stage, of: readonly Buyer[]): Promise<string[]> {
  await stage.sim.post('hold')
  const before = new Set((await stage.sim.look<{ id: string }[]>('messages')).map(({ id }) => id))
  for (const { id } of await sessionsOf(stage, of)) await stage.sim.post(`stripe/sessions/${id}/pay/approve`)
  return (await stage.sim.look<{ id: string }[]>('messages')).map(({ id }) => id).filter((id) => !before.has(id))
}

/** What receipts were handed over for. Shape: `outbox` is the address of the outbox. */
export async function receiptsIn(outbox: string): Promise<Set<string>> {
  const handedOver = (await mailsIn(outbox)).filter((mail) => mail.outcome === 'handed-over')
  return new Set(handedOver.filter(({ kind }) => kind === 'receipt').map((mail) => mail.for))
}

/** Asks again and again for the receipt of one order. Errors: rejects when the program no longer answers. */
export async function receiptOf(stage: Stage, buyer: Buyer): Promise<string> {
  const ref = `order:${buyer.orderId}`
  await until('a receipt is handed over', async () => (await receiptsIn(stage.program().outbox)).has(ref), 4000)
  return ref
}

/** Waits until every order is answered for: its page shows the key, and its receipt was handed over. */
export async function served(stage: Stage, of: readonly Buyer[]): Promise<void> {
  await until('every receipt is handed over', async () => {
    const got = await receiptsIn(stage.program().outbox)
    return of.every(({ orderId }) => got.has(`order:${orderId}`))
  })
  for (const { success_url } of await sessionsOf(stage, of)) {
    const page = await walker().get(success_url)
    if (!page.html.includes('id="keys"') || page.headers.has('refresh')) throw new Error('a paid order shows no key')
  }
}

/** Follows the mailed link to the button that erases. Answers the form behind it. */
export async function eraseForms(stage: Stage, of: readonly Buyer[]): Promise<Buyer['form'][]> {
  const { store, outbox } = stage.program()
  const known = new Set((await mailsIn(outbox)).map(({ id }) => id))
  const on = walker()
  const ask = await on.get(`${store}/your-data`)
  await Promise.all(of.map(({ email }) => on.submit(ask, { email }, { button: /link/ })))
  const links = new Map<string, string>()
  await until('every link is mailed', async () => {
    const fresh = (await mailsIn(outbox)).filter(
      (mail) => !known.has(mail.id) && mail.kind === 'privacyLink' && mail.outcome === 'handed-over',
    )
    for (const { id } of fresh) {
      known.add(id)
      const mail = (await (await fetch(`${outbox}/mails/${id}.json`)).json()) as { to: string; text: string }
      links.set(mail.to, /http\S+\/p\/\S+/.exec(mail.text)?.[0] ?? '')
    }
    return of.every(({ email }) => links.has(email))
  })
  return Promise.all(
    of.map(async ({ email }) => {
      const held = await on.submit(await on.get(links.get(email) ?? ''), {}, { button: /^Show/ })
      return sendable(await on.follow(held, /^Erase/), /Erase now/)
    }),
  )
}

async function mailsIn(outbox: string): Promise<Mail[]> {
  return ((await (await fetch(`${outbox}/mails.json`)).json()) as { mails: Mail[] }).mails
}

import { until } from './program.ts'
import type { Program } from './program.ts'
import { formsOf, walker, type Seen, type Walker } from './walker.ts'

/** The simulator's card that is simply approved. */
export const goodCard = { card: '4242 4242 4242 4242', expiry: '12/34', cvc: '123' }

/** One visitor of a running shop, without cookies or scripts. */
export type Visitor = {
  readonly walk: Walker
  /** The order form of an offer, by the words of its button. */
  readonly orderForm: (product: string, offer?: RegExp) => Promise<Seen>
  /** Sends the order form, pays, and waits for the page with the key. */
  readonly buy: (product: string, fill: Readonly<Record<string, string>>, offer?: RegExp) => Promise<Seen>
  /** The newest mail of a kind to an address, from the outbox. */
  readonly mailTo: (email: string, kind: string) => Promise<string>
  /** The page of everything that is held under an address. */
  readonly held: (email: string) => Promise<Seen>
}

/** A visitor who pays with the good card. */
export function visitor(shop: Pick<Program, 'store' | 'outbox'>): Visitor {
  const walk = walker()
  const orderForm: Visitor['orderForm'] = async (product, offer = /^Buy/) =>
    walk.follow(await walk.get(`${shop.store}/products/${product}`), offer)
  const mailTo: Visitor['mailTo'] = (email, kind) => mailFrom(shop.outbox, { email, kind })
  return {
    walk,
    orderForm,
    mailTo,
    buy: async (product, fill, offer) => {
      const pay = await walk.submit(await orderForm(product, offer), fill, { button: /^Pay/ })
      return paidPage(await walk.submit(pay, goodCard, { button: /^Pay/ }))
    },
    held: async (email) => {
      await walk.submit(await walk.get(`${shop.store}/your-data`), { email }, { button: /link/ })
      const link = /http\S+\/p\/\S+/.exec(await mailTo(email, 'privacyLink'))?.[0] ?? ''
      return walk.submit(await walk.get(link), {}, { button: /^Show/ })
    },
  }
}

async function paidPage(back: Seen): Promise<Seen> {
  let page = back
  await until('the order is paid and its key is there', async () => {
    page = await walker().get(back.url)
    return page.status !== 200 || (/id="keys"/.test(page.html) && !page.headers.has('refresh'))
  })
  return page
}

type Mail = { to?: string; text?: string }

async function mailFrom(outbox: string, wanted: { email: string; kind: string }): Promise<string> {
  let found: string | undefined
  await until(`a mail of the kind ${wanted.kind}`, async () => {
    const { mails } = (await (await fetch(`${outbox}/mails.json`)).json()) as { mails: { id: string; kind: string }[] }
    for (const { id } of mails.filter((mail) => mail.kind === wanted.kind)) {
      const mail = (await (await fetch(`${outbox}/mails/${id}.json`)).json()) as Mail
      if (mail.to === wanted.email) found ??= mail.text
    }
    return found !== undefined
  })
  return found ?? ''
}

/** Signs a member of staff in. Shape: answers what asks with the session's cookie. */
export async function staffOf(
  shop: Pick<Program, 'store' | 'staffLink'>,
): Promise<(path: string, init?: RequestInit) => Promise<Response>> {
  const entered = await fetch(shop.staffLink, { method: 'POST', headers: { origin: shop.store }, redirect: 'manual' })
  const cookie = entered.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  return (path, init = {}) =>
    fetch(new URL(path, shop.store), {
      redirect: 'manual',
      ...init,
      headers: { cookie, origin: shop.store, ...Object.fromEntries(new Headers(init.headers)) },
    })
}

/** What a form of a page would send if nothing were typed. */
export function sendable(page: Seen, button: RegExp): { url: string; fields: Record<string, string> } {
  const form = formsOf(page.html).find((one) => button.test(one.html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')))
  if (!form) throw new Error('no such form')
  return { url: new URL(form.action || page.url, page.url).href, fields: { ...form.fields } }
}

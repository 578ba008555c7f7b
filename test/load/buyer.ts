import { walker, type Seen } from '../walker.ts'

/** Where a buyer goes. Shape: `address` is the buyer's own, named by a trusted proxy, so that limits count buyers and not the bench. */
export type Shop = { readonly store: string; readonly address: () => string }

let buyers = 0

/** A fresh address for each order. Shape: of the block that is set aside for such tests (RFC 2544). */
export function nextAddress(): string {
  buyers += 1
  return `198.18.${(buyers >> 8) & 255}.${buyers & 255}`
}

/**
 * Buys one download as a person would: product, order form, the processor's page, and the page with the key, looked at
 * until it is there. Answers how often it had to look. Errors: rejects when no key came within ten seconds.
 */
export async function buyOne({ store, address }: Shop): Promise<number> {
  const headers = { 'x-forwarded-for': address(), 'sec-fetch-site': 'same-origin' }
  const walk = walker((url, init) =>
    fetch(url, { ...init, headers: { ...Object.fromEntries(new Headers(init?.headers)), ...headers } }),
  )
  const product = await walk.get(`${store}/products/tally`)
  const form = await walk.follow(product, /^Buy/)
  const typed = { email: `ada.${address()}@example.org`, country: 'BE' }
  const page = await walk.submit(form, typed, { button: /^Pay/ })
  const card = { card: '4242 4242 4242 4242', expiry: '12/34', cvc: '123' }
  const back = await walk.submit(page, card, { button: /^Pay/ })
  return waitForKey(back, (url) => walk.get(url))
}

async function waitForKey(page: Seen, look: (url: string) => Promise<Seen>, looks = 1): Promise<number> {
  if (/class="key"/.test(page.html)) return looks
  if (looks > 160) throw new Error('no key came')
  await new Promise((next) => setTimeout(next, 60))
  return waitForKey(await look(page.url), look, looks + 1)
}

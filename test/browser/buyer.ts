import { expect, type BrowserContext, type Locator, type Page } from '@playwright/test'

/** The simulator's card that is simply approved. */
export const goodCard = '4242 4242 4242 4242'

/** What is typed to have a box sent to Ada. */
export const adasAddress = {
  Name: 'Ada Peeters',
  'Street and number': 'Kraanlei 12',
  Postcode: '9000',
  'Town or city (and state)': 'Gent',
}

/** Types a card at the simulated processor and pays. */
export async function payAtSimulator(page: Page, card = goodCard): Promise<void> {
  await expect(page.getByRole('heading', { name: /^Pay / })).toBeVisible()
  await page.getByLabel('Card number').fill(card)
  await page.getByLabel('Expiry date').fill('12/34')
  await page.getByLabel('Security code').fill('123')
  await page.getByRole('button', { name: /^Pay / }).click()
}

/** The page after the payment, once the key is there; it looks again by itself until then. */
export async function keyOn(page: Page): Promise<string> {
  const key = page.locator('.key')
  await expect(key).toBeVisible({ timeout: 20_000 })
  return (await key.innerText()).trim()
}

/** The fields of a form in which a person says something about themselves. Where to pay is chosen beside them. */
export function fieldsOf(page: Page): Locator {
  return page.locator('main form').locator('input:not([type=hidden]):not([type=radio]), select, textarea')
}

/** The number of the order that a page is about. */
export async function orderNumberOn(page: Page): Promise<string> {
  return /HS-[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(await page.locator('main').innerText())?.[0] ?? ''
}

/** Buys from the product's page to the page with the key. */
export async function buy(
  page: Page,
  of: {
    readonly shop?: string
    readonly product: string
    readonly email: string
    readonly box: boolean
    readonly card?: string
  },
): Promise<string> {
  await page.goto(`${of.shop ?? ''}/products/${of.product}`)
  await page.getByRole('link', { name: of.box ? /^Buy: box/ : /^Buy: download/ }).click()
  await page.getByLabel('E-mail').fill(of.email)
  if (of.box)
    for (const [label, text] of Object.entries(adasAddress)) await page.getByRole('textbox', { name: label }).fill(text)
  await page.getByLabel('Country').selectOption('BE')
  await page.getByRole('button', { name: /^Pay / }).click()
  await payAtSimulator(page, of.card)
  await keyOn(page)
  return orderNumberOn(page)
}

/** A buyer in a browser of their own, so that the desk's cookie is not theirs. */
export async function asBuyer<T>(context: BrowserContext, work: (page: Page) => Promise<T>): Promise<T> {
  const own = await context.browser()?.newContext()
  if (!own) throw new Error('no browser')
  const result = await work(await own.newPage())
  expect(await own.cookies()).toEqual([])
  await own.close()
  return result
}

import type { Page } from '@playwright/test'
import { expect, visitorTest as test } from './shop.ts'
import { expectSound } from './sound.ts'

const forged = 'A'.repeat(22)

/** Every page that needs no order, with what it has to say. */
const pages: readonly (readonly [name: string, path: string, status: number, heading: RegExp])[] = [
  ['product-both', '/products/plumbline', 200, /Plumbline/],
  ['product-trial', '/products/lookout', 200, /Lookout/],
  ['privacy', '/privacy', 200, /What we do with what you tell us/],
  ['privacy-version', '/privacy/versions/1', 200, /./],
  ['promises', '/promises', 200, /./],
  ['not-found', '/no-such-page', 404, /There is no such page/],
  ['bad-cart', `/cart/1.x.${forged}`, 404, /order link does not work/],
  ['bad-order-link', `/o/${forged}`, 410, /no longer works/],
  ['bad-return-link', `/r/${forged}`, 410, /no longer works/],
  ['bad-privacy-link', `/p/${forged}`, 410, /no longer works/],
  ['bad-certificate', `/p/erased/${forged}`, 410, /no longer works/],
]

test('every page and every refusal says what it is, and is sound', async ({ page }) => {
  test.setTimeout(120_000)
  for (const [name, path, status, heading] of pages) {
    const answer = await page.goto(path)
    expect([path, answer?.status()]).toEqual([path, status])
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading)
    await expectSound(page, name)
  }
})

test('every link of the front page, the product pages, the policy and the promises leads somewhere', async ({
  page,
  shop,
}) => {
  const seen = new Set<string>()
  for (const start of ['/', '/products/plumbline', '/products/lookout', '/privacy', '/promises', '/your-data']) {
    await page.goto(start)
    const here = await page
      .locator('a[href]')
      .evaluateAll((all) => all.map((one) => (one as unknown as { href: string }).href))
    for (const href of here) seen.add(href)
  }
  const anchors = [...seen].filter((href) => href.includes('#'))
  const addresses = new Set([...seen].map((href) => href.split('#')[0] ?? ''))
  expect(addresses.size).toBeGreaterThan(12)
  for (const address of addresses) {
    expect(new URL(address).origin).toBe(shop.store)
    expect([address, (await page.request.get(address)).status()]).toEqual([address, 200])
  }
  expect(anchors.length).toBeGreaterThan(5)
  for (const href of anchors) await expectTarget(page, href)
})

async function expectTarget(page: Page, href: string): Promise<void> {
  await page.goto(href)
  expect([href, await page.locator(`[id="${new URL(href).hash.slice(1)}"]`).count()]).toEqual([href, 1])
}

test('the number of pieces is changed, a slip is shown beside its field, and an empty order says so', async ({
  page,
}) => {
  await page.goto('/products/tally')
  await page.getByRole('link', { name: /^Buy/ }).click()
  await page.getByRole('link', { name: 'Change the order' }).click()
  await expectSound(page, 'cart')
  const count = page.getByLabel(/How many/)
  await count.fill('three')
  await page.getByRole('button', { name: 'Update the order' }).click()
  await expect(page.locator('#e-q0')).toContainText('whole number')
  await expect(count).toHaveValue('three')
  await expect(page.getByRole('alert')).toBeFocused()
  await expectSound(page, 'cart-errors')
  await count.fill('3')
  await page.getByRole('button', { name: 'Update the order' }).click()
  await expect(page.locator('dl.bill > div').first()).toHaveText(/To pay\s*€57\.00/)
  await count.fill('0')
  await page.getByRole('button', { name: 'Update the order' }).click()
  await expect(page.getByText('Nothing is left in this order.')).toBeVisible()
  await expectSound(page, 'cart-empty')
})

test('an address that is none is refused beside its field, and the same answer meets every other', async ({ page }) => {
  await page.goto('/your-data')
  await page.getByLabel('E-mail').fill('nobody')
  await page.getByRole('button', { name: /link/ }).click()
  await expect(page.locator('#e-email')).toBeVisible()
  await expectSound(page, 'your-data-errors')
  await page.getByLabel('E-mail').fill('nobody.at.all@quill.example')
  await page.getByRole('button', { name: /link/ }).click()
  await expect(page.getByRole('heading', { name: /If we hold anything/ })).toBeVisible()
})

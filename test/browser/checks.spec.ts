import type { Page } from '@playwright/test'
import { expect, test, watch } from './shop.ts'
import { expectSound } from './sound.ts'

/** Each fault that the checks of this folder are there to find, put on a sound page. */
const faults: readonly (readonly [fault: string, put: (page: Page) => Promise<unknown>, found: RegExp])[] = [
  [
    'a box that is wider than a phone',
    (page) => page.evaluate('document.querySelector("h1").style.inlineSize = "500px"'),
    /sticks out on .* at 390/,
  ],
  [
    'a field without a label',
    (page) => page.locator('main').evaluate((main) => main.insertAdjacentHTML('beforeend', '<input>')),
    /label: <input>/,
  ],
]

for (const [fault, put, found] of faults)
  test(`the checks find ${fault}`, async ({ page }) => {
    await page.goto('/')
    await put(page)
    await expect(expectSound(page, 'a page with a fault')).rejects.toThrow(found)
  })

test('the watch finds a request to another host, an error on the console, and a broken script', async ({
  browser,
  shop,
}) => {
  const troubles: string[] = []
  const context = await browser.newContext()
  watch(context, [shop.store], troubles)
  const page = await context.newPage()
  await page.goto(shop.store)
  expect(troubles).toEqual([])
  await page.goto(shop.outbox)
  await page.evaluate('console.error("a fault")')
  await page.evaluate('setTimeout(() => { throw new Error("a slip") })')
  await expect(() => {
    expect(troubles).toContain(`a request to ${shop.outbox}`)
    expect(troubles).toContain('console: a fault')
    expect(troubles).toContain('script: a slip')
  }).toPass({ timeout: 5000 })
  await context.close()
})

test('a cookie of a page would be seen', async ({ page, watched }) => {
  await page.goto('/')
  await page.evaluate('document.cookie = "seen=1"')
  expect(await watched.cookies()).toEqual(['seen'])
})

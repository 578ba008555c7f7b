import { tabTo } from './keys.ts'
import { expect, visitorTest as test } from './shop.ts'
import type { Locator, Page } from '@playwright/test'

async function expectVisibleFocus(page: Page): Promise<void> {
  const seen = await page.locator('*:focus').evaluateAll((focused) =>
    focused.map((one) => {
      const window = one.ownerDocument.defaultView
      const style = window?.getComputedStyle(one)
      const place = one.getBoundingClientRect()
      const ring = style?.outlineStyle !== 'none' && Number.parseFloat(style?.outlineWidth ?? '0') >= 2
      const inView = place.width > 0 && place.bottom > 0 && place.top < (window?.innerHeight ?? 0)
      return { what: one.outerHTML.slice(0, 100), ring, inView }
    }),
  )
  for (const one of seen) expect(one).toEqual({ what: one.what, ring: true, inView: true })
}

const link = (page: Page, name: RegExp): Locator => page.getByRole('link', { name }).first()

async function press(page: Page, wanted: Locator): Promise<void> {
  await tabTo(page, wanted, expectVisibleFocus)
  await page.keyboard.press('Enter')
}

async function type(page: Page, label: string, text: string): Promise<void> {
  await tabTo(page, page.getByLabel(label), expectVisibleFocus)
  await page.keyboard.type(text)
}

test('a whole purchase needs the keys alone: Tab, Enter and typing, and the focus is always seen', async ({ page }) => {
  await page.goto('/')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
  await expectVisibleFocus(page)
  await page.keyboard.press('Enter')
  await press(page, link(page, /Tally/))
  await expect(page.getByRole('heading', { level: 1, name: /Tally/ })).toBeVisible()
  await press(page, link(page, /^Buy/))

  await expect(page.getByRole('heading', { name: /Where should the key go/ })).toBeVisible()
  await press(page, page.getByRole('button', { name: /^Pay/ }))
  await expect(page.getByRole('alert')).toBeFocused()
  await expectVisibleFocus(page)
  await press(page, page.getByRole('alert').getByRole('link').first())
  await expect(page.getByLabel('E-mail')).toBeFocused()
  await page.keyboard.type('ada@quill.example')
  await type(page, 'Country', 'Belg')
  await expect(page.getByLabel('Country')).toHaveValue('BE')
  await press(page, page.getByRole('button', { name: /^Pay/ }))

  await type(page, 'Card number', '4242424242424242')
  await type(page, 'Expiry date', '12/34')
  await type(page, 'Security code', '123')
  await page.keyboard.press('Enter')
  await expect(page.locator('.key')).toBeVisible({ timeout: 20_000 })
  const [saved] = await Promise.all([page.waitForEvent('download'), press(page, link(page, /^Download/))])
  expect(saved.suggestedFilename()).toBe('tally.txt')
})

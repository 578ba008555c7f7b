import { expect, type Locator, type Page } from '@playwright/test'

const MOST_TABS = 120

/** Goes on with the Tab key until a thing has the focus, as somebody without a mouse does. Shape: `each` is done at every stop. */
export async function tabTo(page: Page, wanted: Locator, each?: (page: Page) => Promise<void>): Promise<void> {
  await expect(wanted).toHaveCount(1)
  for (let presses = 0; presses < MOST_TABS; presses += 1) {
    if (await wanted.evaluate((one) => one === one.ownerDocument.activeElement)) return
    await page.keyboard.press('Tab')
    await each?.(page)
  }
  throw new Error('Tab does not lead there')
}

/** Goes to a thing and presses a key on it. */
export async function press(page: Page, wanted: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, wanted)
  await page.keyboard.press(key)
}

/** Goes to a field and types. */
export async function typeInto(page: Page, wanted: Locator, text: string): Promise<void> {
  await tabTo(page, wanted)
  await page.keyboard.type(text)
}

/** A button by its name; a text is the whole name. */
export function button(page: Page, name: string | RegExp): Locator {
  return page.getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) })
}

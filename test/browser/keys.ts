import { expect, type Locator, type Page } from '@playwright/test'

const MOST_TABS = 120

/** Signs a member of staff in with a link that nobody has used yet. */
export async function signIn(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await send(page, button(page, 'Sign in'))
  await expect(page.getByRole('heading', { level: 1, name: /^Today/ })).toBeVisible()
}

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

/** Presses a button and waits for the page that answers. */
export async function send(page: Page, wanted: Locator): Promise<void> {
  await tabTo(page, wanted)
  const answered = page.waitForEvent('domcontentloaded')
  await page.keyboard.press('Enter')
  await answered
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

/** Chooses one of several: Tab leads to the group, the arrows to the choice, as a browser has it. */
export async function choose(page: Page, wanted: Locator): Promise<void> {
  const name = (await wanted.getAttribute('name')) ?? ''
  const group = page.locator(`input[type="radio"][name="${name}"]`)
  const inGroup = (): Promise<boolean> =>
    group.evaluateAll((all) => all.some((one) => one === one.ownerDocument.activeElement))
  for (let presses = 0; presses < MOST_TABS && !(await inGroup()); presses += 1) await page.keyboard.press('Tab')
  if (await wanted.evaluate((one) => one === one.ownerDocument.activeElement)) await page.keyboard.press('Space')
  for (let steps = 0; steps < (await group.count()) && !(await wanted.isChecked()); steps += 1)
    await page.keyboard.press('ArrowDown')
  await expect(wanted).toBeChecked()
}

/** Picks an option of a list with the arrows. Shape: `value` is what the option sends. */
export async function pick(page: Page, list: Locator, value: string): Promise<void> {
  await tabTo(page, list)
  await page.keyboard.press('Home')
  const options = await list.locator('option').count()
  for (let steps = 0; steps < options && (await list.inputValue()) !== value; steps += 1)
    await page.keyboard.press('ArrowDown')
  await expect(list).toHaveValue(value)
}

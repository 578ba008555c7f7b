import { readFile } from 'node:fs/promises'
import { adasAddress, fieldsOf, keyOn, payAtSimulator } from './buyer.ts'
import { countPages, expect, visitorTest as test } from './shop.ts'
import { expectSound } from './sound.ts'

/** Each kind of field with the token that lets a browser or a helper of a person fill it in. */
const tokens: Readonly<Record<string, string>> = {
  email: 'email',
  name: 'name',
  street: 'street-address',
  postcode: 'postal-code',
  city: 'address-level2',
  country: 'country',
  telephone: 'tel',
}

const names = (fields: ReturnType<typeof fieldsOf>): Promise<(string | null)[]> =>
  fields.evaluateAll((all) => all.map((one) => one.getAttribute('name')))

test('a download is bought from the front page to the key, with two fields about the buyer', async ({ page }) => {
  const pages = countPages(page)
  await page.goto('/')
  await expectSound(page, 'front')
  await page.getByRole('link', { name: 'Tally' }).click()
  await expect(page.locator('.price').first()).toContainText('€19.00')
  await expect(page.getByText('Prices include tax.')).toBeVisible()
  await expectSound(page, 'product')
  await page.getByRole('link', { name: /^Buy/ }).click()

  const fields = fieldsOf(page)
  expect(await names(fields)).toEqual(['email', 'country'])
  await expect(page.locator('dl.bill > div').first()).toHaveText(/To pay\s*€19\.00/)
  await expectSound(page, 'checkout-download')
  await page.getByLabel('E-mail').fill('ada@quill.example')
  await page.getByLabel('Country').selectOption('BE')
  await page.getByRole('button', { name: 'Pay €19.00' }).click()

  await expectSound(page, 'sim-pay')
  await payAtSimulator(page)
  const key = await keyOn(page)
  expect(key).toMatch(/^[0-9A-Z]{5}(-[0-9A-Z]{5}){4}$/)
  expect(pages()).toBeLessThanOrEqual(8)
  await expectSound(page, 'paid-download')

  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: /^Download/ }).click(),
  ])
  expect(saved.suggestedFilename()).toBe('tally.txt')
  expect((await readFile(await saved.path(), 'utf8')).length).toBeGreaterThan(10)
})

test('a box is bought with an address and no more than seven fields, each with its token', async ({ page }) => {
  await page.goto('/products/letterpress')
  await page.getByRole('link', { name: /^Buy/ }).click()
  const fields = fieldsOf(page)
  const asked = await names(fields)
  expect(asked.length).toBeLessThanOrEqual(7)
  expect(asked).toContain('street')
  expect(await fields.evaluateAll((all) => all.map((one) => one.getAttribute('autocomplete')))).toEqual(
    asked.map((name) => tokens[name ?? '']),
  )
  await expectSound(page, 'checkout-box')
  for (const [label, text] of Object.entries(adasAddress)) await page.getByRole('textbox', { name: label }).fill(text)
  await page.getByLabel('E-mail').fill('ada.box@quill.example')
  await page.getByLabel('Country').selectOption('BE')
  await page.getByRole('button', { name: 'Pay €84.00' }).click()
  await payAtSimulator(page)
  await expect(page.getByRole('heading', { name: /box is being prepared/ })).toBeVisible({ timeout: 20_000 })
  await expectSound(page, 'paid-box')
})

test('a form with mistakes comes back with each of them beside its field, and what was typed', async ({ page }) => {
  await page.goto('/products/letterpress')
  await page.getByRole('link', { name: /^Buy/ }).click()
  await page.getByLabel('E-mail').fill('ada at quill')
  await page.getByLabel('Street and number').fill('Kraanlei 12')
  await page.getByRole('button', { name: /^Pay/ }).click()
  await expect(page).toHaveTitle(/^Please check/)
  const summary = page.getByRole('alert')
  await expect(summary).toContainText('E-mail')
  await expect(page.locator('#e-email')).toBeVisible()
  await expect(page.getByLabel('E-mail')).toHaveValue('ada at quill')
  await expect(page.getByLabel('Street and number')).toHaveValue('Kraanlei 12')
  if (test.info().project.name !== 'wide') return
  await expect(summary).toBeFocused()
  await expectSound(page, 'checkout-errors')
  await summary.getByRole('link').first().click()
  await expect(page.getByLabel('E-mail')).toBeFocused()
})

test('a declined card takes nothing, a stay-away buyer can go on, and a second try brings the key', async ({
  page,
}) => {
  await page.goto('/products/tally')
  await page.getByRole('link', { name: /^Buy/ }).click()
  await page.getByLabel('E-mail').fill('bela@quill.example')
  await page.getByLabel('Country').selectOption('FR')
  await page.getByRole('button', { name: /^Pay/ }).click()
  await payAtSimulator(page, '4000 0000 0000 0002')
  await expect(page.getByRole('alert')).toContainText('declined')
  await expectSound(page, 'sim-declined')
  await page.getByRole('link', { name: /without paying/ }).click()
  await expect(page.getByRole('button', { name: 'Pay again' })).toBeVisible()
  await expectSound(page, 'return-unpaid')
  await page.getByRole('button', { name: 'Pay again' }).click()
  await payAtSimulator(page)
  expect(await keyOn(page)).toMatch(/-/)
})

test('a free trial is saved without a word about the visitor', async ({ page }) => {
  await page.goto('/products/lookout')
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: /no e-mail needed/ }).click(),
  ])
  expect(saved.suggestedFilename()).toBe('lookout-trial.txt')
})

test('a bank that asks is answered without a script, and the simulator lets things go wrong by a form', async ({
  page,
  shop,
}) => {
  await page.goto('/products/tally')
  await page.getByRole('link', { name: /^Buy/ }).click()
  await page.getByLabel('E-mail').fill('cleo@quill.example')
  await page.getByLabel('Country').selectOption('FR')
  await page.getByRole('button', { name: /^Pay/ }).click()
  const paying = page.url()
  await payAtSimulator(page, '4000 0027 6000 3184')
  await expectSound(page, 'sim-bank')
  await page.getByRole('button', { name: 'Refuse' }).click()
  await expect(page.getByRole('alert')).toContainText('not confirmed')

  await page.goto(shop.sim)
  await expectSound(page, 'sim-front')
  await page.getByRole('link', { name: 'Let things go wrong' }).click()
  await page.getByLabel('Fault').selectOption('answer500')
  await page.getByLabel('So many times').fill('1')
  await page.getByRole('button', { name: 'Add' }).click()
  await expect(page.getByRole('cell', { name: /1 more times/ })).toBeVisible()
  await expectSound(page, 'sim-faults')

  await page.goto(paying)
  await payAtSimulator(page, '4000 0027 6000 3184')
  await page.getByRole('button', { name: 'Confirm' }).click()
  expect(await keyOn(page)).toMatch(/-/)
  await page.goto(`${shop.sim}/faults`)
  await expect(page.getByText('Nothing goes wrong now.')).toBeVisible()
})

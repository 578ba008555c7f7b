import type { Locator, Page } from '@playwright/test'
import { asBuyer, keyOn, orderNumberOn, payAtSimulator } from './buyer.ts'
import { button, pick, press, send, signIn, tabTo } from './keys.ts'
import { expect, test, visitorTest } from './shop.ts'
import { expectSound } from './sound.ts'

const KEY = /^[0-9A-Z]{5}(-[0-9A-Z]{5}){4}$/

/** Orders a Tally and chooses where to pay. */
async function orderAt(page: Page, shop: string, processor: string): Promise<void> {
  await page.goto(`${shop}/products/tally`)
  await page.getByRole('link', { name: /^Buy/ }).click()
  await page.getByLabel('E-mail').fill('ada@quill.example')
  await page.getByLabel('Country').selectOption('BE')
  await page.getByRole('radio', { name: processor }).check()
  await page.getByRole('button', { name: /^Pay/ }).click()
}

/** Types over what stands in a field. */
async function retype(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field)
  await page.keyboard.press('Control+A')
  await page.keyboard.type(text)
}

for (const processor of ['SWREG', 'RegNow'])
  visitorTest(`a download is bought at ${processor}, which is closed and says so, up to the key`, async ({ page }) => {
    await page.goto('/products/tally')
    await page.getByRole('link', { name: /^Buy/ }).click()
    const choice = page.getByRole('radio', { name: processor })
    await expect(page.locator('label', { has: choice })).toContainText(/closed/i)
    await orderAt(page, '', processor)

    await expect(page.getByRole('heading', { name: 'Your details' })).toBeVisible()
    await page.getByLabel('Surname').fill("O'Brien & <Søn>")
    await expectSound(page, `sim-details-${processor}`)
    await page.getByRole('button', { name: 'Go on to pay' }).click()
    await payAtSimulator(page)
    const key = await keyOn(page)
    expect(key).toMatch(KEY)
    await expectSound(page, `sim-receipt-${processor}`)
    if (processor === 'RegNow') return
    await page.getByRole('link', { name: 'Back to the shop' }).click()
    expect(await keyOn(page)).toBe(key)
  })

for (const processor of ['Paddle', 'Zegelkas'])
  visitorTest(`a download is bought at ${processor} up to the key`, async ({ page, shop }) => {
    await orderAt(page, '', processor)
    await expectSound(page, `sim-pay-${processor}`)
    await payAtSimulator(page)
    expect(await keyOn(page)).toMatch(KEY)
    if (processor === 'Paddle') return
    await page.goto(`${shop.sim}/sealed`)
    await expect(page.getByText(/key destroyed .*order completed/).first()).toBeVisible()
    await expectSound(page, 'sim-card-keys')
  })

test('by cheque or transfer: the buyer reads how to pay, staff note the money by keys, and the key is there', async ({
  page,
  context,
  shop,
}) => {
  await asBuyer(context, async (buyer) => {
    await orderAt(buyer, shop.store, 'Bank transfer or cheque')
    await expect(buyer.getByRole('heading', { name: 'How to pay' })).toBeVisible()
    await expectSound(buyer, 'order-transfer')
    const number = await orderNumberOn(buyer)

    await signIn(page, await shop.staff())
    await press(page, page.getByRole('navigation', { name: 'Desk' }).getByRole('link', { name: 'Orders' }))
    await press(page, page.getByRole('link', { name: number }))
    const amount = page.getByLabel('Amount that came')
    await expect(amount).toHaveValue('19.00')
    await retype(page, amount, 'nineteen')
    await pick(page, page.getByLabel('How it came'), 'cheque')
    await send(page, button(page, 'Note the payment'))
    await expect(page.getByText('Please type an amount in EUR').first()).toBeVisible()
    await expect(amount).toHaveValue('nineteen')
    await expect(page.getByLabel('How it came')).toHaveValue('cheque')
    await retype(page, amount, '19.00')
    await send(page, button(page, 'Note the payment'))
    await expect(page.getByText('€19.00 has come; nothing is left to pay.')).toBeVisible()
    await expectSound(page, 'desk-transfer')
    await buyer.reload()
    expect(await keyOn(buyer)).toMatch(KEY)
  })
})

test('the owner reads by keys what was told and passed on about a payment, and opens a message, which is noted', async ({
  page,
  context,
  shop,
}) => {
  const number = await asBuyer(context, async (buyer) => {
    await orderAt(buyer, shop.store, 'Stripe')
    await payAtSimulator(buyer)
    await keyOn(buyer)
    return orderNumberOn(buyer)
  })

  await signIn(page, await shop.staff())
  const desk = page.getByRole('navigation', { name: 'Desk' })
  await press(page, desk.getByRole('link', { name: 'Processors' }))
  await expect(page.getByRole('row', { name: /Stripe/ })).toContainText('All well')
  await expect(page.getByRole('row', { name: /RegNow/ })).toContainText('chosen by this project')
  await expectSound(page, 'desk-processors')
  await press(page, desk.getByRole('link', { name: 'Orders' }))
  await press(page, page.getByRole('link', { name: number }))
  await press(page, page.getByRole('link', { name: /^All that was told and passed on/ }))
  await expect(page.getByText(/^Passed on to Stripe: .*the amount/)).toBeVisible()
  await expectSound(page, 'desk-timeline')
  await send(page, button(page, 'Open this message').first())
  await expect(page.locator('main')).toContainText('checkout.session.completed')
  await expectSound(page, 'desk-message')
})

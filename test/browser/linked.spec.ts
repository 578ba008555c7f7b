import { keyOn, payAtSimulator } from './buyer.ts'
import { expect, visitorTest as test } from './shop.ts'
import { expectSound } from './sound.ts'

for (const processor of ['SWREG', 'RegNow'])
  test(`a download is bought at ${processor}, which is closed and says so, up to the key`, async ({ page }) => {
    await page.goto('/products/tally')
    await page.getByRole('link', { name: /^Buy/ }).click()
    await page.getByLabel('E-mail').fill('ada@quill.example')
    await page.getByLabel('Country').selectOption('BE')
    const choice = page.getByRole('radio', { name: processor })
    await expect(page.locator('label', { has: choice })).toContainText(/closed/i)
    await choice.check()
    await page.getByRole('button', { name: /^Pay/ }).click()

    await expect(page.getByRole('heading', { name: 'Your details' })).toBeVisible()
    await page.getByLabel('Surname').fill("O'Brien & <Søn>")
    await expectSound(page, `sim-details-${processor}`)
    await page.getByRole('button', { name: 'Go on to pay' }).click()
    await payAtSimulator(page)
    const key = await keyOn(page)
    expect(key).toMatch(/^[0-9A-Z]{5}(-[0-9A-Z]{5}){4}$/)
    await expectSound(page, `sim-receipt-${processor}`)
    if (processor === 'RegNow') return
    await page.getByRole('link', { name: 'Back to the shop' }).click()
    expect(await keyOn(page)).toBe(key)
  })

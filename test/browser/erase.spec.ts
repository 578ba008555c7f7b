import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { buy } from './buyer.ts'
import { expect, visitorTest as test } from './shop.ts'
import { expectSound } from './sound.ts'

/** From the page that asks for an address, by the mail in the outbox, to everything that is held. */
async function openHeld(page: Page, of: { email: string; outbox: string }): Promise<void> {
  await page.goto('/your-data')
  await expectSound(page, 'your-data')
  await page.getByLabel('E-mail').fill(of.email)
  await page.getByRole('button', { name: 'Send me the link' }).click()
  await expect(page.getByRole('heading', { name: /a mail is on its way/ })).toBeVisible()
  await expectSound(page, 'your-data-sent')
  const mail = await mailTo(page, of)
  await page.goto(of.outbox)
  await expectSound(page, 'outbox')
  await page.locator(`a[href="${mail}"]`).click()
  await expectSound(page, 'mail')
  await page.getByRole('link', { name: /\/p\// }).click()
  await expectSound(page, 'open-held')
  await page.getByRole('button', { name: /^Show/ }).click()
  await expect(page.getByRole('heading', { name: 'What we hold about you' })).toBeVisible()
}

/** Where the outbox shows the mail with the link, once it is there. */
async function mailTo(page: Page, { email, outbox }: { email: string; outbox: string }): Promise<string> {
  const json = async (path: string): Promise<unknown> => (await page.request.get(outbox + path)).json()
  let found: string | undefined
  await expect(async () => {
    const { mails } = (await json('/mails.json')) as { mails: { id: string; kind: string }[] }
    for (const { id } of mails.filter(({ kind }) => kind === 'privacyLink'))
      if (((await json(`/mails/${id}.json`)) as { to?: string }).to === email) found = `/mails/${id}`
    expect(found).toBeDefined()
  }).toPass({ timeout: 20_000 })
  return found ?? ''
}

test('a buyer sees what is held, takes it along, has it erased and gets a certificate', async ({ page, shop }) => {
  const email = `ada.${test.info().project.name.replace(' ', '')}@quill.example`
  const number = await buy(page, { product: 'tally', email, box: false })
  await openHeld(page, { email, outbox: shop.outbox })
  await expect(page.getByText(email).first()).toBeVisible()
  await expectSound(page, 'held')

  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download all of it' }).click(),
  ])
  const file = await readFile(await saved.path(), 'utf8')
  expect(JSON.parse(file)).toHaveProperty('about')
  expect(file).toContain(email)
  expect(file).toContain(number)

  await page.getByRole('link', { name: 'Erase my data' }).click()
  await expect(page.getByText('This cannot be undone')).toBeVisible()
  await expectSound(page, 'erase')
  await page.getByRole('button', { name: 'Erase now' }).click()
  await expect(page.getByRole('heading', { name: 'Erased' })).toBeVisible()
  await expectSound(page, 'certificate')
})

test('with a box still to be sent the buyer chooses, and is not erased by a slip', async ({ page, shop }) => {
  const email = `bela.${test.info().project.name.replace(' ', '')}@quill.example`
  const number = await buy(page, { product: 'letterpress', email, box: true })
  await openHeld(page, { email, outbox: shop.outbox })
  await expectSound(page, 'held-box')
  await page.getByRole('link', { name: 'Erase my data' }).click()
  await expect(page.getByText(number)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Erase now', exact: true })).toHaveCount(0)
  await expectSound(page, 'erase-box')
  await page.getByRole('button', { name: 'Cancel, pay back and erase now' }).click()
  await expect(page.getByRole('heading', { name: 'Erased' })).toBeVisible()
})

test('with a box still to be sent the buyer can be erased after it', async ({ page, shop }) => {
  const email = `mallory.${test.info().project.name.replace(' ', '')}@quill.example`
  await buy(page, { product: 'letterpress', email, box: true })
  await openHeld(page, { email, outbox: shop.outbox })
  await page.getByRole('link', { name: 'Erase my data' }).click()
  await page.getByRole('button', { name: 'Send the box, then erase' }).click()
  await expect(page.getByRole('heading', { name: /Will be erased/ })).toBeVisible()
  await expectSound(page, 'certificate-later')
})

import type { Page } from '@playwright/test'
import { buy } from './buyer.ts'
import { mailedLink } from './mailbox.ts'
import { expect, test } from './shop.ts'
import { expectSound } from './sound.ts'

type Of = { readonly email: string; readonly outbox: string }

async function openHeld(page: Page, { email, outbox }: Of): Promise<void> {
  await page.goto('/your-data')
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('button', { name: 'Send me the link' }).click()
  await page.goto(await mailedLink(page, { email, outbox, path: '/p/' }))
  await page.getByRole('button', { name: /^Show/ }).click()
  await expect(page.getByRole('heading', { name: 'What we hold about you' })).toBeVisible()
}

test('a buyer corrects a name, reads all of it on one page, and says no to news', async ({ page, shop }) => {
  const of = { email: 'ada.rights@quill.example', outbox: shop.outbox }
  await buy(page, { product: 'letterpress', email: of.email, box: true })
  await openHeld(page, of)
  await expectSound(page, 'held-deeds')
  await page.getByRole('link', { name: 'Correct this' }).click()
  await expectSound(page, 'correct')
  await page.getByLabel('E-mail').fill('no address')
  await page.getByLabel('Name').fill('Ada Corrected')
  await page.getByRole('button', { name: 'Correct it' }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await expect(page.getByLabel('Name')).toHaveValue('Ada Corrected')
  await expectSound(page, 'correct-wrong')
  await page.getByLabel('E-mail').fill(of.email)
  await page.getByRole('button', { name: 'Correct it' }).click()
  await expect(page.getByText('It is corrected.')).toBeVisible()
  await page.getByRole('link', { name: 'Back to what we hold about you' }).click()
  await expect(page.getByText('Ada Corrected').first()).toBeVisible()
  await page.getByRole('link', { name: 'Read all of it on one page' }).click()
  await expect(page.getByText('for you only and not kept')).toBeVisible()
  await expectSound(page, 'export')
  await page.getByRole('link', { name: 'Back to what we hold about you' }).click()
  await page.getByRole('button', { name: 'Send me no news of any kind' }).click()
  await expect(page.getByText('You get no news from us any more')).toBeVisible()
  await expectSound(page, 'deed-done')
})

test('staff ask for a telephone number, the buyer declines, and the box still goes out', async ({
  page,
  shop,
  context,
}) => {
  const of = { email: 'bela.rights@quill.example', outbox: shop.outbox }
  const number = await buy(page, { product: 'letterpress', email: of.email, box: true })
  await page.goto(await shop.staff())
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.goto(`/desk/orders/${number}`)
  await page.getByRole('link', { name: 'Ask the customer for something more' }).click()
  await expectSound(page, 'ask-further')
  await page.getByRole('button', { name: 'Send the question' }).click()
  await expect(page.getByRole('alert')).toContainText('Choose what you need')
  await page.getByRole('checkbox').first().check()
  await page.getByRole('radio', { name: /deliver/ }).check()
  await page.getByRole('radio', { name: '7 days' }).check()
  await page.getByRole('button', { name: 'Send the question' }).click()
  await expect(page.getByRole('cell', { name: 'waits' })).toBeVisible()
  await expectSound(page, 'questions')

  const own = await context.browser()?.newContext({ javaScriptEnabled: false })
  if (!own) throw new Error('no browser')
  const buyer = await own.newPage()
  await buyer.goto(await mailedLink(page, { ...of, path: '/a/' }))
  await expect(buyer.getByText('Why we ask')).toBeVisible()
  await buyer.getByRole('button', { name: 'I would rather not say' }).click()
  await expect(buyer.getByText('everything else goes on')).toBeVisible()
  expect(await own.cookies()).toEqual([])
  await own.close()

  await page.goto('/desk/questions')
  await expect(page.getByRole('cell', { name: 'declined' })).toBeVisible()
  await page.goto(`/desk/orders/${number}`)
  await page.getByRole('button', { name: 'The box is at the post' }).click()
  await expect(page.getByText('With the post').first()).toBeVisible()

  await page.goto('/desk/requests')
  await expectSound(page, 'requests')
  await page.getByRole('radio', { name: 'to have it erased' }).check()
  await page.getByRole('radio', { name: 'by letter' }).check()
  await page.getByLabel('Received on').fill('2026-01-05')
  await page.getByRole('textbox', { name: 'E-mail' }).fill(of.email)
  await page.getByRole('button', { name: 'Start the clock' }).click()
  await expect(page.getByRole('heading', { name: 'A request to have it erased' })).toBeVisible()
  await expectSound(page, 'request')
  await page.goto('/desk/copies')
  await expectSound(page, 'desk-copies')
})

import type { Page } from '@playwright/test'
import { buy } from './buyer.ts'
import { mailedLink } from './mailbox.ts'
import { button, choose, press, signIn, typeInto } from './keys.ts'
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

test('staff ask by keys alone for a telephone number, the buyer declines, and the box still goes out', async ({
  page,
  shop,
  context,
}) => {
  test.setTimeout(120_000)
  const of = { email: 'bela.rights@quill.example', outbox: shop.outbox }
  const number = await buy(page, { product: 'letterpress', email: of.email, box: true })
  await signIn(page, await shop.staff())
  await page.goto(`/desk/orders/${number}`)
  await press(page, page.getByRole('link', { name: 'Ask the customer for something more' }))
  await expectSound(page, 'ask-further')
  await press(page, button(page, 'Send the question'))
  await expect(page.getByRole('alert')).toContainText('Choose what you need')
  await press(page, page.getByRole('checkbox').first(), 'Space')
  await choose(page, page.getByRole('radio', { name: /deliver/ }))
  await choose(page, page.getByRole('radio', { name: '7 days' }))
  await press(page, button(page, 'Send the question'))
  await expect(page.getByRole('cell', { name: 'waits' })).toBeVisible()
  await expectSound(page, 'questions')

  const link = await mailedLink(page, { ...of, path: '/a/' })
  await page.goto(link)
  await expectSound(page, 'asked')
  const own = await context.browser()?.newContext({ javaScriptEnabled: false })
  if (!own) throw new Error('no browser')
  const buyer = await own.newPage()
  await buyer.goto(link)
  await expect(buyer.getByText('Why we ask')).toBeVisible()
  await buyer.getByRole('button', { name: 'I would rather not say' }).click()
  await expect(buyer.getByText('everything else goes on')).toBeVisible()
  expect(await own.cookies()).toEqual([])
  await own.close()

  await page.goto('/desk/questions')
  await expect(page.getByRole('cell', { name: 'declined' })).toBeVisible()
  await page.goto(`/desk/orders/${number}`)
  await press(page, button(page, 'The box is at the post'))
  await expect(page.getByText('With the post').first()).toBeVisible()
})

/** A day of the last months that is typed alike whether the day or the month comes first. */
function sameEitherWay(): string {
  const yesterday = new Date(Date.now() - 86_400_000)
  const months = Array.from({ length: 3 }, (_, back) => yesterday.getUTCMonth() - back)
  const days = months.map((month) => new Date(Date.UTC(yesterday.getUTCFullYear(), month, ((month + 12) % 12) + 1)))
  const day = days.find((one) => one <= yesterday)?.toISOString() ?? ''
  return day.slice(8, 10) + day.slice(5, 7) + day.slice(0, 4)
}

test('staff take in by keys alone what came by letter: a request with its clock, and a copy to register', async ({
  page,
  shop,
}) => {
  test.setTimeout(120_000)
  const email = 'gerda.rights@quill.example'
  await buy(page, { product: 'tally', email, box: false })
  await signIn(page, await shop.staff())
  const rail = page.getByRole('navigation', { name: 'Desk' })
  await press(page, rail.getByRole('link', { name: /^Requests/ }))
  await expectSound(page, 'requests')
  await choose(page, page.getByRole('radio', { name: 'to have it erased' }))
  await choose(page, page.getByRole('radio', { name: 'by letter' }))
  await typeInto(page, page.getByLabel('Received on'), sameEitherWay())
  await typeInto(page, page.getByRole('textbox', { name: 'E-mail' }), email)
  await press(page, button(page, 'Start the clock'))
  await expect(page.getByRole('heading', { name: 'A request to have it erased' })).toBeVisible()
  await expectSound(page, 'request')
  await press(page, button(page, 'Send the link'))
  await expect(page.getByText('The link is on its way.')).toBeVisible()
  await choose(page, page.getByRole('radio', { name: 'it is complex' }))
  await press(page, button(page, 'Add two months'))
  await expect(page.getByText(/Two months were added/)).toBeVisible()
  await choose(page, page.getByRole('radio', { name: 'Done as asked' }))
  await press(page, button(page, 'Close with this outcome'))
  await expect(page.getByText(/^Done as asked, on/)).toBeVisible()
  await expectSound(page, 'request-closed')

  await press(page, rail.getByRole('link', { name: /^Copies/ }))
  await expectSound(page, 'desk-copies')
  await typeInto(page, page.getByRole('searchbox'), 'TALLY-2009-55120')
  await press(page, button(page, 'Find'))
  await expect(page.getByText('Tally', { exact: true }).first()).toBeVisible()
  await typeInto(page, page.getByRole('textbox', { name: 'Key or serial number' }), 'AAAAA AAAAA AAAAA AAAAA AAAAA')
  await typeInto(page, page.getByRole('textbox', { name: 'E-mail' }), email)
  await press(page, button(page, 'Send the link'))
  await expect(page.getByRole('alert')).toContainText('one of its letters is wrong')
  await expectSound(page, 'desk-copies-wrong')

  await press(page, rail.getByRole('link', { name: 'Clocks' }))
  await expect(page.getByRole('heading', { level: 1, name: 'What goes by itself' })).toBeVisible()
  await expectSound(page, 'clocks')
})

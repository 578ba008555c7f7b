import { mailedLink } from './mailbox.ts'
import { button, press, tabTo } from './keys.ts'
import { expect, visitorTest as test } from './shop.ts'
import { expectSound } from './sound.ts'

test('a copy from a box is registered by keyboard, its key shown, and it is given up again', async ({ page, shop }) => {
  const email = 'ada.register@quill.example'
  await page.goto('/register')
  await expect(page.getByText('You need not register.')).toBeVisible()
  await expectSound(page, 'register')
  await tabTo(page, page.getByLabel('Key or serial number'))
  await page.keyboard.type('AAAAA AAAAA AAAAA AAAAA AAAAA')
  await tabTo(page, page.getByLabel('E-mail'))
  await page.keyboard.type(email)
  await press(page, button(page, /^Mail me/))
  await expect(page.getByRole('alert')).toContainText('one of its letters is wrong')
  await expect(page.getByLabel('E-mail')).toHaveValue(email)
  await expectSound(page, 'register-wrong')

  await page.getByLabel('Key or serial number').fill('pl4 2207 1183')
  await press(page, button(page, /^Mail me/))
  await expect(page.getByRole('heading', { name: /a mail with a link is on its way/ })).toBeVisible()
  await expectSound(page, 'register-sent')

  await page.goto(await mailedLink(page, { email, outbox: shop.outbox, path: '/k/' }))
  await expectSound(page, 'register-confirm')
  await press(page, button(page, /^Yes/))
  await expect(page.getByRole('heading', { name: 'Your copies' })).toBeVisible()
  await expect(page.getByRole('cell', { name: /^until/ })).toBeVisible()
  await expectSound(page, 'copies')
  await press(page, page.getByRole('link', { name: 'Show my keys' }))
  await expect(page.getByText('PL422071183')).toBeVisible()
  await expectSound(page, 'copies-keys')
  await press(page, page.getByRole('link', { name: /^Give it up/ }))
  await expectSound(page, 'copies-leave')
  await press(page, button(page, /^Give them up/))
  await expect(page.getByText('not recorded as the owner any more')).toBeVisible()
})

test.describe('without a script', () => {
  test.use({ javaScriptEnabled: false })

  test('a copy is registered, and its owner comes back by the link of “Your copies”', async ({ page, shop }) => {
    const email = 'bela.register@quill.example'
    await page.goto('/register')
    await page.getByLabel('Key or serial number').fill('TALLY-2009-55120')
    await page.getByLabel('E-mail').fill(email)
    await page.getByLabel('Name').fill('Bela')
    await button(page, /^Mail me/).click()
    await page.goto(await mailedLink(page, { email, outbox: shop.outbox, path: '/k/' }))
    await button(page, /^Yes/).click()
    await expect(page.getByRole('rowheader', { name: 'Tally' })).toBeVisible()
    await page.goto('/copies')
    await page.getByLabel('E-mail').fill(email)
    await button(page, /^Send me/).click()
    await expect(page.getByRole('heading', { name: /a mail is on its way/ })).toBeVisible()
    await page.goto(await mailedLink(page, { email, outbox: shop.outbox, path: '/c/' }))
    await page.getByRole('link', { name: 'Show my keys' }).click()
    await expect(page.getByText('TALLY200955120')).toBeVisible()
  })
})

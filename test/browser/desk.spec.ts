import { adasAddress, asBuyer, buy } from './buyer.ts'
import { expect, test } from './shop.ts'
import { expectSound } from './sound.ts'

test('staff sign in once, send a box, pay a second payment back, and sign out', async ({
  page,
  context,
  shop,
  watched,
}) => {
  const number = await asBuyer(context, (own) =>
    buy(own, { shop: shop.store, product: 'letterpress', email: 'ada@quill.example', box: true }),
  )
  const twice = await asBuyer(context, (own) =>
    buy(own, {
      shop: shop.store,
      product: 'tally',
      email: 'bela@quill.example',
      box: false,
      card: '4000 0000 0000 0119',
    }),
  )
  const link = await shop.staff()
  await page.goto(link)
  expect(await watched.cookies()).toEqual([])
  await expectSound(page, 'sign-in')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { level: 1, name: /^Today/ })).toBeVisible()
  const [cookie, ...more] = await context.cookies()
  expect(more).toEqual([])
  expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Strict', path: '/' })
  expect(cookie?.name).toMatch(/^__Host-/)

  await expect(page.getByText('The customer paid twice')).toBeVisible()
  await expectSound(page, 'today')
  await page.getByRole('button', { name: `Pay it back ${twice}` }).click()
  await expect(page.getByText('The customer paid twice')).toHaveCount(0)

  await page.getByRole('link', { name: number }).first().click()
  for (const text of Object.values(adasAddress)) await expect(page.getByRole('main')).toContainText(text)
  await expect(page.getByText('That is noted')).toBeVisible()
  await expectSound(page, 'desk-order')
  await page.getByLabel('Amount to pay back').fill('4.00')
  await page.getByRole('button', { name: 'Pay it back' }).click()
  await expect(page.getByRole('alert')).toContainText('Choose why the money goes back.')
  await expect(page.getByLabel('Amount to pay back')).toHaveValue('4.00')
  await page.getByLabel('Why').selectOption('We want to be kind')
  await page.getByRole('button', { name: 'Pay it back' }).click()
  await expect(page.getByRole('row', { name: /€4\.00 .* We want to be kind/ })).toBeVisible()
  await page.getByRole('link', { name: 'Address label to print' }).click()
  await expect(page.locator('address')).toContainText('BELGIUM')
  await expectSound(page, 'label')
  await page.goBack()
  await page.getByRole('button', { name: 'The box is at the post' }).click()
  await expect(page.getByText('With the post')).toBeVisible()
  await expect(page.getByRole('main')).not.toContainText(adasAddress.Name)
  await expectSound(page, 'desk-order-sent')

  await page.getByRole('link', { name: /^Orders/ }).click()
  await expect(page.getByRole('row')).not.toHaveCount(0)
  await expectSound(page, 'desk-orders')
  await page.getByLabel('Find an order').fill('HS-0000-0000')
  await page.getByRole('button', { name: 'Find' }).click()
  await expect(page.getByText('There is no order of that number.')).toBeVisible()
  await page.getByLabel('Find an order').fill(number.toLowerCase())
  await page.getByRole('button', { name: 'Find' }).click()
  await expect(page.getByRole('heading', { name: `Order ${number}` })).toBeVisible()

  await page.getByRole('button', { name: 'Withdraw the key of piece 1' }).click()
  await page.getByRole('button', { name: 'Give the key back of piece 1' }).click()
  await expect(page.getByText('works (as staff decided)')).toBeVisible()

  await page.getByRole('link', { name: /^Partners/ }).click()
  await expectSound(page, 'desk-partners')
  await page.goto('/desk')
  await page.getByRole('button', { name: 'Sign out' }).click()
  expect(await watched.cookies()).toEqual([])
  await page.goto('/desk')
  await expect(page.getByRole('heading', { name: 'Please sign in' })).toBeVisible()
  await expectSound(page, 'signed-out')
  await page.goto(link)
  await expect(page.getByRole('heading', { name: /no longer works/ })).toBeVisible()
  await expectSound(page, 'sign-in-spent')
})

test('the owner sees how much a processor took, pays everybody back, and sees how far it is', async ({
  page,
  context,
  shop,
}) => {
  await asBuyer(context, (own) =>
    buy(own, { shop: shop.store, product: 'tally', email: 'cleo@quill.example', box: false }),
  )
  await page.goto(await shop.staff())
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.goto('/desk/orders')
  await page.getByRole('link', { name: 'A processor fails' }).click()
  await page.getByRole('button', { name: 'See how much that is' }).click()
  await expect(page.getByRole('alert')).toContainText('Choose a day.')
  await expectSound(page, 'desk-incident')
  await page.getByLabel('Stripe').check()
  await page.getByLabel('Since when').fill('2020-01-01')
  await page.getByRole('button', { name: 'See how much that is' }).click()
  await expect(page.getByText(/^(One order|\d+ orders), €/)).toBeVisible()
  await page.getByRole('button', { name: 'Pay everybody back' }).click()
  await expect(page.getByRole('heading', { name: 'How far it is' })).toBeVisible()
  await expectSound(page, 'desk-incident-progress')
})

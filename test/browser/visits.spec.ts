import { button, press, signIn } from './keys.ts'
import { expect, test } from './shop.ts'
import { expectSound } from './sound.ts'

test('a visitor chooses by keyboard, without a script, and each cookie is there only while it is chosen', async ({
  page,
  watched,
}) => {
  await page.goto('/')
  await press(page, page.getByRole('link', { name: 'Cookies and counting' }))
  await expect(page.getByRole('heading', { level: 1, name: /Cookies and counting/ })).toBeVisible()
  expect(await watched.cookies()).toEqual([])
  await expectSound(page, 'cookies')
  await press(page, button(page, /^Do not count me/))
  await expect(page.getByText('You are not counted.')).toBeVisible()
  expect(await watched.cookies()).toEqual(['__Host-avow-uncounted'])
  await press(page, button(page, /^Recognise me/))
  await expect(page.getByText('on another day, we count that somebody returned')).toBeVisible()
  expect(await watched.cookies()).toEqual(['__Host-avow-known'])
  await expectSound(page, 'cookies-chosen')
  await press(page, button(page, /^Do not recognise me/))
  await expect(button(page, /^Recognise me/)).toBeVisible()
  expect(await watched.cookies()).toEqual([])
})

test('staff read by keyboard who came, and the page is sound at each width and in each scheme', async ({
  page,
  browser,
  shop,
}) => {
  test.setTimeout(120_000)
  // The browser of a test names itself as one without a head, which is a robot and rightly not counted.
  const visitor = await browser.newContext({
    userAgent: (await page.evaluate<string>('navigator.userAgent')).replace('Headless', ''),
  })
  for (const path of ['/', '/products/tally', '/products/tally', '/products/lookout', '/no-such-page'])
    await (await visitor.newPage()).goto(shop.store + path)
  await visitor.close()
  await signIn(page, await shop.staff())
  await press(page, page.getByRole('navigation', { name: 'Desk' }).getByRole('link', { name: 'Visits' }))
  await expect(page.getByRole('heading', { level: 1, name: 'Visits' })).toBeVisible()
  await expect(async () => {
    await page.reload()
    await expect(page.getByRole('row', { name: /\/products\/tally/ })).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 20_000 })
  await expect(page.getByRole('img', { name: /^Visitors and page views of each of 30 days/ })).toBeVisible()
  await expectSound(page, 'desk-visits')
  const figures = page.getByText('The figures of each day')
  await press(page, figures)
  await expect(page.getByRole('region', { name: 'The figures of each day, as a table' }).getByRole('row')).toHaveCount(
    31,
  )
  await expectSound(page, 'desk-visits-figures')
  for (const days of [90, 365]) {
    await press(page, page.getByRole('link', { name: `${days} days` }))
    await expect(page.getByRole('link', { name: `${days} days` })).toHaveAttribute('aria-current', 'page')
    await expectSound(page, `desk-visits-${days}`)
  }
})

import { button, choose, press, send, signIn, tabTo } from './keys.ts'
import { expect, test } from './shop.ts'
import { expectSound } from './sound.ts'

test('the owner tries a report by keys alone, and takes in the one that was tried', async ({ page, shop }) => {
  test.setTimeout(120_000)
  const report = 'examples/imports/gumroad.csv'
  await signIn(page, await shop.staff())
  await press(page, page.getByRole('navigation', { name: 'Desk' }).getByRole('link', { name: 'Imports' }))
  await expect(page.getByRole('heading', { level: 1, name: 'Sales made elsewhere' })).toBeVisible()
  await expect(page.getByRole('radio', { name: /^SWREG \(column names chosen by this project/ })).toBeVisible()
  await expectSound(page, 'imports')
  await send(page, button(page, /^Try it/))
  await expect(page.getByRole('alert')).toContainText('Choose who made the report.')
  await expectSound(page, 'imports-wrong')

  await choose(page, page.getByRole('radio', { name: /^Gumroad/ }))
  await tabTo(page, page.getByLabel('The report', { exact: true }))
  await page.getByLabel('The report', { exact: true }).setInputFiles(report)
  await send(page, button(page, /^Try it/))
  await expect(page.getByRole('heading', { name: 'What taking it in would do' })).toBeVisible()
  await expect(page.getByRole('row', { name: /Review dropped: about a person/ })).toBeVisible()
  await expectSound(page, 'imports-tried')

  await tabTo(page, page.getByLabel('The same report'))
  await page.getByLabel('The same report').setInputFiles(report)
  await send(page, button(page, 'Take it in'))
  await expect(page.getByRole('row', { name: 'taken in 19', exact: true })).toBeVisible()
  await expectSound(page, 'imports-taken')
})

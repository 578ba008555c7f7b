import { readFile } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'
import { readPdf } from '../pdf.ts'
import { button, press, signIn, typeInto } from './keys.ts'
import { expect, test } from './shop.ts'
import { expectSound } from './sound.ts'

const scan = { name: 'letter.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 a letter') }
const picture = { name: 'letter.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') }

/** The first of a group of buttons that stand for one another takes the focus; a space chooses it. */
const first = (page: Page, group: string): Locator => page.getByRole('radio', { name: group }).first()

test('staff take in a letter, answer it for the window and put it away, with keys alone', async ({ page, shop }) => {
  await signIn(page, await shop.staff())
  await press(page, page.getByRole('link', { name: /^Letters/ }))
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expectSound(page, 'letters-empty')

  await press(page, button(page, /^Keep the letter/))
  await expect(page.getByRole('alert')).toBeFocused()
  await expectSound(page, 'letters-refused')
  await press(page, first(page, 'a letter on paper'), 'Space')
  await typeInto(page, page.getByLabel('Name'), 'Bela Kovács')
  await typeInto(page, page.getByLabel('Street and number'), 'Kraanlei 7')
  await typeInto(page, page.getByLabel('Postcode'), '9000')
  await typeInto(page, page.getByLabel('Town or city (and state)'), 'Gent')
  await typeInto(page, page.getByLabel('Country'), 'Belg')
  await typeInto(page, page.getByLabel('What you want to tell us'), 'My copy shows the wrong year.')
  await press(page, button(page, /^Keep the letter/))
  await expect(page.locator('address')).toContainText('Bela Kovács')
  await expectSound(page, 'letter')

  await typeInto(page, page.getByLabel('Your answer'), 'Dear Bela Kovács, please load 3.2.')
  await press(page, first(page, 'by letter'), 'Space')
  await press(page, button(page, /^Keep the answer/))
  await expect(page.getByText('Not printed yet.')).toBeVisible()
  await expectSound(page, 'letter-answered')
  const [saved] = await Promise.all([page.waitForEvent('download'), press(page, button(page, /^Print/))])
  const [sheet] = readPdf(await readFile(await saved.path()))
  expect(sheet?.runs.map(({ text }) => text)).toEqual(expect.arrayContaining(['Bela Kovács', '9000 Gent']))

  await page.goto('/desk/letters')
  await expect(page.getByRole('main')).not.toContainText('Kovács')
  await press(page, page.getByRole('link', { name: /^L-[0-9A-F]{8}$/ }))
  await press(page, button(page, /^It came back/))
  await expect(page.getByText('post to that address is stopped')).toBeVisible()
  await press(page, button(page, /^Print/))
  await expect(page.getByText(/Not printed: a letter to that address came back/)).toBeVisible()
  await expectSound(page, 'letter-stopped')
})

test('a scan is taken and given back as a file, a picture that can hold scripts is not', async ({ page, shop }) => {
  await signIn(page, await shop.staff())
  await page.goto('/desk/letters')
  await page.getByLabel('mail', { exact: true }).check()
  await page.getByLabel('Scan').setInputFiles(picture)
  await button(page, /^Keep the letter/).click()
  await expect(page.getByRole('alert')).toContainText('This file is no PDF, PNG or JPEG.')
  await page.getByLabel('Scan').setInputFiles(scan)
  await button(page, /^Keep the letter/).click()
  await expect(page.getByText('The sender is unknown.')).toBeVisible()
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download the scan' }).click(),
  ])
  expect(await readFile(await saved.path(), 'utf8')).toBe('%PDF-1.4 a letter')

  await page.getByLabel('to delete it').check()
  await button(page, /^Open the request/).click()
  await expect(page.getByText('A request was opened: to delete it')).toBeVisible()
  await button(page, /^Stop everything/).click()
  await expect(page.getByRole('alert')).toContainText('Choose who told us.')
  await expectSound(page, 'letter-asked')
})

import type { Page } from '@playwright/test'
import { until } from '../program.ts'
import { button, choose, pick, press, send, signIn, tabTo, typeInto } from './keys.ts'
import { expect, test, visitorTest, watch } from './shop.ts'
import { expectSound } from './sound.ts'

async function type(page: Page, name: string, text: string): Promise<void> {
  await typeInto(page, page.locator(`#f-${name}`), text)
}

type Mail = { to?: string; text?: string }

/** A link in the newest mail of a kind to an address. */
async function linkTo(outbox: string, { to, kind, path }: { to: string; kind: string; path: string }): Promise<string> {
  let link: string | undefined
  await until(`a mail of the kind ${kind}`, async () => {
    const { mails } = (await (await fetch(`${outbox}/mails.json`)).json()) as { mails: { id: string; kind: string }[] }
    for (const { id } of mails.filter((mail) => mail.kind === kind)) {
      const mail = (await (await fetch(`${outbox}/mails/${id}.json`)).json()) as Mail
      if (mail.to === to) link ??= new RegExp(`http\\S+${path}\\S+`).exec(mail.text ?? '')?.[0]
    }
    return link !== undefined
  })
  return link ?? ''
}

/** A reader who has only keys asks for news and confirms it. */
async function subscribe(page: Page, outbox: string, to: string): Promise<void> {
  await page.goto('/news/mail')
  await type(page, 'email', to)
  await press(page, page.locator('#f-agree'), 'Space')
  await press(page, button(page, 'Ask for news'))
  await expect(page.getByRole('heading', { level: 1 })).toContainText('look in your mail')
  await page.goto(await linkTo(outbox, { to, kind: 'newsConfirm', path: '/n/' }))
  await press(page, button(page, 'Yes, send me news'))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You will get our news')
}

/** Staff call the one person who asked for it; one key says that it was the last time. */
async function callByKeys(page: Page): Promise<void> {
  await page.goto('/desk/campaigns')
  await tabTo(page, page.getByLabel('E-mail', { exact: true }))
  for (const _ of ['post', 'telephone']) await page.keyboard.press('ArrowDown')
  await type(page, 'heading', 'Calls about Tally 5')
  await type(page, 'words', 'Tally 5 is twice as fast.')
  await press(page, button(page, 'Save the draft'))
  await press(page, button(page, 'Start'))
  await expect(async () => {
    await page.reload()
    await expect(page.locator('.lede')).toContainText('Going on')
  }).toPass()
  await press(page, page.getByRole('link', { name: 'Calls', exact: true }))
  await expectSound(page, 'campaign-calls')
  await press(page, button(page, 'Show whom to call next'))
  await expect(page.getByText('+32 470 11 22 33')).toHaveCount(1)
  await expectSound(page, 'campaign-call')
  // A browser without a window knows no access keys, so the key is looked at and the button pressed.
  await expect(button(page, 'Do not call again')).toHaveAttribute('accesskey', 'n')
  await press(page, button(page, 'Do not call again'))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Calls: Calls about Tally 5')
  await press(page, button(page, 'Show whom to call next'))
  await expect(page.getByText('There is nobody to call now.')).toBeVisible()
}

/** Letters for one country: nobody's country is opened until staff press the button for it. */
async function lettersToOneCountry(page: Page): Promise<void> {
  await page.goto('/desk/campaigns')
  await choose(page, page.getByLabel('Post', { exact: true }))
  await type(page, 'heading', 'A letter to Belgium')
  await type(page, 'words', 'Hello {name}, Tally 5 is there.')
  await pick(page, page.getByLabel('Only in'), 'BE')
  await send(page, button(page, 'Save the draft'))
  await expect(page.getByText('Of them only those in Belgium get it.')).toBeVisible()
  await expectSound(page, 'campaign-draft-country')
  await send(page, button(page, 'Save, and count those in Belgium'))
  await expect(page.getByText('wherever they live')).toHaveCount(0)
  await expectSound(page, 'campaign-draft-counted')
  await send(page, button(page, 'Start'))
  await expect(async () => {
    await page.reload()
    await expect(page.getByRole('heading', { name: 'Print' })).toBeVisible()
  }).toPass()
  await expectSound(page, 'campaign-print')
}

visitorTest(
  'a reader asks for news, confirms it and sees each page whole, with keys only and no cookie',
  async ({ page, shop }) => {
    await page.goto('/news')
    await expectSound(page, 'news')
    for (const channel of ['mail', 'post', 'telephone']) {
      await page.goto(`/news/${channel}`)
      await expectSound(page, `news-${channel}`)
    }
    await page.goto('/news/mail')
    await type(page, 'email', 'ada.keys@mail.example')
    await press(page, button(page, 'Ask for news'))
    await expect(page.getByRole('alert')).toContainText('Please tick this')
    await expect(page.locator('#f-email')).toHaveValue('ada.keys@mail.example')
    await expectSound(page, 'news-again')
    await subscribe(page, shop.outbox, 'ada.keys@mail.example')
    await expectSound(page, 'news-confirmed')
  },
)

test('staff write, start and follow a campaign by keys, and a reader stops it by one button', async ({
  page,
  shop,
  browser,
}) => {
  const reader = await browser.newContext({ baseURL: shop.store })
  const troubles: string[] = []
  watch(reader, [shop.store], troubles)
  const own = await reader.newPage()
  await subscribe(own, shop.outbox, 'bela.keys@mail.example')
  await own.goto('/news/telephone')
  await type(own, 'telephone', '+32 470 11 22 33')
  await press(own, own.locator('#f-agree'), 'Space')
  await press(own, button(own, 'Ask for news'))

  await signIn(page, await shop.staff())
  await page.goto('/desk/campaigns')
  await expectSound(page, 'campaigns')
  await press(page, page.getByLabel('E-mail', { exact: true }), 'Space')
  await type(page, 'heading', 'Tally 5 is here')
  await type(page, 'words', 'Hello {name}, Tally 5 is twice as fast.')
  await press(page, button(page, 'Save the draft'))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tally 5 is here')
  await expectSound(page, 'campaign-draft')
  await press(page, button(page, 'Start'))
  await expect(async () => {
    await page.reload()
    await expect(page.locator('.lede')).toContainText('Over')
  }).toPass()
  await expectSound(page, 'campaign-run')
  await page.goto('/desk/campaigns/import')
  await expectSound(page, 'campaign-import')
  await lettersToOneCountry(page)

  await own.goto(await linkTo(shop.outbox, { to: 'bela.keys@mail.example', kind: 'news', path: '/u/' }))
  await expect(own.locator('.lede')).toContainText('b…@m….example')
  await expectSound(own, 'news-stop')
  await press(own, button(own, 'Stop the news'))
  await expect(own.getByRole('heading', { level: 1 })).toHaveText('No more news by e-mail')
  expect(await reader.cookies()).toEqual([])
  expect(troubles).toEqual([])
  await reader.close()
  await callByKeys(page)
})

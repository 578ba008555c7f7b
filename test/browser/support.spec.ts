import type { Page } from '@playwright/test'
import { expect, test } from './shop.ts'
import { expectSound } from './sound.ts'

/** Asks in a browser of their own, so that the desk's cookie is not theirs. */
async function asked(page: Page, about: RegExp, typed: Readonly<Record<string, string>>): Promise<void> {
  await page.goto('/help')
  await page.getByRole('link', { name: about }).click()
  for (const [label, text] of Object.entries(typed)) await page.getByLabel(label, { exact: false }).first().fill(text)
  await page.getByRole('main').getByRole('button').click()
  await expect(page.getByRole('heading', { name: 'We have it' })).toBeVisible()
}

/** Goes on with the Tab key until the focus is on what is looked for, as somebody without a mouse does. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let step = 0; step < 80; step += 1) {
    await page.keyboard.press('Tab')
    const here = page.locator('*:focus')
    const text =
      (await here.count()) === 0 ? '' : (/"(.*?)"/.exec(await here.ariaSnapshot({ timeout: 5000 }))?.[1] ?? '')
    if (name.test(text)) return
  }
  throw new Error(`the Tab key never came to ${String(name)}`)
}

/** The page of a case that its mail leads to. */
async function caseMailed(page: Page, outbox: string, to: string): Promise<string> {
  const find = async (): Promise<string | undefined> => {
    const listed = (await (await page.request.get(`${outbox}/mails.json`)).json()) as { mails: { id: string }[] }
    for (const { id } of listed.mails) {
      const mail = (await (await page.request.get(`${outbox}/mails/${id}.json`)).json()) as { to: string; text: string }
      const link = mail.to === to ? /http\S+\/t\/\S+/.exec(mail.text)?.[0] : undefined
      if (link) return link
    }
    return undefined
  }
  let link: string | undefined
  await expect(async () => {
    link = await find()
    expect(link).toBeDefined()
  }).toPass()
  return link ?? ''
}

test('a customer asks, staff answer by the keyboard alone, and the customer reads it on their own page', async ({
  page,
  browser,
  shop,
}) => {
  test.setTimeout(300_000)
  const customer = await browser.newPage({ baseURL: shop.store })
  await customer.goto('/help')
  await expectSound(customer, 'help')
  await customer.goto('/help/question')
  await expectSound(customer, 'help-question')
  await asked(customer, /^Help with a product/, {
    'E-mail': 'ada.case@quill.example',
    'What you want to tell us': 'Tally does not start.\n\nMy card is 4111 1111 1111 1111.\n\nBela of Gent has it too.',
  })
  const link = await caseMailed(customer, shop.outbox, 'ada.case@quill.example')
  await customer.goto(link)
  await expect(customer.getByText('We have to answer')).toBeVisible()
  await expect(customer.getByText('[card number removed, ends 1111]')).toBeVisible()
  await expectSound(customer, 'case')

  await page.goto(await shop.staff())
  await tabTo(page, /^Sign in$/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: /^Today/ })).toBeVisible()
  await tabTo(page, /^Cases/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Cases and questions' })).toBeVisible()
  await expectSound(page, 'desk-cases')
  await tabTo(page, /^T-[0-9A-Z]{7}$/)
  await page.keyboard.press('Enter')
  await expect(page.getByText('Tally does not start.')).toBeVisible()
  await expectSound(page, 'desk-case')

  await tabTo(page, /^I answer this$/)
  await page.keyboard.press('Enter')
  await expect(page.getByText(/is answering this/)).toBeVisible()
  await tabTo(page, /^What colleagues should know/)
  await page.keyboard.type('Known on version 4.')
  await tabTo(page, /^Write it down$/)
  await page.keyboard.press('Enter')
  await expect(page.getByText('Known on version 4.')).toBeVisible()
  await tabTo(page, /^Ask what is missing$/)
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Your answer')).toHaveValue(/which version you use/)
  await tabTo(page, /^Your answer/)
  await page.keyboard.press('Control+End')
  await page.keyboard.type(' Best from the desk.')
  await tabTo(page, /^Send$/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Waits for the customer' })).toBeVisible()

  await customer.reload()
  await expect(customer.getByText('Best from the desk.')).toBeVisible()
  await expect(customer.getByText('Known on version 4.')).toHaveCount(0)
  await customer.getByRole('button', { name: 'Send my answer' }).click()
  await expect(customer.getByRole('alert')).toBeVisible()
  await customer.getByLabel('What you want to tell us').fill('Version 4.')
  await customer.getByRole('button', { name: 'Send my answer' }).click()
  await expect(customer.getByText('We have it. A person reads it')).toBeVisible()
  await expectSound(customer, 'case-answered')

  await page.reload()
  await expect(page.getByText('Version 4.', { exact: true })).toBeVisible()
  await tabTo(page, /^Parts of it$/)
  await page.keyboard.press('Enter')
  await expectSound(page, 'desk-parts')
  await page.getByLabel('It is about somebody else').nth(2).fill('bela.case@quill.example')
  await page.getByRole('button', { name: 'Give it to them' }).nth(2).click()
  await customer.reload()
  await expect(customer.getByRole('img', { name: 'a part that concerns somebody else' })).toBeVisible()
  await expect(customer.getByText('Bela of Gent')).toHaveCount(0)
  await expectSound(customer, 'case-covered')
  await tabTo(page, /^Close without an answer$/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Closed', exact: true })).toBeVisible()
  await page.goto('/desk/cases/call')
  await expect(page.getByText('Read this out before you type anything')).toBeVisible()
  await expectSound(page, 'desk-call')
  expect(await customer.context().cookies()).toEqual([])
  await customer.close()
})

import type { Page } from '@playwright/test'
import { button, press, signIn, tabTo, typeInto } from './keys.ts'
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

/** Staff write a call down while they talk. */
async function callTyped(page: Page): Promise<void> {
  await press(page, page.getByRole('navigation', { name: 'Desk' }).getByRole('link', { name: /^Cases/ }))
  await press(page, page.getByRole('link', { name: 'Write down a call' }))
  await expect(page.getByText('Read this out before you type anything')).toBeVisible()
  await expectSound(page, 'desk-call')
  await typeInto(page, page.getByLabel('What you want to tell us'), 'Called: Tally prints twice.')
  await press(page, button(page, 'Keep it'))
  await expect(page.getByRole('alert')).toContainText('Read it out first')
  await expect(page.getByLabel('What you want to tell us')).toHaveValue('Called: Tally prints twice.')
  await expectSound(page, 'desk-call-wrong')
  await press(page, page.getByLabel('I have read it out, and the caller agreed'), 'Space')
  await press(page, button(page, 'Keep it'))
  await expect(page.getByText('Called: Tally prints twice.')).toBeVisible()
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

  await signIn(page, await shop.staff())
  await press(page, page.getByRole('link', { name: /^Cases/ }))
  await expect(page.getByRole('heading', { level: 1, name: 'Cases and questions' })).toBeVisible()
  await expectSound(page, 'desk-cases')
  await press(page, page.getByRole('link', { name: /^T-[0-9A-Z]{7}$/ }).first())
  await expect(page.getByText('Tally does not start.')).toBeVisible()
  await expectSound(page, 'desk-case')

  await press(page, button(page, /^I answer this$/))
  await expect(page.getByText(/is answering this/)).toBeVisible()
  await tabTo(page, page.getByLabel(/^What colleagues should know/))
  await page.keyboard.type('Known on version 4.')
  await press(page, button(page, /^Write it down$/))
  await expect(page.getByText('Known on version 4.')).toBeVisible()
  await press(page, page.getByRole('link', { name: /^Ask what is missing$/ }))
  await expect(page.getByLabel('Your answer')).toHaveValue(/which version you use/)
  await tabTo(page, page.getByLabel(/^Your answer/))
  await page.keyboard.press('Control+End')
  await page.keyboard.type(' Best from the desk.')
  await press(page, button(page, /^Send$/))
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
  await press(page, page.getByRole('link', { name: /^Parts of it$/ }).first())
  await expectSound(page, 'desk-parts')
  await typeInto(page, page.getByLabel('It is about somebody else').nth(2), 'bela.case@quill.example')
  await press(page, button(page, 'Give it to them').nth(2))
  await expect(page.getByText('bela.case@quill.example')).toBeVisible()
  await customer.reload()
  await expect(customer.getByRole('img', { name: 'a part that concerns somebody else' })).toBeVisible()
  await expect(customer.getByText('Bela of Gent')).toHaveCount(0)
  await expectSound(customer, 'case-covered')
  await press(page, button(page, /^Close without an answer$/))
  await expect(page.getByRole('heading', { name: 'Closed', exact: true })).toBeVisible()
  await callTyped(page)
  expect(await customer.context().cookies()).toEqual([])
  await customer.close()
})

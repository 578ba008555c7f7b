import type { Page } from '@playwright/test'
import { buy } from './buyer.ts'
import { button, choose, pick, press, send, signIn, tabTo, typeInto } from './keys.ts'
import { expect, test, watch } from './shop.ts'
import { expectSound } from './sound.ts'

type Question = { readonly kind: string; readonly text: string; readonly options?: string }

async function write(page: Page, place: number, { kind, text, options }: Question): Promise<void> {
  await pick(page, page.locator(`#f-kind${place}`), kind)
  await typeInto(page, page.locator(`#f-text${place}`), text)
  if (options) await typeInto(page, page.locator(`#f-options${place}`), options)
}

/** Staff write a survey with one question of each kind and publish it. Answers its open link. */
async function publish(page: Page, { title, mode }: { title: string; mode: RegExp }): Promise<string> {
  await page.goto('/desk/surveys')
  await typeInto(page, page.getByLabel('Title'), title)
  await send(page, button(page, 'Start writing'))
  const questions: readonly Question[] = [
    { kind: 'choice', text: 'Which version do you use?', options: 'The newest\nAn older one' },
    { kind: 'choices', text: 'What do you use it for?', options: 'Invoices\nStock\nTax' },
    { kind: 'scale', text: 'How easy is it?' },
    { kind: 'recommend', text: 'Would you recommend it?' },
    { kind: 'text', text: 'What is missing?' },
  ]
  for (const [place, question] of questions.entries()) {
    await write(page, place, question)
    await send(page, button(page, 'Save the draft'))
  }
  await choose(page, page.getByLabel(mode))
  await send(page, button(page, 'Publish it'))
  return (await page.locator('a[href^="/surveys/"]').getAttribute('href')) ?? ''
}

/** A visitor who has only keys answers a survey and takes the answer back. */
async function answerByKeys(page: Page, open: string): Promise<void> {
  await page.goto(open)
  await expect(page.getByText('This survey is anonymous.')).toBeVisible()
  await expectSound(page, 'survey')
  await send(page, button(page, 'Send my answers'))
  await expect(page.getByRole('alert')).toBeFocused()
  await expect(page.getByRole('alert')).toContainText('Nothing is answered yet')
  await expectSound(page, 'survey-empty')
  await tabTo(page, page.locator('input[name="q0"]:checked'))
  await page.keyboard.press('ArrowDown')
  await expect(page.getByLabel('The newest')).toBeChecked()
  await press(page, page.getByLabel('Stock'), 'Space')
  await tabTo(page, page.locator('input[name="q2"]:checked'))
  await page.keyboard.press('ArrowUp')
  await tabTo(page, page.getByLabel('What is missing?'))
  await page.keyboard.type('Nothing at all')
  await send(page, button(page, 'Send my answers'))
  const code = (await page.locator('.key').textContent()) ?? ''
  expect(code).toMatch(/^(\w{4}-){4}\w{4}$/)
  await expectSound(page, 'survey-thanks')
  await press(page, page.getByRole('link', { name: /surveys\/withdraw/ }))
  await tabTo(page, page.getByLabel('Your code'))
  await page.keyboard.type('AAAA-BBBB-CCCC-DDDD-EEEE')
  await page.keyboard.press('Enter')
  await expect(page.locator('#e-code')).toBeVisible()
  await expectSound(page, 'survey-withdraw')
  await page.getByLabel('Your code').fill(code.toLowerCase().replaceAll('-', ' '))
  await send(page, button(page, 'Take my answers back'))
  await expect(page.getByRole('heading', { name: 'Your answers are gone' })).toBeVisible()
  await expectSound(page, 'survey-withdrawn')
}

test('staff write, publish, invite, close and read a survey with keys alone, as somebody answers it, and every page is sound', async ({
  page,
  browser,
  shop,
}) => {
  test.setTimeout(300_000)
  const own = await browser.newContext()
  await buy(await own.newPage(), { shop: shop.store, product: 'tally', email: 'ada@quill.example', box: false })
  await own.close()
  await signIn(page, await shop.staff())
  await page.goto('/desk/surveys')
  await expectSound(page, 'surveys')
  await typeInto(page, page.getByLabel('The text of the file'), '{"title": ""}')
  await send(page, button(page, 'Take it in'))
  await expect(page.locator('#e-file')).toContainText('This cannot be taken in')
  await expectSound(page, 'surveys-file')
  await typeInto(page, page.getByLabel('Title'), 'A draft to look at')
  await send(page, button(page, 'Start writing'))
  await write(page, 0, { kind: 'choice', text: 'One option only?', options: 'One' })
  await send(page, button(page, 'Save the draft'))
  await expect(page.locator('#e-options0')).toBeVisible()
  await expect(page.locator('#f-text0')).toHaveValue('One option only?')
  await expectSound(page, 'survey-draft-wrong')
  const open = await publish(page, { title: 'What do you think of Tally?', mode: /^Anonymous/ })
  await expectSound(page, 'survey-open')
  const visitors = await browser.newContext({ baseURL: shop.store })
  const troubles: string[] = []
  watch(visitors, [shop.store], troubles)
  await answerByKeys(await visitors.newPage(), open)
  expect([await visitors.cookies(), troubles]).toEqual([[], []])
  await visitors.close()
  await pick(page, page.getByLabel('Product', { exact: true }), 'tally')
  await send(page, button(page, 'Send the invitations'))
  await expect(page.getByText(/(1 mail is|[0-9]+ mails are) on the way/)).toBeVisible()
  for (let one = 0; one < 12; one += 1) {
    const context = await browser.newContext()
    const visitor = await context.newPage()
    await visitor.goto(`${shop.store}${open}`)
    await visitor.getByLabel(one < 6 ? 'The newest' : 'An older one').check()
    await visitor.getByLabel('What is missing?').fill(one === 3 ? 'Write to ada@quill.example' : `Idea ${one}`)
    await visitor.getByRole('button', { name: 'Send my answers' }).click()
    await expect(visitor.locator('.key')).toBeVisible()
    await context.close()
  }
  await send(page, button(page, 'Close the survey now'))
  await expect(page.getByText('12 answers are counted here.')).toBeVisible()
  await expect(page.getByText('1 text looks as if it named somebody.')).toBeVisible()
  await expectSound(page, 'survey-results-to-check')
  await send(page, button(page, 'Destroy this text text 1'))
  await expect(page.getByText('Idea 5')).toBeVisible()
  await expect(page.getByText('ada@quill.example')).toHaveCount(0)
  await expectSound(page, 'survey-results')
  const named = await publish(page, { title: 'Under your name', mode: /^Under the name/ })
  await page.goto(named)
  await page.getByLabel('What is missing?').fill('Violet paper')
  await page.getByLabel('E-mail').fill('bela@quill.example')
  await expectSound(page, 'survey-named')
  await page.getByRole('button', { name: 'Send my answers' }).click()
  await page.goto('/desk/surveys')
  await press(page, page.getByRole('link', { name: 'Under your name' }))
  await press(page, page.getByRole('link', { name: 'Read the answers with their names' }))
  await expect(page.getByText('bela@quill.example')).toBeVisible()
  await expectSound(page, 'survey-answers')
})

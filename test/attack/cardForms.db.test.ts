import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scanPaths } from '../../src/core/cards/index.ts'
import { everyRow } from '../asApp.ts'
import { ada, adaOnline, openShop, type Shop } from '../openShop.ts'
import { formsOf, titleOf, type Seen } from '../walker.ts'

const CARD = '4000 0566 5566 5556'
const TRACE = /4000.?0566|5566.?5556/

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
  await shop.buy(ada, { product: 'letterpress' })
})
afterAll(() => shop.close())

type Ask = (path: string, form?: Readonly<Record<string, string>>) => Promise<Response>
type Found = {
  readonly page: string
  readonly action: string
  readonly fields: Readonly<Record<string, string>>
  readonly typed: readonly string[]
  readonly ask: Ask
}

const visitor: Ask = (path, form) =>
  shop.ask(
    path,
    form && {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: shop.baseUrl },
    },
  )

/** The fields of a form into which somebody can type. */
function typedIn(html: string): string[] {
  const inputs = [...html.matchAll(/<(input|textarea)\b([^>]*)>/g)]
  return inputs.flatMap(([, , attributes = '']) =>
    /\btype="(hidden|radio|checkbox|file|date|number)"/.test(attributes)
      ? []
      : (/\bname="([^"]*)"/.exec(attributes)?.[1] ?? []),
  )
}

/** Follows every link of our own from some pages, as far as they lead, and lists the forms with something to type. */
async function formsFrom(starts: readonly string[], ask: Ask): Promise<Found[]> {
  const [seen, queue] = [new Set(starts), [...starts]]
  const forms = new Map<string, Found>()
  for (let path = queue.shift(); path !== undefined && seen.size < 400; path = queue.shift()) {
    const answer = await ask(path)
    if (!(answer.headers.get('content-type') ?? '').includes('text/html')) continue
    const html = await answer.text()
    for (const { action, fields, html: inside } of formsOf(html)) {
      const typed = typedIn(inside)
      const to = new URL(action || path, `${shop.baseUrl}${path}`)
      const shape = to.pathname.replace(/[\w-]{20,}|[A-Z]{1,2}-[A-Z0-9-]{5,}/g, '*') + typed.join()
      if (typed.length > 0 && to.origin === shop.baseUrl && !forms.has(shape))
        forms.set(shape, { page: titleOf(html), action: to.pathname + to.search, fields, typed, ask })
    }
    for (const [, href = ''] of html.matchAll(/<a\b[^>]*\bhref="([^"]*)"/g)) {
      const to = new URL(href.replaceAll('&amp;', '&'), `${shop.baseUrl}${path}`)
      const next = to.pathname + to.search
      if (to.origin !== shop.baseUrl || seen.has(next) || /\/assets\/|versions\//.test(next)) continue
      seen.add(next)
      queue.push(next)
    }
  }
  return [...forms.values()]
}

const heldPath = async (email: string): Promise<string> => new URL((await shop.held(email)).url).pathname

test('a card number in any field of any form, of visitors and staff, is nowhere afterwards', async () => {
  const staff = await shop.staff()
  const held = await heldPath(ada.email)
  const order: Seen = await shop.orderForm(shop.walk(), 'letterpress')
  const forms = [
    ...(await formsFrom(
      ['/', new URL(order.url).pathname, '/help/question', '/help/product', held, '/register', '/news', '/your-data'],
      visitor,
    )),
    ...(await formsFrom(['/desk', '/desk/surveys', '/desk/letters', '/desk/support'], staff)),
  ]
  const fields = forms.flatMap(({ action, typed }) => typed.map((name) => `${action} ${name}`))
  expect(forms.length).toBeGreaterThan(15)
  expect(fields.length).toBeGreaterThan(30)
  for (const word of ['/help/', '/register', '/desk/letters', '/desk/surveys', '/desk/campaigns', '/desk/orders'])
    expect(
      fields.filter((field) => field.includes(word)),
      word,
    ).not.toEqual([])

  const answers: string[] = []
  for (const { action, fields: set, typed, ask } of forms) {
    const values = Object.fromEntries(typed.map((name) => [name, `${CARD}`]))
    for (const spelling of [
      values,
      { ...set, ...values },
      ...typed.map((name) => ({ ...set, [name]: `pay ${CARD.replaceAll(' ', '')} now` })),
    ]) {
      const answer = await ask(action, spelling)
      answers.push(answer.headers.get('location') ?? '', await answer.text())
    }
  }
  expect(answers.filter((text) => TRACE.test(text)).map((text) => text.slice(0, 200))).toEqual([])
  await nothingIsLeft()
})

test('a field that cannot hold a card says so beside it, and nothing else that was typed is lost', async () => {
  const walk = shop.walk()
  const form = await shop.orderForm(walk, 'letterpress')
  const page = await walk.submit(form, { ...ada, name: CARD }, { button: /^Pay/ })
  expect(page.status).toBe(422)
  expect(page.html).toMatch(/Name: this held a card number\. We took it out and stored nothing/)
  expect(page.html).toContain(ada.street)
  expect(page.html).not.toMatch(TRACE)
  const split = await walk.submit(form, { ...ada, city: CARD.split('').join('\u0007') }, { button: /^Pay/ })
  expect([split.status, TRACE.test(split.html)]).toEqual([422, false])
})

test('a card number in an address, a query string, a name of a field or the name of a browser goes nowhere', async () => {
  const url = encodeURIComponent(CARD)
  for (const path of [
    `/?q=${url}`,
    `/products/tally?card=${url}`,
    `/help/${url}`,
    `/desk/support?show=${url}`,
    `/o/${url}`,
    `/in/stripe?x=${url}`,
  ])
    await shop.ask(path, {
      headers: { 'user-agent': `Mozilla/5.0 (card ${CARD})`, referer: `https://x.example/?c=${url}` },
    })
  const walk = shop.walk()
  const form = await shop.orderForm(walk, 'tally')
  expect((await walk.submit(form, { ...adaOnline, [CARD]: 'x' }, { button: /^Pay/ })).status).toBe(422)
  await shop.ask('/in/stripe', { method: 'POST', body: JSON.stringify({ card: CARD }) })
  await nothingIsLeft()
})

test('a product that is named by a card number keeps the program from starting, and the number is not repeated', async () => {
  const started = shop.restart({ remark: CARD } as object)
  await expect(started).rejects.toThrow(/policy\.remark holds a card number/)
  await expect(started).rejects.not.toThrow(TRACE)
  await shop.restart()
})

/** Searches all that is there: files, rows, log lines and what the processor was sent. */
async function nothingIsLeft(): Promise<void> {
  await shop.settled()
  const received = shop.received.map((one) => `${one.path}\n${one.head}\n${one.body}`)
  const texts = [...(await everyRow(shop)).values(), ...shop.lines, ...received].join('\n')
  expect(texts.length).toBeGreaterThan(10_000)
  expect(texts).not.toMatch(TRACE)
  writeFileSync(join(shop.at.dir, 'all-rows.txt'), texts)
  const report = await scanPaths([shop.at.dir])
  expect(report.findings).toEqual([])
  expect(report.bytes).toBeGreaterThan(texts.length)
}

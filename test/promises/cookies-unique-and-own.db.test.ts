import { afterAll, beforeAll, expect, test } from 'vitest'
import { ordersIn } from '../asApp.ts'
import { ada, openShop, type Shop } from '../openShop.ts'
import type { Seen } from '../walker.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

async function signIn(): Promise<string> {
  const link = (await shop.desk().staffLink({ label: 'sam', role: 'desk' })) ?? ''
  const answer = await shop.ask(link, { method: 'POST', headers: { origin: shop.baseUrl } })
  return answer.headers.getSetCookie().join('\n')
}

test('the cookie is bound to this server alone: its prefix, secure, hidden from scripts, for the whole site and no other', async () => {
  const [pair = '', ...attributes] = (await signIn()).split('; ')
  expect(pair).toMatch(/^__Host-avow-staff=[A-Za-z0-9_-]{44}$/)
  expect(attributes.sort()).toEqual(['HttpOnly', 'Max-Age=43200', 'Path=/', 'SameSite=Strict', 'Secure'])
})

async function chosen(choice: string): Promise<string> {
  const body = new URLSearchParams({ choice })
  const answer = await shop.ask('/cookies', { method: 'POST', headers: { origin: shop.baseUrl }, body })
  return answer.headers.getSetCookie().join('\n')
}

test('the cookies of a choice are bound in the same way, and are also shown to us by who comes from another site', async () => {
  for (const [choice, name] of [
    ['uncounted', '__Host-avow-uncounted'],
    ['known', '__Host-avow-known'],
  ] as const) {
    const [pair = '', ...attributes] = (await chosen(choice)).split('; ')
    expect(pair).toMatch(new RegExp(`^${name}=[A-Za-z0-9_-]{44}$`))
    expect(attributes.sort()).toEqual(['HttpOnly', 'Max-Age=34128000', 'Path=/', 'SameSite=Lax', 'Secure'])
    const values = await Promise.all(Array.from({ length: 30 }, () => chosen(choice)))
    expect(new Set(values).size).toBe(30)
  }
})

test('no two sign-ins have the same value, nor one that could be guessed from another', async () => {
  const values: string[] = []
  for (let index = 0; index < 60; index += 1) values.push(/=([^;]+)/.exec(await signIn())?.[1] ?? '')
  expect(new Set(values).size).toBe(60)
  for (let at = 0; at < 44; at += 1) {
    const there = new Set(values.map((value) => value[at]))
    // 60 draws of 64 letters leave about 39 different ones; fewer than 20 does not happen by chance.
    expect(there.size, `place ${at}`).toBeGreaterThan(at === 21 || at === 43 ? 2 : 20)
  }
})

/** Everything that a page loads, and where its forms go. A link that a person may follow loads nothing. */
function loaded(page: Seen): string[] {
  const tags = [
    ...page.html.matchAll(/<(?!a\b)[a-z]+\b[^>]*\s(?:src|href|action|data|poster|srcset|formaction)="([^"]*)"/g),
  ]
  const styles = [...page.html.matchAll(/url\(([^)]*)\)|@import\s+["']([^"']*)/g)].map(
    ([, url, sheet]) => url ?? sheet ?? '',
  )
  return [...tags.map(([, url = '']) => url), ...styles].map(
    (url) => new URL(url.replace(/["']/g, ''), page.url).origin,
  )
}

async function everyPage(): Promise<Seen[]> {
  const walk = shop.walk()
  const paid = await shop.buy(ada, { product: 'letterpress' })
  const receipt = (await shop.mails(ada.email)).find((mail) => mail.kind === 'receipt')
  const held = await shop.held(ada.email, walk)
  const paths = [
    '/',
    '/products/tally',
    '/products/plumbline',
    '/privacy',
    '/promises',
    '/your-data',
    '/cookies',
    '/nowhere',
    '/desk',
  ]
  const pages = [
    paid,
    held,
    await shop.orderForm(walk, 'letterpress'),
    await walk.get(/http\S+\/o\/\S+/.exec(receipt?.text ?? '')?.[0] ?? ''),
  ]
  for (const path of [...paths, `${new URL(held.url).pathname}/erase`])
    pages.push(await walk.get(`${shop.baseUrl}${path}`))
  const desk = await shop.staff()
  const [order] = await ordersIn(shop)
  for (const path of [
    '/desk',
    '/desk/orders',
    '/desk/partners',
    '/desk/visits',
    `/desk/orders/${order?.number}`,
    `/desk/orders/${order?.number}/label`,
  ]) {
    const answer = await desk(path)
    pages.push({
      url: `${shop.baseUrl}${path}`,
      status: answer.status,
      html: await answer.text(),
      headers: answer.headers,
    })
  }
  return pages
}

test('no page of ours loads anything from another company, runs a script, or may be framed; nor does what it loads', async () => {
  const pages = await everyPage()
  expect(pages.length).toBeGreaterThan(15)
  for (const page of pages) {
    expect([page.url, [...new Set(loaded(page))]]).toEqual([page.url, [shop.baseUrl]])
    expect([page.url, /<script|<iframe|<object|<embed|javascript:|\son[a-z]+=/i.test(page.html)]).toEqual([
      page.url,
      false,
    ])
    const policy = page.headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
    expect(policy).not.toMatch(/script-src|unsafe|\*|data:/)
  }
  const sheet =
    pages.flatMap((page) => [...(/href="(\/assets\/app[^"]*\.css)"/.exec(page.html)?.slice(1) ?? [])])[0] ?? ''
  const css = await (await shop.ask(sheet)).text()
  expect(css.length).toBeGreaterThan(5000)
  expect([...css.matchAll(/url\(([^)]*)\)/g)].filter(([, url = '']) => /^["']?(https?:)?\/\//.test(url))).toEqual([])
})

test('the cookie is not taken from an address, a form or another header, and one of another server is not ours', async () => {
  const pair = (await signIn()).split(';')[0] ?? ''
  const [name = '', value = ''] = pair.split('=')
  const asked = [
    await shop.ask(`/desk?${pair}`),
    await shop.ask('/desk', { headers: { authorization: `Bearer ${value}`, 'x-cookie': pair } }),
    await shop.ask('/desk', { headers: { cookie: `avow-staff=${value}` } }),
    await shop.ask('/desk', { headers: { cookie: `${name.toLowerCase()}=${value}` } }),
  ]
  for (const answer of asked) expect(answer.status).not.toBe(200)
  expect((await shop.ask('/desk', { headers: { cookie: pair } })).status).toBe(200)
})

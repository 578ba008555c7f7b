import { afterAll, beforeAll, expect, test } from 'vitest'
import { ada, adaOnline, openShop, type Shop } from '../openShop.ts'
import { GOOD_CARD } from '../visits.ts'
import { formsOf, textOf, type Seen } from '../walker.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

test('looking, buying, seeing, taking and erasing work without a single cookie offered or sent', async () => {
  const walk = shop.walk()
  const asked: (string | null)[] = []
  const ok = (page: Seen): Seen => {
    expect([page.url, page.status]).toEqual([page.url, 200])
    asked.push(page.headers.get('set-cookie'))
    return page
  }
  const front = ok(await walk.get(shop.baseUrl))
  const product = ok(await walk.follow(front, /Tally/))
  const form = ok(await walk.follow(product, /^Buy/))
  const cart = ok(await walk.follow(form, /Change/))
  ok(await walk.submit(cart, { q0: '2' }, { button: /Update/ }))
  const paying = ok(await walk.submit(form, adaOnline, { button: /^Pay/ }))
  const back = await walk.submit(paying, { card: GOOD_CARD, expiry: '12/34', cvc: '123' }, { button: /^Pay/ })
  await shop.settled()
  const paid = ok(await walk.get(back.url))
  ok(await walk.follow(paid, /^Download/))
  const receipt = (await shop.mails(ada.email))[0]?.text ?? ''
  const order = ok(await walk.get(/http\S+\/o\/\S+/.exec(receipt)?.[0] ?? ''))
  expect(textOf(order)).toContain('Receipt')
  const held = ok(await shop.held(ada.email, walk))
  expect(textOf(ok(await walk.follow(held, /Download all of it/)))).toContain(ada.email)
  const erase = ok(await walk.follow(held, /Erase my data/))
  expect(textOf(ok(await walk.submit(erase, {}, { button: /^Erase/ })))).toContain(
    'The keys to your data are destroyed',
  )
  for (const path of ['/privacy', '/promises', '/your-data', '/cookies', '/trial/lookout'])
    ok(await walk.get(`${shop.baseUrl}${path}`))
  expect(asked.length).toBeGreaterThan(14)
  expect([asked.filter((one) => one !== null), walk.cookies()]).toEqual([[], []])
})

test('the one thing that needs a cookie, staying signed in, says so kindly where it is refused', async () => {
  const walk = shop.walk()
  const link = (await shop.desk().staffLink({ label: 'sam', role: 'desk' })) ?? ''
  const refused = await walk.submit(await walk.get(link), {}, { button: /Sign in/ })
  expect(walk.cookies()).toHaveLength(1)
  expect(textOf(refused)).toMatch(/Staying signed in needs one cookie|needs one cookie; if your browser refuses it/i)
  expect([refused.status >= 500, refused.html.includes('Today')]).toEqual([false, false])
})

test('the privacy page says what works without cookies, and that staying signed in does not', async () => {
  const page = textOf(await shop.walk().get(`${shop.baseUrl}/privacy`))
  expect(page).toMatch(/You need none here: looking, buying, and seeing or erasing your data work with cookies refused/)
  expect(page).toMatch(/Only staying signed in, which is for our staff, needs one/)
})

const STAY =
  /^__Host-avow-(uncounted|known)=[A-Za-z0-9_-]{44}; Path=\/; Max-Age=34128000; HttpOnly; Secure; SameSite=Lax$/

/** Presses a button of the page about cookies as a browser without scripts does. Shape: `jar` is what the browser shows. */
async function choose(button: RegExp, jar = ''): Promise<{ set: string[]; jar: string }> {
  const headers = { cookie: jar }
  const page: Seen = {
    url: `${shop.baseUrl}/cookies`,
    status: 200,
    html: await (await shop.ask('/cookies', { headers })).text(),
    headers: new Headers(),
  }
  const form = formsOf(page.html).find((one) => button.test(one.html))
  const value = /name="choice" value="([^"]*)"/.exec(form?.html ?? '')?.[1] ?? ''
  const body = new URLSearchParams({ ...form?.fields, choice: value })
  const answer = await shop.ask('/cookies', { method: 'POST', headers, body })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/cookies'])
  const set = answer.headers.getSetCookie()
  const kept = new Map(jar.split('; ').flatMap((pair) => (pair ? [pair.split('=') as [string, string]] : [])))
  for (const one of set) {
    const [name = '', now = ''] = one.split(';')[0]?.split('=') ?? []
    if (now) kept.set(name, now)
    else kept.delete(name)
  }
  return { set, jar: [...kept].map((pair) => pair.join('=')).join('; ') }
}

test('nobody is asked: a cookie comes only when a visitor presses a button for it, and goes at once when that is taken back', async () => {
  const said = async (jar: string): Promise<string> =>
    textOf({ html: await (await shop.ask('/cookies', { headers: { cookie: jar } })).text() } as Seen)
  expect(await said('')).toMatch(/You are counted, without anybody knowing who you are/)
  const uncounted = await choose(/Do not count me/)
  expect(uncounted.set).toEqual([expect.stringMatching(STAY)])
  expect(await said(uncounted.jar)).toMatch(/You are not counted/)
  const known = await choose(/Recognise me/, uncounted.jar)
  expect(known.set.map((one) => one.split('=')[0])).toEqual(['__Host-avow-uncounted', '__Host-avow-known'])
  expect(known.set[0]).toMatch(/^__Host-avow-uncounted=; Path=\/; Max-Age=0;/)
  expect(await said(known.jar)).toMatch(/on another day, we count that somebody returned/)
  const forgotten = await choose(/Do not recognise me/, known.jar)
  expect(forgotten.set).toEqual([expect.stringMatching(/^__Host-avow-known=; Path=\/; Max-Age=0;/)])
  expect(forgotten.jar).toBe('')
})

test('a choice that is there already is not set anew, so that it ends when it was said to end', async () => {
  const { jar } = await choose(/Recognise me/)
  const again = await shop.ask('/cookies', {
    method: 'POST',
    headers: { cookie: jar, origin: shop.baseUrl },
    body: new URLSearchParams({ choice: 'known' }),
  })
  expect([again.status, again.headers.getSetCookie()]).toEqual([303, []])
})

test('a choice is taken from our own page only, and nothing else can be chosen', async () => {
  const send = (choice: string, headers: Record<string, string>) =>
    shop.ask('/cookies', { method: 'POST', headers, body: new URLSearchParams({ choice }) })
  const foreign = await send('known', { origin: 'https://evil.example' })
  expect([foreign.status, foreign.headers.getSetCookie()]).toEqual([403, []])
  for (const choice of ['', 'staff', '__Host-avow-staff', 'constructor'])
    expect((await send(choice, { origin: shop.baseUrl })).headers.getSetCookie()).toEqual([])
  for (const choice of ['known', 'uncounted'])
    expect((await shop.ask(`/cookies?choice=${choice}`)).headers.getSetCookie()).toEqual([])
})

test('the page says whether the browser’s own signal is heeded now', async () => {
  const said = async (headers: Record<string, string>): Promise<string> =>
    textOf({ html: await (await shop.ask('/cookies', { headers })).text() } as Seen)
  expect(await said({ 'sec-gpc': '1' })).toMatch(/sends the signal “do not sell or share” .* We heed it/)
  expect(await said({ dnt: '1' })).toMatch(/sends the signal “do not track”. We heed it/)
  expect(await said({})).toMatch(/sends neither/)
})

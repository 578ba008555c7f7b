import { afterAll, beforeAll, expect, test } from 'vitest'
import { ada, adaOnline, openShop, type Shop } from '../openShop.ts'
import { GOOD_CARD } from '../visits.ts'
import { textOf, type Seen } from '../walker.ts'

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
  for (const path of ['/privacy', '/promises', '/your-data', '/trial/lookout'])
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

import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../program.ts'
import { staffOf, visitor } from '../shop.ts'
import { textOf, walker, type Seen } from '../walker.ts'
import { openScene, type Scene } from './place.ts'
import { search, type Places } from './search.ts'

const engine = process.env['AVOW_TEST_ENGINE'] === 'postgres' ? 'postgres' : 'pglite'

/** Buyers whose values occur nowhere else, and their cards: the simulator's own, and one that it refuses. */
const ada = {
  email: 'ada.qvortrup.9173@zwaluwpost.example',
  name: 'Ada Qvortrup-Žižková',
  street: 'Zwaluwhoekstraat 9173',
  postcode: 'QZ 90517',
  city: 'Sint-Onvindbaarsel',
  telephone: '+32 470 91 73 55',
}
const bela = {
  email: 'bela.xuqorszky.4408@kerekbolt.example',
  name: 'Béla Xuqorszky',
  street: 'Kerekerdőalja köz 4408',
  postcode: 'HX-44081',
  city: 'Semmiháza-Újfalu',
  telephone: '+36 70 440 8121',
}
const cards = { good: '4000 0000 0000 0101', refused: '4539 1488 0343 6467' }
/** A value is found by its parts too: the street without its number, the number without its groups. */
const parts = ({ email, name, street, postcode, city, telephone }: typeof ada): string[] => [
  email,
  ...email.split('@'),
  email.split('.')[1] ?? '',
  name,
  name.split(' ')[1] ?? '',
  street,
  street.split(' ')[0] ?? '',
  postcode,
  city,
  telephone,
  telephone.replace(/\D/g, ''),
  telephone.replaceAll(' ', '-'),
]
const cardParts = Object.values(cards).flatMap((card) => [card, card.replaceAll(' ', ''), card.replaceAll(' ', '-')])

let scene: Scene
beforeAll(async () => {
  scene = await openScene(engine)
})
afterAll(() => scene.close())

async function expectNothing(places: Places, values: readonly string[]): Promise<void> {
  const { found, files, bytes } = await search(places, values)
  expect(found).toEqual([])
  expect([files > 20, bytes > 5_000_000]).toEqual([true, true])
}

/** Buys as a person does: a card that is refused first, then one that is taken and the tab is closed. */
async function buys(who: typeof ada, offer: { product: string; button: RegExp }): Promise<string> {
  const { walk, orderForm } = visitor(scene.program)
  const form = await orderForm(offer.product, offer.button)
  const asked = Object.entries({ ...who, country: 'BE' }).filter(([field]) => form.html.includes(`name="${field}"`))
  const pay = await walk.submit(form, Object.fromEntries(asked), { button: /^Pay/ })
  expect(pay.url).toContain(scene.sim.url)
  const again = await walk.submit(pay, { card: cards.refused, expiry: '11/47', cvc: '917' }, { button: /^Pay/ })
  expect(again.status).toBe(422)
  const paid = await walk.submit(again, { card: cards.good, expiry: '11/47', cvc: '917' }, { button: /^Pay/ })
  expect(textOf(paid)).toContain('closed the tab')
  const sessions = await scene.sim.look<{ success_url: string }[]>('stripe/sessions')
  const returnUrl = sessions.at(-1)?.success_url ?? ''
  let page: Seen | undefined
  await until('the key is there', async () => {
    page = await walker().get(returnUrl)
    return page.html.includes('id="keys"') && !page.headers.has('refresh')
  })
  return /HS-\w{4}-\w{4}/.exec(textOf(page as Seen))?.[0] ?? ''
}

const download = { product: 'tally', button: /^Buy/ }
const box = { product: 'letterpress', button: /^Buy/ }
const deskPage = async (number: string): Promise<string> => {
  const ask = await staff
  const answer = await ask(`/desk/orders/${number}`)
  return textOf({ url: '', status: answer.status, headers: answer.headers, html: await answer.text() })
}
let staff: ReturnType<typeof staffOf>
const orders: Record<string, string> = {}

test('while it is held, a shop knows it, and on the disk there is nothing of it that is not sealed', async () => {
  staff = staffOf(scene.program)
  for (const [name, who] of Object.entries({ ada, bela })) {
    orders[`${name} download`] = await buys(who, download)
    orders[`${name} box`] = await buys(who, box)
    expect(await deskPage(orders[`${name} box`] ?? '')).toContain(who.street)
    await until('the receipt came', async () => (await visitor(scene.program).mailTo(who.email, 'receipt')) !== '')
  }
  const { folders, texts = {} } = await scene.places()
  const mails = Object.entries(texts).filter(([name]) => name.startsWith('the mail'))
  expect((await search({ folders: [], texts: Object.fromEntries(mails) }, [ada.email])).found.length).toBeGreaterThan(0)
  const printed = Object.fromEntries(Object.entries(texts).filter(([name]) => name.startsWith('what')))
  expect(printed['what the shop printed']).toContain('/checkout/')
  await expectNothing({ folders, texts: printed }, [...parts(ada), ...parts(bela), ...cardParts])
})

test('erased after delivery: the download’s buyer at once, the box’s when it is handed over, and nothing is left', async () => {
  const { held, walk } = visitor(scene.program)
  const choose = await walk.follow(await held(ada.email), /^Erase/)
  expect(textOf(choose)).toContain(orders['ada box'])
  expect(choose.html).toMatch(/value="after"[\s\S]*value="cancel"/)
  const done = await walk.submit(choose, {}, { button: /^Send the box/ })
  expect(textOf(done)).toMatch(/Erased.*until the box is at the post/)
  expect(await deskPage(orders['ada box'] ?? '')).toContain(ada.street)
  expect((await search(await scene.places(), [ada.name])).found).toEqual([])

  const ask = await staff
  expect((await ask(`/desk/orders/${orders['ada box']}/hand-over`, { method: 'POST' })).status).toBe(303)
  await until('the buyer of the box is erased', async () =>
    (await deskPage(orders['ada box'] ?? '')).includes('The customer was erased'),
  )
  await expectNothing(await scene.places(), [...parts(ada), ...cardParts])
})

test('cancelled, paid back and erased now: the processor gives the money back, and nothing is left', async () => {
  const { held, walk } = visitor(scene.program)
  const done = await walk.submit(
    await walk.follow(await held(bela.email), /^Erase/),
    {},
    { button: /^Cancel, pay back/ },
  )
  expect(textOf(done)).toContain('Keys destroyed')
  await until('the processor gave it back', async () => {
    const intents = await scene.sim.look<{ amount: number; refunded: number }[]>('stripe/intents')
    return intents.filter((intent) => intent.refunded === intent.amount).length === 1
  })
  await until('the desk shows it', async () => (await deskPage(orders['bela box'] ?? '')).includes('Paid back'))
  await expectNothing(await scene.places(), [...parts(bela), ...cardParts])
})

test('every order still adds up at the desk, and is nobody’s', async () => {
  const expected = {
    'ada download': ['19.00', '3.30'],
    'ada box': ['84.00', '14.58'],
    'bela download': ['19.00', '3.30'],
    'bela box': ['84.00', '14.58'],
  }
  for (const [name, amounts] of Object.entries(expected)) {
    const page = await deskPage(orders[name] ?? '')
    for (const amount of amounts) expect(page).toContain(amount)
    expect(page).toContain('The customer was erased')
  }
  expect(await deskPage(orders['bela box'] ?? '')).toContain('Paid back')
  expect(await deskPage(orders['ada box'] ?? '')).toContain('With the post')
})

test('when all of it has stopped nothing is left either, and what is planted in the same places is found', async () => {
  const { ended, places } = await scene.stop()
  expect(ended.code).toBe(0)
  const all = [...parts(ada), ...parts(bela), ...cardParts]
  await expectNothing(places, all)
  await expectNothing({ ...places, texts: { out: ended.out, err: ended.err } }, all)

  const planted = 'Mallory-van-Nergens 5512'
  expect((await search(places, [planted])).found).toEqual([])
  await scene.asOwner(`insert into task (about, kind, ref, made_at) values ('order:1', 'planted', '${planted}', now())`)
  expect((await search((await scene.stop()).places, [planted])).found.length).toBeGreaterThan(0)
})

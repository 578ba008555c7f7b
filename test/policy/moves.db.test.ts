import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { config } from '../../examples/higosoft/config.ts'
import { difference, type Clause, type VendorPolicy } from '../../src/policy/index.ts'
import { datesIn } from '../../src/web/dates.ts'
import { asApp, ordersIn, type ShopOrder } from '../asApp.ts'
import { ada, adaOnline, openShop, type Shop } from '../openShop.ts'
import { textOf, type Seen } from '../walker.ts'

type Purposes = NonNullable<VendorPolicy['purposes']>

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

/** Starts the program with one purpose of the vendor's policy edited and nothing else. */
const move = (purposes: Purposes): Promise<void> => shop.restart({ purposes })

const boxForm = (): Promise<Seen> => shop.orderForm(shop.walk(), 'letterpress')
const privacy = async (): Promise<string> => {
  const { html } = await shop.walk().get(`${shop.baseUrl}/privacy`)
  return textOf({ html: html.split('id="changes"')[0] ?? '' } as Seen)
}

/** Which clauses differ between the newest version and the one before. */
async function changedClauses(): Promise<string[]> {
  const rows = await shop.rows('select clauses from policy_version order by version desc limit 2')
  const [now = [], before = []] = rows.map((row) => row['clauses'] as Clause[])
  return difference(before, now).map((change) => change.anchor)
}

/** What a field of a form says, and whether it must be filled in. */
function fieldOf(page: Seen, name: string): { text: string; required: boolean } {
  const [html = ''] = new RegExp(`<label for="f-${name}">[\\s\\S]*?<p class="why"[\\s\\S]*?</p>`).exec(page.html) ?? []
  return { text: textOf({ ...page, html }), required: new RegExp(`<[^>]*name="${name}"[^>]*\\brequired\\b`).test(html) }
}

const actorFor = (purpose: string) =>
  purpose === 'fulfilment' ? ({ role: 'desk', id: 'sam' } as const) : ({ role: 'program', id: 'test' } as const)
const lookAt = async (order: ShopOrder, purpose: 'fulfilment' | 'registration' | 'purchase'): Promise<string> => {
  const seen = await shop
    .desk()
    .vault.reveal({ person: order.person, purpose, actor: actorFor(purpose), for: `order:${order.id}` })
  return seen.outcome === 'shown' ? 'shown' : seen.because
}

/** What the database itself answers when injected SQL asks for the same. */
async function rawLook(order: ShopOrder, purpose: string, part: string): Promise<unknown> {
  const log = `gen_random_uuid(), 'reveal', '${purpose}', '${actorFor(purpose).role}', 'sam', '{${part}}', 'order:1'`
  return (await asApp(shop, `select vault.log('${order.person}', ${log}) as answer`))[0]?.['answer']
}

async function newestOrder(): Promise<ShopOrder> {
  const order = (await ordersIn(shop)).at(-1)
  if (!order) throw new Error('no order')
  return order
}

describe('a field made optional', () => {
  const { name: _name, ...nameless } = ada

  test('is required as shipped: the form is refused without it', async () => {
    expect(fieldOf(await boxForm(), 'name')).toMatchObject({ required: true })
    const page = await shop.walk().submit(await boxForm(), nameless, { button: /^Pay/ })
    expect(page.status).toBe(422)
    expect(textOf(page)).toContain('Name: please fill this in')
    expect(await privacy()).not.toContain('Name (optional): Goes on the parcel')
  })

  test('is marked as optional on the form and on the privacy page, and nothing else changes there', async () => {
    await move({ fulfilment: { fields: { name: { need: 'optional' } } } })
    const field = fieldOf(await boxForm(), 'name')
    expect(field.required).toBe(false)
    expect(field.text).toMatch(/Name \(optional\).*Everything works without it/)
    expect(fieldOf(await boxForm(), 'street').required).toBe(true)
    expect(await privacy()).toContain('Name (optional): Goes on the parcel')
    expect(await changedClauses()).toEqual(['fulfilment'])
  })

  test('may be left empty: the order is placed, the label has the address alone, and the owner has no name', async () => {
    expect(textOf(await shop.buy(nameless, { product: 'letterpress' }))).toContain('Your box is being prepared')
    const order = await newestOrder()
    const desk = await shop.staff()
    const label = textOf({ html: await (await desk(`/desk/orders/${order.number}/label`)).text() } as Seen)
    expect(label).toContain(`Order ${order.number} ${ada.street}`)
    expect(label).not.toContain(ada.name)
    expect(
      await shop.rows(`select 1 from vault.box where person_id = $1 and part = 'identity'`, [order.person]),
    ).toEqual([])
  })
})

describe('a clock that is shortened', () => {
  const shorter = { fulfilment: { clock: { period: 'P30D' } } } as const
  let before: ShopOrder
  let after: ShopOrder
  beforeAll(async () => {
    await move({})
    await shop.buy(ada, { product: 'letterpress' })
    before = await newestOrder()
    await handOver(before)
    await move(shorter)
    await shop.buy(ada, { product: 'letterpress' })
    after = await newestOrder()
    await handOver(after)
  })
  const handOver = async ({ number }: ShopOrder): Promise<void> =>
    void (await (
      await shop.staff()
    )(`/desk/orders/${number}/hand-over`, {}))

  test('is told beside every field of that purpose and on the privacy page, and nowhere else', async () => {
    for (const name of ['name', 'street', 'telephone'])
      expect(fieldOf(await boxForm(), name).text).toContain('Kept until 30 days after delivery')
    expect(fieldOf(await boxForm(), 'email').text).toContain('Kept until 60 days after delivery')
    expect(await privacy()).toContain('This is kept until 30 days after delivery.')
    expect(await changedClauses()).toEqual(['fulfilment'])
    const held = textOf(await shop.held(ada.email))
    const [ground] = await shop.rows(
      `select event_at + interval '30 days' as until from vault.basis where purpose = 'fulfilment' and person_id = $1`,
      [after.person],
    )
    const until = datesIn(config.timeZone).day(ground?.['until'] as Date)
    expect(held).toMatch(new RegExp(`To post your box Held since [^.]*, until ${until}`))
  })

  test('is what the database lets be opened: until the day, and not after, also for what was delivered before', async () => {
    await shop.advance('P29D')
    for (const order of [before, after])
      expect([await lookAt(order, 'fulfilment'), await rawLook(order, 'fulfilment', 'address')]).toEqual([
        'shown',
        'logged',
      ])
    await shop.advance('P2D')
    for (const order of [before, after]) {
      expect([await lookAt(order, 'fulfilment'), await rawLook(order, 'fulfilment', 'address')]).toEqual([
        'no-ground',
        'no-ground',
      ])
      expect(await lookAt(order, 'purchase')).toBe('shown')
    }
  })

  test('is not lengthened afterwards for what was delivered while it was short', async () => {
    await move({})
    expect([await lookAt(before, 'fulfilment'), await lookAt(after, 'fulfilment')]).toEqual(['shown', 'no-ground'])
  })
})

describe('a sentence that is reworded', () => {
  const why = 'Zur Zustellung: so that the key finds you.'
  const sentence = 'We complete your order with it, as you would expect.'

  test('stands beside the field and on the privacy page, in place of the old one, with the change in words', async () => {
    const old = fieldOf(await boxForm(), 'email').text
    expect(old).toContain('To send the key and the receipt')
    await move({ purchase: { sentence: { en: sentence }, fields: { email: { why: { en: why } } } } })
    expect(fieldOf(await boxForm(), 'email').text).toContain(why)
    expect(fieldOf(await boxForm(), 'email').text).not.toContain('To send the key and the receipt')
    expect(await privacy()).toContain(sentence)
    expect(await privacy()).toContain(why)
    expect(await changedClauses()).toEqual(['purchase'])
    const { html } = await shop.walk().get(`${shop.baseUrl}/privacy`)
    expect(html.split('id="changes"')[1]).toContain(sentence)
  })

  test('changes nothing of what may be opened', async () => {
    await shop.buy(adaOnline)
    expect(await lookAt(await newestOrder(), 'purchase')).toBe('shown')
  })
})

describe('a purpose that is switched off', () => {
  beforeAll(async () => {
    await move({})
    await shop.buy(adaOnline)
  })

  test('is on as shipped: an owner, a sealed group, a clause, a word beside the field', async () => {
    const { person } = await newestOrder()
    expect(await shop.rows('select 1 from licence_owner where person_id = $1', [person])).toHaveLength(1)
    expect(
      (await shop.rows(`select 1 from vault.box where class = 'relation' and person_id = $1`, [person])).length,
    ).toBeGreaterThan(0)
    expect(await lookAt(await newestOrder(), 'registration')).toBe('shown')
    expect(fieldOf(await boxForm(), 'email').text).toContain('to know you as the owner of your copy')
  })

  test('records no owner and seals nothing for it, in the same order as before', async () => {
    await move({ registration: { off: true } })
    expect(textOf(await shop.buy(adaOnline))).toContain('Here is your key')
    const { person } = await newestOrder()
    expect(await shop.rows('select 1 from licence_owner where person_id = $1', [person])).toEqual([])
    expect(
      await shop.rows(`select class from vault.box where person_id = $1 and class not in ('contract', 'tax')`, [
        person,
      ]),
    ).toEqual([])
    expect(
      await shop.rows(`select 1 from vault.basis where purpose = 'registration' and person_id = $1`, [person]),
    ).toEqual([])
  })

  test('is gone from the form and from the privacy page, and said to be off on the promises page', async () => {
    expect(fieldOf(await boxForm(), 'email').text).not.toContain('owner of your copy')
    expect((await shop.walk().get(`${shop.baseUrl}/privacy`)).html).not.toContain('id="registration"')
    expect(await privacy()).not.toContain('owner of your copy')
    expect(await changedClauses()).toEqual(['partner-mailHost', 'registration'])
    const { html } = await shop.walk().get(`${shop.baseUrl}/promises`)
    expect(/<li id="kept-for-registration">[\s\S]*?<\/li>/.exec(html)?.[0]).toContain('switched that off')
  })

  test('opens nothing any more, not even what was sealed for it before, by the door or by the database', async () => {
    for (const order of await ordersIn(shop))
      expect([await lookAt(order, 'registration'), await rawLook(order, 'registration', 'contact')]).toEqual([
        'not-of-purpose',
        'not-of-purpose',
      ])
  })
})

test('the policy that was edited is the example’s own, which edits nothing', () => {
  expect(config.policy.purposes).toEqual({})
})

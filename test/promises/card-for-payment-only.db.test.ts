import { createHmac } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Field } from '../../src/policy/index.ts'
import { everyRow, ordersIn } from '../asApp.ts'
import { ada, adaOnline, openShop, type Shop } from '../openShop.ts'
import { heldIn } from '../spellings.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
  await shop.buy(adaOnline)
  await shop.buy(ada, { product: 'letterpress', card: '4000-0000-0000-0119' })
})
afterAll(() => shop.close())

const NUMBERS = [
  '4242 4242 4242 4242',
  '4242-4242-4242-4242',
  '4242424242424242',
  '4000 0000 0000 0119',
  '4000000000000119',
]

/** Everything that is there after the purchases: rows, log lines, files of the keys, what the processor was sent. */
async function everything(): Promise<string> {
  const folder = join(shop.at.dir, 'keys')
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => readFileSync(join(folder, name)).toString('latin1'))
  const received = shop.received.map((one) => `${one.path}\n${one.head}\n${one.body}`)
  return [...(await everyRow(shop)).values(), ...shop.lines, ...files, ...received].join('\n')
}

test('a card number that was typed at the processor is nowhere of ours, grouped or not, and not with the processor’s stand-in', async () => {
  expect((await ordersIn(shop)).length).toBe(2)
  const all = await everything()
  expect(all.length).toBeGreaterThan(10_000)
  expect(heldIn(all, NUMBERS)).toEqual([])
  const { sessions, intents, refunds } = shop.sim.stripe
  const remembered = JSON.stringify([
    ...sessions.values(),
    ...intents.values(),
    ...refunds.values(),
    ...shop.sim.messages.values(),
  ])
  expect(heldIn(remembered, NUMBERS)).toEqual([])
})

test('what a processor says of the card and of its holder is dropped, whatever it puts into its message', async () => {
  const [order] = await ordersIn(shop)
  const charge = {
    id: 'ch_told',
    object: 'charge',
    payment_intent: 'pi_told',
    amount: 1900,
    amount_refunded: 0,
    currency: 'eur',
    metadata: { order: order?.id },
    billing_details: {
      email: 'holder@mail.example',
      name: 'Holder Qxyzzy',
      phone: '+32 470 99 88 77',
      address: { line1: 'Holderstraat 4711' },
    },
    payment_method_details: {
      card: {
        brand: 'visa',
        last4: '9173',
        exp_month: 11,
        exp_year: 2039,
        fingerprint: 'Xt5EWLLDS7FJjR1c',
        number: NUMBERS[0],
      },
    },
  }
  const session = {
    id: 'cs_told',
    object: 'checkout.session',
    client_reference_id: order?.id,
    customer_details: charge.billing_details,
    currency: 'eur',
    amount_total: 1900,
    payment_status: 'paid',
    status: 'complete',
    payment_intent: 'pi_told',
  }
  for (const [type, object] of [
    ['charge.refunded', charge],
    ['checkout.session.completed', session],
  ] as const)
    expect(
      await deliver(
        JSON.stringify({
          id: `evt_${object.id}`,
          object: 'event',
          type,
          created: Math.floor(shop.now().getTime() / 1000),
          data: { object },
        }),
      ),
    ).toBe(200)
  await shop.settled()
  expect(
    (await shop.rows(`select * from inbox where ext like '%evt_cs_told%' or ref = 'pi_told'`)).length,
  ).toBeGreaterThan(0)
  const told = [
    'holder@mail.example',
    'Holder Qxyzzy',
    '+32 470 99 88 77',
    'Holderstraat 4711',
    'Xt5EWLLDS7FJjR1c',
    ...NUMBERS,
  ]
  expect(heldIn(await everything(), told)).toEqual([])
})

async function deliver(body: string): Promise<number> {
  const at = Math.floor(shop.now().getTime() / 1000)
  const mac = createHmac('sha256', 'whsec_shop').update(`${at}.${body}`).digest('hex')
  return (await shop.ask('/in/stripe', { method: 'POST', body, headers: { 'stripe-signature': `t=${at},v1=${mac}` } }))
    .status
}

test('nobody can ask for card data: no purpose knows such a field, and a look for one shows nothing', async () => {
  const [order] = await ordersIn(shop)
  if (!order) throw new Error('no order')
  const { vault, policy } = shop.desk()
  for (const purpose of Object.keys(policy.purposes) as 'purchase'[])
    for (const field of ['cardNumber', 'cardExpiry', 'card'] as unknown as Field[]) {
      const seen = await vault.reveal({
        person: order.person,
        purpose,
        fields: [field as 'email'],
        actor: { role: 'owner', id: 'o' },
        for: 'order:1',
      })
      expect(seen.outcome === 'shown' ? seen.values : {}).toEqual({})
    }
})

test('every input for a card is on the processor’s page, and none is on a page of ours', async () => {
  const walk = shop.walk()
  const form = await shop.orderForm(walk, 'letterpress')
  const paying = await walk.submit(form, ada, { button: /^Pay/ })
  expect(new URL(paying.url).origin).not.toBe(shop.baseUrl)
  expect(paying.html).toMatch(/name="card"/)
  const own = [
    form,
    await walk.get(`${shop.baseUrl}/your-data`),
    await shop.held(ada.email, walk),
    await walk.get(shop.baseUrl),
  ]
  for (const page of own) expect(page.html).not.toMatch(/<(input|select|textarea)[^>]*(card|cvc|expiry|cc-)/i)
})

test('a card number typed into a field that our form does not have is refused and kept nowhere', async () => {
  const walk = shop.walk()
  for (const name of ['cardNumber', 'card', 'cc-number', 'expiry']) {
    const page = await walk.submit(
      await shop.orderForm(walk, 'tally'),
      { ...adaOnline, [name]: '5555 4444 3333 1111' },
      { button: /^Pay/ },
    )
    expect(page.status).toBe(422)
    expect(heldIn(page.html + (await everything()), ['5555 4444 3333 1111'])).toEqual([])
  }
})

test('the file that a person can take has no card in it', async () => {
  const held = await shop.held(ada.email)
  const file = await (await shop.ask(`${held.url}/export.json`)).text()
  expect(file).toContain(ada.street)
  expect(file).not.toMatch(/card|expiry|cvc|last4/i)
  expect(heldIn(file, NUMBERS)).toEqual([])
})

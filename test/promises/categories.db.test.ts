import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { config } from '../../examples/higosoft/config.ts'
import { defaults, effectivePolicy, mayReveal } from '../../src/policy/index.ts'
import { everyRow, ordersIn } from '../asApp.ts'
import { ada, adaOnline, openShop, type Shop } from '../openShop.ts'
import { heldIn } from '../spellings.ts'
import { textOf, type Seen } from '../walker.ts'

let shop: Shop
let held: Seen
let keys: string[]

beforeAll(async () => {
  shop = await openShop()
  const seen = [await shop.buy(adaOnline), await shop.buy(ada, { product: 'letterpress' })]
  keys = seen.map((page) => /([0-9A-Z]{5}-){4}[0-9A-Z]{5}/.exec(textOf(page))?.[0] ?? '')
  const walk = shop.walk()
  held = await shop.held(ada.email, walk)
  const desk = await shop.staff()
  for (const { number } of await ordersIn(shop)) await desk(`/desk/orders/${number}`)
})
afterAll(() => shop.close())

const CARD = /\bcard|cc-(number|exp|csc)|cvc|cvv|expiry/i
/** What says who Ada is; a country alone says it of nobody. */
const values = (): string[] => [
  ...Object.entries(ada).flatMap(([field, value]) => (field === 'country' ? [] : value)),
  ...keys,
]

test('after two whole purchases, a look by staff and one by the buyer, no table holds a value outside a sealed group', async () => {
  const tables = await everyRow(shop)
  expect([...tables.values()].filter((text) => text !== '').length).toBeGreaterThan(20)
  expect(values().every((value) => value.length > 7)).toBe(true)
  for (const [table, text] of tables) expect([table, heldIn(text, values())]).toEqual([table, []])
  await shop.rows(
    `insert into task values ('order:1', 'planted', '${Buffer.from(ada.street).toString('base64')}', now(), null, null)`,
  )
  expect(heldIn((await everyRow(shop)).get('public.task') ?? '', values())).toEqual([ada.street])
  await shop.rows(`delete from task where kind = 'planted'`)
})

test('no line that the program logged, no address that it logged and no file of its keys holds one either', () => {
  expect(shop.lines.length).toBeGreaterThan(10)
  expect(heldIn(shop.lines.join('\n'), values())).toEqual([])
  const folder = join(shop.at.dir, 'keys')
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => readFileSync(join(folder, name)).toString('latin1'))
  expect(files.length).toBeGreaterThan(1)
  for (const text of files) expect(heldIn(text, values())).toEqual([])
})

test('all that is sealed is of a kind that a purpose names, and all that is opened is a field of the policy', async () => {
  const { policy } = shop.desk()
  const allowed = new Set(mayReveal(policy).map((row) => `${row.class} ${row.part}`))
  const sealed = await shop.rows('select distinct class, part from vault.box')
  expect(sealed.length).toBeGreaterThan(4)
  for (const row of sealed) expect(allowed).toContain(`${String(row['class'])} ${String(row['part'])}`)
  const file = await (await shop.ask(`${held.url}/export.json`)).text()
  const { about } = JSON.parse(file) as { about: { boxes: { part: string; values: Record<string, string> }[] }[] }
  const boxes = about.flatMap((one) => one.boxes).filter((box) => box.part !== 'message')
  const fields = new Set(boxes.flatMap((box) => Object.keys(box.values)))
  expect([...fields].sort()).toEqual([
    'city',
    'country',
    'email',
    'licenceKey',
    'name',
    'postcode',
    'street',
    'telephone',
  ])
  for (const field of fields) expect(Object.keys(policy.fields)).toContain(field)
  expect(heldIn(file, values()).sort()).toEqual(values().sort())
})

test('nothing of ours has a name or a place for card data: no field, purpose, form, column or export', async () => {
  const { policy } = shop.desk()
  expect(
    Object.entries(policy.fields).filter(([id, field]) => CARD.test(`${id} ${field.label.en} ${field.autocomplete}`)),
  ).toEqual([])
  expect(Object.keys(defaults.purposes).filter((id) => CARD.test(id))).toEqual([])
  const columns = await shop.rows(
    `select c.relname || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('public', 'vault') and c.relkind = 'r' and a.attnum > 0`,
  )
  expect(columns.length).toBeGreaterThan(100)
  expect(columns.filter((row) => /card(?!inal)|expiry|expiration|cvc|cvv|_pan\b/.test(String(row['name'])))).toEqual([])
  const walk = shop.walk()
  const pages = [
    await shop.orderForm(walk, 'tally'),
    await shop.orderForm(walk, 'letterpress'),
    await walk.get(`${shop.baseUrl}/your-data`),
  ]
  const inputs = pages.flatMap((page) =>
    [...page.html.matchAll(/<(?:input|select|textarea)\b[^>]*>/g)].map(([tag]) => tag),
  )
  expect(inputs.length).toBeGreaterThan(10)
  expect(inputs.filter((tag) => CARD.test(tag))).toEqual([])
})

test('the privacy page lists every kind that a form asks, and card number and expiry date as taken by the processor only', async () => {
  const page = textOf(await shop.walk().get(`${shop.baseUrl}/privacy`))
  const { policy } = shop.desk()
  const list = /Never more than these: ([^.]+)\./.exec(page)?.[1] ?? ''
  for (const field of Object.keys(ada))
    expect(list.toLowerCase()).toContain(policy.fields[field as 'email'].label.en.toLowerCase())
  expect(list).toContain('IP address')
  expect(list).not.toMatch(CARD)
  expect(page).toMatch(/Card number: Typed at the card processor. It never reaches us/)
  expect(page).toMatch(/Card expiry date: Typed at the card processor. It never reaches us/)
})

test('a policy that would give card data a place does not start', () => {
  const faults = (edit: object): string => {
    const read = effectivePolicy({ ...config.policy, ...edit })
    return read.ok ? 'accepted' : read.faults.join('; ')
  }
  const field = { label: { en: 'Number' }, part: 'identity', input: 'text', autocomplete: 'off', maxLength: 40 }
  expect(faults({})).toBe('accepted')
  expect(faults({ addedFields: { shoeSize: field } })).toBe('accepted')
  for (const edit of [
    { addedFields: { cardNumber: field } },
    { addedFields: { digits: { ...field, label: { en: 'Your card number' } } } },
    { addedFields: { digits: { ...field, autocomplete: 'cc-number' } } },
    { purposes: { purchase: { fields: { cardExpiry: { need: 'optional' } } } } },
    { recipients: config.policy.recipients.map((row) => ({ ...row, fields: [...row.fields, 'cardNumber'] })) },
  ])
    expect(faults(edit)).toContain('card data has no place in a policy')
})

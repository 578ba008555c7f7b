import { afterEach, beforeEach, expect, test } from 'vitest'
import { ordersIn } from '../../../test/asApp.ts'
import { ada, adaOnline, openShop, type Shop } from '../../../test/openShop.ts'
import type { PersonId } from '../../vault/index.ts'

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop.close())

const program = { role: 'program', id: 'test' } as const
const classesOf = async (person: PersonId): Promise<string[]> =>
  (await shop.rows('select distinct class from vault.box where person_id = $1 order by 1', [person])).map((row) =>
    String(row['class']),
  )
const runs = () => shop.rows('select outcome, because, persons, drafts from retention_run order by at')

/** Days pass with the program running: it looks at the clocks at least every 40 days. */
async function live(days: number): Promise<void> {
  for (let left = days; left > 0; left -= 40) {
    await shop.advance(`P${Math.min(left, 40)}D`)
    await shop.restart()
  }
}

async function ask(email: string): Promise<PersonId> {
  const { vault } = shop.desk()
  const sealer = await vault.newPerson(['case'], { email })
  await shop.at.engine.for<never>().tx(async (tx) => {
    await vault.collect(tx, sealer, { purposes: ['enquiry'], values: { email }, notice: 1, channel: 'web form' })
    await vault.mark(tx, { person: sealer.person, purposes: ['enquiry'], event: 'asked', at: shop.now() })
  })
  return sealer.person
}

async function signedIn(role: 'owner' | 'desk'): Promise<(form?: Record<string, string>) => Promise<string>> {
  const link = (await shop.desk().staffLink({ label: `${role}-1`, role })) ?? ''
  const sent = { method: 'POST', headers: { origin: shop.baseUrl } }
  const cookie = (await shop.ask(link, sent)).headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const headers = { cookie, origin: shop.baseUrl }
  return async (form) => {
    const init = form ? { method: 'POST', body: new URLSearchParams(form) } : {}
    return (await shop.ask('/desk/retention', { headers, ...init })).text()
  }
}

test('what was needed to deliver goes 60 days after, and what makes somebody the owner stays', async () => {
  await shop.buy(adaOnline)
  const [order] = await ordersIn(shop)
  const person = order?.person as PersonId
  await live(59)
  expect(await classesOf(person)).toEqual(['contract', 'relation', 'tax'])
  await live(2)
  expect(await classesOf(person)).toEqual(['relation', 'tax'])
  const { vault } = shop.desk()
  const look = { person, actor: program, for: 'order:1' } as const
  expect(await vault.reveal({ ...look, purpose: 'purchase' })).toMatchObject({ outcome: 'refused' })
  expect(await vault.reveal({ ...look, purpose: 'registration' })).toMatchObject({ values: { email: ada.email } })
  expect(await vault.find('email', ada.email)).toEqual([person])
})

test('an order that was never paid is gone a day after its last page ended, also for the tax office', async () => {
  const walk = shop.walk()
  await walk.submit(await shop.orderForm(walk, 'tally'), adaOnline, { button: /^Pay/ })
  const [order] = await ordersIn(shop)
  await live(1)
  expect(await classesOf(order?.person as PersonId)).toHaveLength(3)
  await live(2)
  expect(await classesOf(order?.person as PersonId)).toEqual([])
  expect(await shop.desk().vault.find('email', ada.email)).toEqual([])
  expect(await shop.rows('select 1 from order_person')).toEqual([])
  expect(await shop.rows('select headline from order_view')).toEqual([{ headline: 'cancelled' }])
})

test('a question is gone after 30 days, with every way to find who asked', async () => {
  const person = await ask('curious@mail.example')
  await live(29)
  expect(await classesOf(person)).toEqual(['case'])
  await live(2)
  expect([await classesOf(person), await shop.desk().vault.find('email', 'curious@mail.example')]).toEqual([[], []])
  expect(await shop.rows('select 1 from vault.person where person_id = $1', [person])).toEqual([])
})

test('a clock that jumps destroys nothing until the owner says that the date is right', async () => {
  const person = await ask('curious@mail.example')
  await shop.advance('P61D')
  await shop.restart()
  expect(await classesOf(person)).toEqual(['case'])
  expect((await runs()).at(-1)).toMatchObject({ outcome: 'held', because: 'clock-jumped', persons: 1 })
  const today = await (await (await shop.staff())('/desk')).text()
  expect(today).toContain('Nothing was destroyed')

  const desk = await signedIn('desk')
  expect(await desk()).toContain('Only the owner')
  await desk({ do: 'anyway' })
  expect(await classesOf(person)).toEqual(['case'])
  await shop.restart()
  expect(await classesOf(person)).toEqual(['case'])

  const owner = await signedIn('owner')
  expect(await owner()).toContain('The computer says that today is')
  await owner({ do: 'anyway' })
  expect(await classesOf(person)).toEqual([])
  expect(await owner()).toContain('Nothing is over.')
})

test('more than usual at once is held, and looking changes nothing', async () => {
  for (let count = 0; count < 201; count += 1) await ask(`curious-${count}@mail.example`)
  await live(31)
  expect((await runs()).at(-1)).toMatchObject({ outcome: 'held', because: 'too-many', persons: 201 })
  const before = await shop.rows('select count(*) as boxes from vault.box')
  expect(await (await signedIn('owner'))()).toContain('201')
  expect(await shop.rows('select count(*) as boxes from vault.box')).toEqual(before)
})

test('lines of the log go after two years, and what is left can still be checked', async () => {
  await shop.buy(adaOnline)
  const looks = async (): Promise<number> => (await shop.rows('select 1 from vault.access_log')).length
  await live(10)
  const early = await looks()
  expect(early).toBeGreaterThan(0)
  await live(715)
  await shop.buy({ ...adaOnline, email: 'second@mail.example' })
  expect(await looks()).toBeGreaterThan(early)
  await live(20)
  const old = new Date(shop.now().getTime() - 731 * 86_400_000)
  expect(await shop.rows('select 1 from vault.access_log where at < $1', [old])).toEqual([])
  expect(await shop.desk().vault.evidence.firstAlteredDay()).toBeUndefined()
  await shop.rows(
    `update vault.access_log set ref = 'order:0' where log_id = (select log_id from vault.access_log order by at limit 1)`,
  )
  expect(await shop.desk().vault.evidence.firstAlteredDay()).toBeDefined()
})

test('a date that was wrong once is asked about once', async () => {
  const ahead = `insert into retention_run (run_id, at, outcome, persons, groups, drafts, looks, failed)
    values (gen_random_uuid(), $1, 'done', 0, 0, 0, 0, 0)`
  await shop.rows(ahead, [new Date(shop.now().getTime() + 3650 * 86_400_000)])
  await shop.restart()
  expect((await runs()).at(-1)).toBeDefined()
  const newest = () => shop.rows('select outcome, because from retention_run order by sequence desc limit 1')
  expect(await newest()).toEqual([{ outcome: 'held', because: 'clock-jumped' }])
  await (
    await signedIn('owner')
  )({ do: 'anyway' })
  await live(1)
  expect(await newest()).toEqual([{ outcome: 'done', because: null }])
})

test('one who cannot be destroyed yet stops nobody else, and not the shop', async () => {
  const [stuck, next] = [await ask('stuck@mail.example'), await ask('next@mail.example')]
  await shop.rows(`insert into link_person values ('\\x01', $1)`, [stuck])
  await shop.rows(`create function no() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$`)
  await shop.rows('create trigger no before delete on link_person for each row execute function no()')
  await live(31)
  expect(await classesOf(next)).toEqual([])
  expect(await shop.rows(`select kind from task where kind = 'retention-failed'`)).toHaveLength(1)
  await shop.restart()
  await shop.rows('drop trigger no on link_person')
  await shop.restart()
  expect(await shop.rows('select 1 from vault.person where person_id = $1', [stuck])).toEqual([])
  expect(await shop.rows('select 1 from link_person')).toEqual([])
})

test('a case that is opened again while a run looks at it lives on', async () => {
  const person = await ask('again@mail.example')
  await live(29)
  await shop.advance('P2D')
  const over = (): Promise<unknown> =>
    shop.rows(`select vault.end_grounds($1, '{case}') as over`, [person]).then((rows) => rows[0]?.['over'])
  await shop.rows('update vault.basis set event_at = null, until = null where person_id = $1', [person])
  expect(await over()).toEqual([])
  expect(await shop.desk().vault.may(person, 'enquiry')).toBe(true)
  await shop.rows('update vault.basis set until = vault.now() where person_id = $1', [person])
  expect(await over()).toEqual(['case'])
  expect(await shop.desk().vault.may(person, 'enquiry')).toBe(false)
})

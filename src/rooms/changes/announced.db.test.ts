import { afterEach, beforeEach, expect, test } from 'vitest'
import { adaOnline, openShop, type Shop } from '../../../test/openShop.ts'
import { textOf, type Seen } from '../../../test/walker.ts'

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
  await shop.buy(adaOnline)
})
afterEach(() => shop.close())

const WORDS = 'We use this to deliver what you order, and for nothing else.'
const edits = { purposes: { purchase: { sentence: { en: WORDS } } } }
const BROKEN = 'took effect although people were held here who had not been told of it'
const page = async (path: string): Promise<string> => textOf((await shop.walk().get(`${shop.baseUrl}${path}`)) as Seen)
const inForce = async (): Promise<boolean> => {
  const { html } = await shop.walk().get(`${shop.baseUrl}/privacy`)
  return html.split('id="changes"')[0]?.includes(WORDS) ?? false
}
const inDays = (days: number): string => new Date(shop.now().getTime() + days * 86_400_000).toISOString().slice(0, 10)
const told = async (): Promise<number> =>
  (await shop.rows(`select 1 from contact_ledger where kind = 'policyChange'`)).length

async function announce(from: string): Promise<void> {
  await shop.restart({}, { from, policy: edits })
  await shop.settled()
}

test('what was announced for a far day and takes effect sooner is said, until it might have', async () => {
  await announce(inDays(60))
  expect(await told()).toBe(1)
  await shop.advance('P20D')
  await shop.restart(edits)
  expect(await page('/promises')).toContain(BROKEN)
  await shop.advance('P41D')
  expect(await page('/promises')).not.toContain(BROKEN)
})

test('what nobody was told of is put right by announcing it', async () => {
  await shop.restart(edits)
  expect(await page('/promises')).toContain(BROKEN)
  await announce(inDays(1))
  expect(await inForce()).toBe(false)
  expect(await told()).toBe(1)
  await shop.advance('P15D')
  await announce(inDays(-14))
  expect(await inForce()).toBe(true)
  expect(await page('/promises')).not.toContain(BROKEN)
})

test('a day that is moved forward is told anew and comes two weeks after that at least', async () => {
  await announce(inDays(90))
  await shop.advance('P30D')
  await announce(inDays(1))
  expect(await told()).toBe(2)
  expect(await inForce()).toBe(false)
  await shop.advance('P13D')
  expect(await shop.desk().policyIsDue()).toBe(false)
  await shop.advance('P2D')
  expect(await shop.desk().policyIsDue()).toBe(true)
})

test('the same change made a second time is announced a second time', async () => {
  await announce(inDays(1))
  await shop.advance('P15D')
  await announce(inDays(-14))
  expect(await inForce()).toBe(true)
  await shop.restart(edits, { from: inDays(1), policy: {} })
  await shop.settled()
  await shop.advance('P15D')
  await shop.restart(edits, { from: inDays(-14), policy: {} })
  expect(await inForce()).toBe(false)
  expect(await told()).toBe(2)
  await announce(inDays(1))
  expect(await inForce()).toBe(false)
  expect(await told()).toBe(3)
})

test('an announcement that is taken back and made again much later is told again', async () => {
  await announce(inDays(20))
  await shop.restart()
  await shop.advance('P30D')
  await announce(inDays(1))
  expect(await inForce()).toBe(false)
  expect(await told()).toBe(2)
})

test('whoever comes after the announcement is told within the round of a day, and the page says whom no mail reaches', async () => {
  await announce(inDays(60))
  const next = await page('/privacy/next')
  expect(next).toContain('was told by mail')
  expect(next).toContain('A mail cannot reach')
  await shop.rows('update policy_change set told_at = null')
  expect(await page('/privacy/next')).toContain('is being told')
  await shop.buy({ ...adaOnline, email: 'bela@mail.example' })
  expect(await told()).toBe(1)
  await shop.advance('P2D')
  await announce(inDays(58))
  expect(await told()).toBe(2)
})

test('whoever only asked a question is told as well', async () => {
  const walk = shop.walk()
  const typed = { email: 'bela@mail.example', name: 'Bela Zoltan', message: 'Does Tally print?' }
  await walk.submit(await walk.get(`${shop.baseUrl}/help/question`), typed, { button: /^Send my question/ })
  await announce(inDays(60))
  expect((await shop.mails('bela@mail.example')).some(({ kind }) => kind === 'policyChange')).toBe(true)
})

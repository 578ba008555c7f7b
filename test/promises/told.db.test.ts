import { afterAll, beforeAll, expect, test } from 'vitest'
import { clauses, keptText } from '../../src/policy/index.ts'
import { asApp } from '../asApp.ts'
import { adaOnline, openShop, type Shop } from '../openShop.ts'
import { textOf, type Seen } from '../walker.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const OLD = 'We use this to complete your order and to send you the key and the receipt.'
const NEW = 'We use this to deliver what you order, and for nothing else.'
const privacy = (path = '/privacy'): Promise<Seen> => shop.walk().get(`${shop.baseUrl}${path}`)
const versions = async (): Promise<number[]> =>
  (await shop.rows('select version from policy_version order by 1')).map((row) => Number(row['version']))

/** The words of the page that say what is done, without what changed. */
async function clausesShown(): Promise<string> {
  const html = (await privacy()).html
  return textOf({
    html: html.slice(0, html.includes('id="changes"') ? html.indexOf('id="changes"') : undefined),
  } as Seen)
}

test('the page says every sentence that the policy in force makes, under a number that stamps lead to', async () => {
  const page = await privacy()
  const text = textOf(page)
  const all = clauses(shop.desk().policy)
  expect(all.length).toBeGreaterThan(15)
  for (const clause of all) {
    expect(page.html).toContain(`id="${clause.anchor}"`)
    for (const sentence of [`§${clause.number} ${clause.title}`, ...clause.sentences])
      expect(text).toContain(sentence.trim())
  }
  expect(text).toContain('Version 1')
})

test('what it says of time is what the database enforces', async () => {
  const text = await clausesShown()
  const enforced = await shop.rows('select purpose, extract(epoch from period) as seconds from vault.purpose_clock')
  const { purposes } = shop.desk().policy
  expect(enforced.map((row) => String(row['purpose'])).sort()).toEqual(Object.keys(purposes).sort())
  const fulfilment = enforced.find((row) => row['purpose'] === 'fulfilment')
  expect(Number(fulfilment?.['seconds'])).toBe(60 * 86_400)
  expect(text).toContain(purposes.fulfilment ? keptText(purposes.fulfilment.clock) : 'off')
})

test('starting again with the same policy publishes nothing new', async () => {
  await shop.restart()
  expect(await versions()).toEqual([1])
})

test('another policy is a new version at the next start, with what changed in words, and the old one stays readable', async () => {
  const front = await shop.walk().get(shop.baseUrl)
  expect(textOf(front)).toContain('Privacy policy, version 1')
  await shop.restart({ purposes: { purchase: { sentence: { en: NEW }, clock: { period: 'P30D' } } } })
  expect(await versions()).toEqual([1, 2])
  const page = await privacy()
  const changes = page.html.slice(page.html.indexOf('id="changes"'))
  const gone = [...changes.matchAll(/<del>([\s\S]*?)<\/del>/g)].map(([, text = '']) => textOf({ html: text } as Seen))
  const come = [...changes.matchAll(/<ins>([\s\S]*?)<\/ins>/g)].map(([, text = '']) => textOf({ html: text } as Seen))
  expect(gone).toEqual([`Before: ${OLD}`, 'Before: This is kept until 60 days after delivery.'])
  expect(come).toEqual([`Now: ${NEW}`, 'Now: This is kept until 30 days after delivery.'])
  expect(textOf(await privacy('/privacy/versions/1'))).toContain(OLD)
  expect(textOf(await privacy('/privacy/versions/1'))).not.toContain(NEW)
  expect(textOf(await shop.walk().get(shop.baseUrl))).toContain('Privacy policy, version 2')
  expect((await privacy('/privacy/versions/3')).status).toBe(404)
})

test('a policy that goes back to earlier words is a third version, not the first again', async () => {
  await shop.restart()
  expect(await versions()).toEqual([1, 2, 3])
  expect(await clausesShown()).toContain(OLD)
  expect(await clausesShown()).not.toContain(NEW)
})

test('the program’s own login can neither change nor take back what was published', async () => {
  for (const statement of [
    `update policy_version set clauses = '[]'`,
    'delete from policy_version',
    'truncate policy_version',
    'drop table policy_version',
  ])
    await expect(asApp(shop, statement), statement).rejects.toThrow(/permission denied|must be owner/)
  await expect(asApp(shop, `insert into policy_version values (1, 'x', now(), '[]')`)).rejects.toThrow(/duplicate key/)
})

const edits = { purposes: { purchase: { sentence: { en: NEW } } } }
const announce = (from: string): Promise<void> => shop.restart({}, { from, policy: edits })
const inDays = (days: number): string => new Date(shop.now().getTime() + days * 86_400_000).toISOString().slice(0, 10)
const told = () => shop.rows(`select person_id from contact_ledger where kind = 'policyChange'`)

test('a change that nobody was told of is said on the page of promises', async () => {
  await shop.buy(adaOnline)
  await shop.restart({ purposes: { purchase: { sentence: { en: `${NEW} Really.` } } } })
  const page = textOf(await shop.walk().get(`${shop.baseUrl}/promises`))
  expect(page).toContain('took effect although people were held here who had not been told of it')
  await shop.restart()
})

test('a change is announced: everybody who is held is told once, two weeks before, with the old and the new words', async () => {
  await shop.buy({ ...adaOnline, email: 'bela@mail.example' })
  await shop.buy({ ...adaOnline, email: 'BELA@mail.example' })
  await announce(inDays(1))
  await shop.settled()
  expect(await told()).toHaveLength(2)
  const lines = `select distinct j.kind from job j join contact_ledger l on j.ids ->> 'mail' = l.mail_id::text where l.kind = 'policyChange'`
  expect(await shop.rows(lines), 'no receipt waits behind them').toEqual([{ kind: 'contact.owed' }])
  const [mail] = (await shop.mails('bela@mail.example'))
    .concat(await shop.mails('BELA@mail.example'))
    .filter(({ kind }) => kind === 'policyChange')
  expect(mail?.text).toContain(NEW)
  expect(mail?.text).toContain('Until then')
  expect(await clausesShown()).toContain(OLD)
  expect(textOf(await privacy('/privacy/next'))).toContain(NEW)

  await shop.advance('P2D')
  await announce(inDays(-1))
  expect(await clausesShown()).toContain(OLD)
  expect(await shop.desk().policyIsDue()).toBe(false)
  await shop.advance('P13D')
  expect(await shop.desk().policyIsDue()).toBe(true)
  await announce(inDays(-14))
  await shop.settled()
  expect(await clausesShown()).toContain(NEW)
  expect(await told()).toHaveLength(2)
  expect(textOf(await privacy('/privacy/next'))).toContain('No change is announced')
  expect(textOf(await shop.walk().get(`${shop.baseUrl}/promises`))).not.toContain('had not been told of it')
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rowCounts } from '../../../test/asApp.ts'
import { adaOnline, openShop, type Shop } from '../../../test/openShop.ts'
import { textOf, type Seen } from '../../../test/walker.ts'
import type { PersonId } from '../../vault/index.ts'

const BOXED = 'PL4-2207-1183'
const bela = 'bela.bartok.91d2@mail.example'
const mallory = 'mallory.3e07@mail.example'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

/** Fills the form in as somebody with a copy from elsewhere would. */
async function register(licenceKey: string, email: string, name = ''): Promise<Seen> {
  const on = shop.walk()
  const sent = await on.submit(
    await on.get(`${shop.baseUrl}/register`),
    { licenceKey, email, name },
    { button: /link/ },
  )
  await shop.settled()
  return sent
}

const linkTo = async (email: string, path: string): Promise<string> => {
  const found = (await shop.mails(email)).map(({ text }) => new RegExp(`http\\S+/${path}/\\S+`).exec(text)?.[0])
  const link = found.find(Boolean)
  if (!link) throw new Error(`no mail to ${email} has a link /${path}/`)
  return link
}

/** How many rows each table has, but for the count of visits, which goes on beside. */
const rowsBesideVisits = async () => [...(await rowCounts(shop))].filter(([table]) => !table.startsWith('public.visit'))

const owners = () =>
  shop.rows('select o.person_id from licence_owner o join serial s using (licence_id)') as Promise<
    readonly { person_id: string }[]
  >

async function confirmed(licenceKey: string, email: string, name?: string): Promise<Seen> {
  await register(licenceKey, email, name)
  const on = shop.walk()
  return on.submit(await on.get(await linkTo(email, 'k')), {}, { button: /^Yes/ })
}

describe('registering a copy from elsewhere', () => {
  test('asks three fields, tells why, and says that nobody needs to', async () => {
    const page = await shop.walk().get(`${shop.baseUrl}/register`)
    expect([...page.html.matchAll(/<input(?! type="hidden")[^>]* name="(\w+)"/g)].map(([, name]) => name)).toEqual([
      'licenceKey',
      'email',
      'name',
    ])
    expect(textOf(page)).toMatch(/You need not register\. Whatever the law/)
  })

  test('answers the same for a key that is known, one that is not, and one that has an owner', async () => {
    await confirmed('PL4-2207-1184', bela)
    const answers = [
      await register(BOXED, 'ada.1@mail.example'),
      await register('PL4-0000-0000', 'ada.2@mail.example'),
      await register('PL4-2207-1184', 'ada.3@mail.example'),
    ]
    expect(new Set(answers.map(({ html, status, url }) => `${status} ${url} ${html}`)).size).toBe(1)
  })

  test('a key that is not known leaves nothing behind, not even a person', async () => {
    const before = await rowsBesideVisits()
    await register('PL4-0000-0001', 'ada.4@mail.example')
    expect(await rowsBesideVisits()).toEqual(before)
    expect(await shop.mails('ada.4@mail.example')).toEqual([])
  })

  test('a slip that the check characters show is said beside the field, and nothing typed is lost', async () => {
    const page = await register('AAAAA-AAAAA-AAAAA-AAAAA-AAAAA', 'ada.5@mail.example', 'Ada')
    expect(page.status).toBe(422)
    expect(textOf(page)).toContain('one of its letters is wrong')
    for (const typed of ['AAAAA-AAAAA-AAAAA-AAAAA-AAAAA', 'ada.5@mail.example', 'value="Ada"'])
      expect(page.html).toContain(typed)
  })

  test('nobody is recorded before the button of the mailed link is pressed, however often it is opened', async () => {
    const before = await owners()
    await register(BOXED, 'ada.6@mail.example')
    const link = await linkTo('ada.6@mail.example', 'k')
    const rows = await rowsBesideVisits()
    for (let time = 0; time < 100; time += 1) expect((await shop.ask(link)).status).toBe(200)
    expect(await rowsBesideVisits()).toEqual(rows)
    expect(await owners()).toEqual(before)
    const on = shop.walk()
    const mine = await on.submit(await on.get(link), {}, { button: /^Yes/ })
    expect([mine.status, mine.url]).toEqual([200, expect.stringContaining('/c/')])
    expect(await owners()).toHaveLength(before.length + 1)
    expect((await on.get(link)).status).toBe(410)
  })

  test('of two who confirm, the first is recorded and the second is told; staff have a task and nobody’s name', async () => {
    const serial = 'TALLY-2011-80413'
    await register(serial, 'ada.7@mail.example')
    await register(serial, mallory)
    const first = shop.walk()
    await first.submit(await first.get(await linkTo('ada.7@mail.example', 'k')), {}, { button: /^Yes/ })
    const second = await first.submit(await first.get(await linkTo(mallory, 'k')), {}, { button: /^Yes/ })
    expect(second.status).toBe(409)
    expect(textOf(second)).toContain('has an owner already')
    expect(second.html).not.toContain('ada.7')
    const sam = await shop.staff()
    expect(await (await sam('/desk')).text()).toContain('the key of a copy that has an owner')
  })

  test('who types the key of an owned copy gets a mail that says what to do, and nothing changes', async () => {
    const before = await owners()
    await register('PL4-2207-1184', mallory)
    const mail = (await shop.mails(mallory)).find(({ kind }) => kind === 'copyClaimed')
    expect(mail?.text).toMatch(/has an\sowner already, so nothing was changed/)
    expect(JSON.stringify(mail)).not.toContain(bela)
    expect(await owners()).toEqual(before)
  })

  test('the owner who types it again gets the link to their copies instead', async () => {
    await register('PL4-2207-1184', bela)
    expect((await shop.mails(bela)).map(({ kind }) => kind)).toContain('copiesLink')
  })

  test('what nobody confirms is destroyed after seven days', async () => {
    await register('TALLY-2009-55120', 'ada.8@mail.example')
    expect(await shop.desk().vault.find('email', 'ada.8@mail.example')).toHaveLength(1)
    const link = await linkTo('ada.8@mail.example', 'k')
    await shop.advance('P7DT1H')
    await shop.restart()
    expect(await shop.desk().vault.find('email', 'ada.8@mail.example')).toEqual([])
    expect(await shop.rows('select 1 from registration')).toEqual([])
    expect((await shop.ask(link)).status).toBe(410)
  })
})

test('one registration that cannot be destroyed yet stops no other, staff see it, and it is noted that a clock ended them', async () => {
  const emails = ['stuck.8@mail.example', 'next.8@mail.example']
  for (const email of emails) await register('TALLY-2009-55120', email)
  const [stuck, next] = await Promise.all(emails.map((email) => shop.desk().vault.find('email', email)))
  await shop.rows(`create function no() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$`)
  await shop.rows(`create trigger no before delete on registration for each row when (old.person_id = '${stuck?.[0]}')
    execute function no()`)
  await shop.advance('P7DT1H')
  await shop.restart()
  expect(await shop.rows('select person_id from registration')).toEqual([{ person_id: stuck?.[0] }])
  expect(await shop.desk().vault.held(next?.[0] as PersonId)).toEqual([])
  expect(await shop.rows(`select 1 from task where kind = 'room-failed'`)).toHaveLength(1)
  await shop.rows('drop trigger no on registration')
  await shop.restart()
  expect(await shop.rows('select person_id from registration')).toEqual([])
  expect(await shop.rows('select 1 from erasure_told')).toEqual([])
})

describe('asking again for a registration that waits', () => {
  const serial = 'TALLY-2009-55120'
  const email = 'again.9@mail.example'
  const linksTo = async (): Promise<string[]> =>
    (await shop.mails(email)).flatMap(({ text }) => /http\S+\/k\/\S+/.exec(text)?.[0] ?? [])

  test('gives all of it seven days anew: the link, the registration and what was typed', async () => {
    await register(serial, email)
    const [first = ''] = await linksTo()
    await shop.advance('P6D')
    await register(serial, email)
    expect(await shop.desk().vault.find('email', email)).toHaveLength(1)
    await shop.advance('P2D')
    await shop.restart()
    const links = (await linksTo()).filter((link) => link !== first)
    const opened = await Promise.all(links.map((link) => shop.ask(link)))
    expect([(await shop.ask(first)).status, ...opened.map(({ status }) => status)]).toEqual([410, 200])
    expect(await shop.desk().vault.find('email', email)).toHaveLength(1)
  })

  test('one that is over and not swept away yet counts as none', async () => {
    await shop.advance('P6D')
    const before = new Set(await linksTo())
    await register(serial, email)
    const fresh = (await linksTo()).filter((link) => !before.has(link))
    expect(await Promise.all(fresh.map(async (link) => (await shop.ask(link)).status))).toEqual([200])
    await shop.restart()
    expect(await Promise.all(fresh.map(async (link) => (await shop.ask(link)).status))).toEqual([200])
  })
})

describe('an owner’s copies', () => {
  const mine = async (email: string): Promise<Seen> => {
    const on = shop.walk()
    await on.submit(await on.get(`${shop.baseUrl}/copies`), { email }, { button: /link/ })
    await shop.settled()
    return on.get(await linkTo(email, 'c'))
  }

  test('asking for them is answered the same for everybody, and mails owners only', async () => {
    await shop.buy(adaOnline)
    const ask = async (email: string): Promise<string> => {
      const on = shop.walk()
      const said = await on.submit(await on.get(`${shop.baseUrl}/copies`), { email }, { button: /link/ })
      return `${said.status} ${said.url} ${said.html}`
    }
    expect(await ask(adaOnline.email)).toBe(await ask('nobody.77@mail.example'))
    await shop.settled()
    expect(await shop.mails('nobody.77@mail.example')).toEqual([])
  })

  test('they show until when each is supported; the keys only when asked for, by a look that is logged', async () => {
    const looks = async () =>
      (
        await shop.rows(
          `select 1 from vault.access_log where purpose = 'registration' and kind = 'reveal' and role = 'person'`,
        )
      ).length
    const page = await mine(adaOnline.email)
    const before = await looks()
    expect(textOf(page)).toMatch(/Tally .* until \d+ \w+ \d{4}/)
    expect(page.html).not.toMatch(/([0-9A-Z]{5}-){4}[0-9A-Z]{5}/)
    const opened = await shop.walk().follow(page, /^Show my keys/)
    expect(opened.html).toMatch(/([0-9A-Z]{5}-){4}[0-9A-Z]{5}/)
    expect(await looks()).toBe(before + 1)
  })

  test('who registered a copy sees the serial that was typed', async () => {
    const opened = await shop.walk().follow(await mine(bela), /^Show my keys/)
    expect(textOf(opened)).toContain('PL422071184')
  })

  test('who gives it up is no longer recorded or reachable, and the key goes on working', async () => {
    const on = shop.walk()
    const ask = await on.follow(await mine(bela), /^Give it up/)
    expect(textOf(ask)).toContain('The key goes on working')
    expect(textOf(await on.submit(ask, {}, { button: /^Give them up/ }))).toContain('not recorded as the owner')
    expect(await shop.desk().vault.find('email', bela)).toEqual([])
    const body = JSON.stringify({ key: 'PL4-2207-1184' })
    const checked = await shop.ask('/api/v1/licences/check', { method: 'POST', body })
    expect(await checked.json()).toMatchObject({ valid: true, code: 'VALID' })
  })

  test('a buyer who gives it up keeps what the order still needs', async () => {
    const on = shop.walk()
    await on.submit(await on.follow(await mine(adaOnline.email), /^Give it up/), {}, { button: /^Give them up/ })
    const [person] = await shop.desk().vault.find('email', adaOnline.email)
    const held = person ? await shop.desk().vault.held(person) : []
    expect(held.map(({ purpose }) => purpose)).toContain('purchase')
    expect(held.map(({ purpose }) => purpose)).not.toContain('registration')
  })
})

describe('staff', () => {
  test('find a copy by its key and see whether it has an owner, never who', async () => {
    const sam = await shop.staff()
    const found = await (await sam('/desk/copies/find', { key: BOXED.toLowerCase() })).text()
    expect(found).toContain('registered since')
    expect(found).not.toContain('ada.6')
    expect((await sam('/desk/copies/find', { key: 'PL4-9999-9999' })).status).toBe(404)
  })

  test('are told when a key is asked for by too many at once, which is not that there is no such key', async () => {
    const other = await openShop()
    const sam = await other.staff()
    const notice = /name="notice" value="(\d+)"/.exec(await (await sam('/desk/copies')).text())?.[1] ?? ''
    const typed = (email: string) => sam('/desk/copies', { licenceKey: BOXED, email, name: '', notice })
    for (let at = 0; at < 5; at += 1) await typed(`waits.${at}@mail.example`)
    const sixth = await typed('real.6@mail.example')
    expect(sixth.headers.get('location')).toBe('/desk/copies/letter/tooOften')
    const page = await (await sam('/desk/copies/letter/tooOften')).text()
    expect(page).toContain('asked for too often')
    expect(page).not.toContain('no such key')
    await other.close()
  })

  test('type a letter in; the answer tells first what the form tells, and the owner still decides', async () => {
    const sam = await shop.staff()
    const notice = /name="notice" value="(\d+)"/.exec(await (await sam('/desk/copies')).text())?.[1] ?? ''
    const typed = { licenceKey: 'TALLY-2009-55120', email: 'carl.4@mail.example', name: 'Carl', notice }
    const done = await sam('/desk/copies', typed)
    expect([done.status, done.headers.get('location')]).toEqual([303, '/desk/copies/letter/asked'])
    await shop.settled()
    const mail = (await shop.mails('carl.4@mail.example'))[0]?.text.replace(/\s+/g, ' ')
    expect(mail).toMatch(/You wrote to us on paper/)
    expect(mail).toContain(`version ${notice} of our privacy policy`)
    expect(mail).toMatch(/E-mail: To reach you as the owner of your copy/)
    const grounds = await shop.rows(
      `select channel from vault.basis where purpose = 'registration' and channel = 'letter'`,
    )
    expect(grounds).toHaveLength(1)
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ordersIn, rowCounts } from '../../../../test/asApp.ts'
import { ada, adaOnline, openShop, type Shop } from '../../../../test/openShop.ts'
import { formsOf, textOf, type Seen } from '../../../../test/walker.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
  await shop.buy(ada, { product: 'letterpress' })
})
afterAll(() => shop.close())

const opened = (): Promise<Seen> => shop.held(ada.email)

describe('correcting', () => {
  test('shows what is held, each field with its reason; the country of a sale is not among them', async () => {
    const on = shop.walk()
    const page = await on.follow(await opened(), /^Correct this/)
    const fields = formsOf(page.html).find((form) => form.action.endsWith('/correct'))?.fields ?? {}
    expect(fields).toMatchObject({ email: ada.email, name: ada.name, street: ada.street, telephone: ada.telephone })
    expect(Object.keys(fields)).not.toContain('country')
    expect(textOf(page)).toContain('Goes on the parcel')
  })

  test('a wrong value is refused beside its field, nothing typed is lost, and nothing is changed', async () => {
    const on = shop.walk()
    const page = await on.follow(await opened(), /^Correct this/)
    const again = await on.submit(page, { email: 'no address', name: 'Ada Corrected' }, { button: /^Correct/ })
    expect(again.status).toBe(422)
    expect(again.html).toContain('Ada Corrected')
    expect(textOf(await opened())).toContain(ada.name)
  })

  test('puts it right for every purpose that holds it, and the old value is nowhere any more', async () => {
    const on = shop.walk()
    const page = await on.follow(await opened(), /^Correct this/)
    const changed = { name: 'Ada Corrected-Byron', telephone: '' }
    expect(textOf(await on.submit(page, changed, { button: /^Correct/ }))).toContain('It is corrected')
    const held = textOf(await opened())
    expect(held).toContain('Ada Corrected-Byron')
    expect(held).not.toContain(ada.name)
    expect(held).not.toContain(ada.telephone)
    const [order] = await ordersIn(shop)
    for (const purpose of ['fulfilment', 'registration'] as const) {
      const actor = { role: purpose === 'fulfilment' ? 'desk' : 'program', id: 'test' } as const
      const seen = await shop.desk().vault.reveal({ person: order!.person, purpose, actor, for: 'order:1' })
      expect(seen).toMatchObject({ outcome: 'shown', values: { name: 'Ada Corrected-Byron' } })
    }
  })

  test('a corrected address is where the next link goes, and the old one finds nothing', async () => {
    const on = shop.walk()
    const page = await on.follow(await opened(), /^Correct this/)
    await on.submit(page, { email: 'ada.new.4471@mail.example' }, { button: /^Correct/ })
    expect(await shop.desk().vault.find('email', ada.email)).toEqual([])
    expect(textOf(await shop.held('ada.new.4471@mail.example'))).toContain('ada.new.4471@mail.example')
    const back = await on.follow(await shop.held('ada.new.4471@mail.example'), /^Correct this/)
    await on.submit(back, { email: ada.email }, { button: /^Correct/ })
  })
})

describe('taking it along', () => {
  test('one page that reads well has every purpose, value, copy, look and mail', async () => {
    const text = textOf(await shop.walk().follow(await opened(), /^Read all of it/))
    for (const part of [
      'To sell you what you order',
      'to do what we agreed with you',
      ada.street,
      ada.email,
      'Receipt',
    ])
      expect(text, part).toContain(part)
    expect(text).toMatch(/[0-9A-Z]{5}(-[0-9A-Z]{5}){4}/)
    expect(text).toMatch(/Copies that you own Letterpress Disc, key ends with/)
  })

  test('it is made for this look only: no row is written but those that log it, and no browser keeps it', async () => {
    const kept = async () => [...(await rowCounts(shop))].filter(([table]) => !/visit|access_log/.test(table))
    const page = await opened()
    const before = await kept()
    const shown = await shop.walk().follow(page, /^Read all of it/)
    const file = await shop.walk().follow(page, /^Download/)
    for (const { headers } of [shown, file]) expect(headers.get('cache-control')).toBe('no-store')
    expect(JSON.parse(file.html)).toMatchObject({ about: [{ also: [{ title: 'Copies that you own' }] }] })
    expect(await kept()).toEqual(before)
  })
})

describe('what a person reads', () => {
  const email = 'bela.answers@mail.example'
  const read = async (): Promise<{ page: string; whole: string; file: string }> => {
    const page = await shop.held(email)
    const [whole, file] = [
      await shop.walk().follow(page, /^Read all of it/),
      await shop.walk().follow(page, /^Download/),
    ]
    return { page: textOf(page), whole: textOf(whole), file: file.html }
  }

  test('says the answers of a survey question by question, on the page and in all of it', async () => {
    const { vault } = shop.desk()
    const sealer = await vault.newPerson(['answer'], { email })
    const values = { answers: JSON.stringify({ 'What do you use?': ['Tally', 'Lookout'], 'Why?': 'It prints.' }) }
    await shop.at.engine.for<never>().tx(async (tx) => {
      await vault.collect(tx, sealer, { purposes: ['survey'], values, notice: 1, channel: 'survey', keep: true })
      await vault.add(tx, sealer, [{ class: 'answer', part: 'contact', item: '', values: { email } }])
    })
    sealer.wipe()
    const { page, whole, file } = await read()
    for (const text of [page, whole]) expect(text).toContain('What do you use? Tally, Lookout · Why? It prints.')
    expect(file).toContain('Tally')
  })

  test('has the same mails on the page and in all of it, those that left; the file has every line', async () => {
    const [waits] = await shop.rows(
      `update contact_ledger set outcome = 'dropped', handed_over_at = null
       where mail_id = (select mail_id from contact_ledger where kind = 'privacyLink' order by made_at desc limit 1) returning mail_id`,
    )
    const { page, whole, file } = await read()
    const links = (text: string): number => text.split('Link to what we hold about you').length - 1
    expect([links(page), links(whole)]).toEqual([1, 1])
    expect(file).toContain(String(waits?.['mail_id']))
  })
})

describe('ending a use', () => {
  test('an order’s own purposes have no button, since the contract needs them', async () => {
    const page = await opened()
    const ends = formsOf(page.html).filter((form) => form.action.endsWith('/end'))
    expect(ends.map((form) => form.fields['purpose'])).toEqual(['registration'])
  })

  test('a sent purpose that may not be ended ends nothing', async () => {
    const page = await opened()
    const form = formsOf(page.html).find((one) => one.action.endsWith('/end'))
    const sent = await shop.ask(form?.action ?? '', {
      method: 'POST',
      headers: { origin: shop.baseUrl },
      body: new URLSearchParams({ purpose: 'fulfilment' }),
    })
    expect(sent.headers.get('location')).toMatch(/done\/notEnding$/)
    expect(await shop.rows(`select 1 from vault.basis where withdrawn_at is not null`)).toEqual([])
  })

  test('giving the registration up ends it, and the order goes on', async () => {
    const on = shop.walk()
    const done = await on.submit(await opened(), {}, { button: /^Give this registration up/ })
    expect(textOf(done)).toContain('not recorded as the owner any more')
    expect(await shop.rows('select 1 from licence_owner')).toEqual([])
    const [order] = await ordersIn(shop)
    const sam = await shop.staff()
    expect(await (await sam(`/desk/orders/${order!.number}`)).text()).toContain(ada.street)
  })

  test('a consent is taken back in one step, at once; objecting ends what rests on our interest', async () => {
    const [order] = await ordersIn(shop)
    const { vault } = shop.desk()
    const given = { person: order!.person, notice: 1, channel: 'web form' } as const
    await shop.at.engine.for<never>().tx(async (tx) => {
      await vault.grant(tx, { ...given, purpose: 'campaignMail' })
      await vault.grant(tx, { ...given, purpose: 'enquiry' })
    })
    const on = shop.walk()
    await on.submit(await opened(), {}, { button: /^Take this consent back/ })
    expect(await vault.may(order!.person, 'campaignMail')).toBe(false)
    await on.submit(await opened(), {}, { button: /^Object to this use/ })
    expect(await vault.may(order!.person, 'enquiry')).toBe(false)
    expect(textOf(await opened())).toContain('You ended this')
  })

  test('no news of any kind is one button, and the no stands for the address', async () => {
    const on = shop.walk()
    await on.submit(await opened(), {}, { button: /^Send me no news/ })
    expect(Number((await shop.rows('select count(*) as all from contact_stop'))[0]?.['all'])).toBeGreaterThan(0)
  })
})

describe('a page that was opened before something changed', () => {
  let other: Shop
  beforeAll(async () => {
    other = await openShop()
  })
  afterAll(() => other.close())

  const email = 'two.orders@mail.example'
  const linkTo = async (): Promise<string> =>
    (await other.mails(email)).flatMap(({ text }) => /http\S+\/k\/\S+/.exec(text)?.[0] ?? []).at(-1) ?? ''

  test('means the same person, or nobody, when another of the address was erased meanwhile', async () => {
    await other.buy({ ...adaOnline, email })
    await other.buy({ ...adaOnline, email })
    const page = await other.held(email)
    const persons = await other.desk().vault.find('email', email)
    expect(persons).toHaveLength(2)
    const [first] = formsOf(page.html).filter((form) => form.action.endsWith('/end'))
    for (const person of persons) expect(page.html).not.toContain(person)
    const owners = await other.rows('select person_id from licence_owner where person_id = any ($1)', [persons])
    expect(owners).toHaveLength(2)
    const gone = persons.toSorted()[0]!
    await other.desk().vault.erase({ person: gone, actor: { role: 'person', id: 'test' } })
    await other.ask(first?.action ?? '', {
      method: 'POST',
      headers: { origin: other.baseUrl },
      body: new URLSearchParams(first?.fields),
    })
    expect(await other.rows('select 1 from licence_owner where person_id = any ($1)', [persons])).toHaveLength(1)
  })

  test('a second press of erasing says that the link is closed, and gives no certificate', async () => {
    const on = other.walk()
    const ask = await on.follow(await other.held(email), /^Erase/)
    expect(textOf(await on.submit(ask, {}, { button: /^Erase now/ }))).toMatch(/erased/i)
    const certificates = await other.rows('select 1 from certificate')
    const again = await on.submit(ask, {}, { button: /^Erase now/ })
    expect([again.status, textOf(again)]).toEqual([410, expect.stringContaining('link no longer works')])
    expect(await other.rows('select 1 from certificate')).toEqual(certificates)
  })

  test('giving up a registration that waits destroys it at once, and the mailed link with it', async () => {
    const on = other.walk()
    const sent = { licenceKey: 'PL4-2207-1183', email, name: '' }
    await on.submit(await on.get(`${other.baseUrl}/register`), sent, { button: /link/ })
    await other.settled()
    const link = await linkTo()
    expect((await other.ask(link)).status).toBe(200)
    const page = await other.held(email)
    const done = await on.submit(page, {}, { button: /^Give this registration up/ })
    expect(textOf(done)).toContain('not recorded as the owner any more')
    expect(await other.desk().vault.find('email', email)).toEqual([])
    expect(await other.rows('select 1 from registration')).toEqual([])
    expect((await other.ask(link)).status).toBe(410)
  })
})

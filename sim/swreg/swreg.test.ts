import { beforeEach, describe, expect, test } from 'vitest'
import type { Hono } from 'hono'
import { simApp } from '../app.tsx'
import { virtualClock } from '../clock.ts'
import type { Answer, Outgoing } from '../post.ts'
import { newState, type SimState } from '../state.ts'

const settings = {
  port: 9,
  shop: 'http://shop.test',
  seed: 7,
  swreg: {
    shopId: '128442',
    path: 'secret-path',
    refundSecurity: 'key',
    salesAddress: 'sales@vendor.example',
    password: 'reports',
    products: {
      tally: { minor: 1900, leastMinor: 500 },
      'plumb line': { minor: 100, leastMinor: 0 },
      disc: { minor: 8400, leastMinor: 100 },
    },
  },
}

let state: SimState
let app: Hono
let sent: Outgoing[]
let answer: (out: Outgoing) => Answer
beforeEach(() => {
  sent = []
  answer = () => ({ status: 200, text: '<html><SoftShop>KEY-1</SOFTSHOP></html>' })
  const post = (out: Outgoing): Promise<Answer> => {
    sent.push(out)
    return Promise.resolve(answer(out))
  }
  state = newState(settings, { clock: virtualClock(), post })
  app = simApp(state)
})

const link = (query: string, prefix = 'euro', cookie = '') =>
  app.request(`/swreg/${prefix}/cgi-bin/s.cgi?${query}`, { headers: { cookie } })
const basketOf = (response: Response): string => response.headers.get('location')?.split('/').at(-1) ?? ''
const form = (fields: Record<string, string>) => ({ method: 'POST', body: new URLSearchParams(fields) })
const press = (path: string) => app.request(`/_sim/swreg/${path}`, { method: 'POST' })

async function bought(query: string, buyer: Record<string, string> = {}): Promise<string> {
  const id = basketOf(await link(query))
  await app.request(`/swreg/details/${id}`, form(buyer))
  await press(`baskets/${id}/pay/approve`)
  return id
}
const keyCall = (at = -1): URLSearchParams => new URL(sent.at(at)?.url ?? '').searchParams

describe('an order link', () => {
  test('in any currency makes a basket of its lists, side by side, with list prices where none are given', async () => {
    const id = basketOf(await link('s=128442&p=tally:disc&q=1:3&v=0:1&d=0:0&vp=-1:10.50&t=ours&clr=1', 'gbp'))
    expect(state.swreg.baskets.get(id)).toMatchObject({
      currency: 'GBP',
      status: 'open',
      params: { t: 'ours' },
      lines: [
        { product: 'tally', quantity: 1, unit: 1900, variation: '0' },
        { product: 'disc', quantity: 3, unit: 1050, variation: '1' },
      ],
    })
    expect((await link('s=128442&p=tally', 'yen')).status).toBe(404)
  })

  test.each([
    ['s=1&p=tally', 'no such shop'],
    ['p=tally', 'no such shop'],
    ['s=128442', 'names no product'],
    ['s=128442&p=tally:other', 'no product other'],
    ['s=128442&p=constructor', 'no product'],
    ['s=128442&p=tally&q=0', 'quantity'],
    ['s=128442&p=tally&q=1.5', 'quantity'],
    ['s=128442&p=tally&vp=4.99', 'less than'],
    ['s=128442&p=tally&vp=free', 'less than'],
  ])('that is wrong (%s) says what is, and makes none', async (query, says) => {
    const refused = await link(query)
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining(says)])
    expect(state.swreg.baskets.size).toBe(0)
  })

  test('is added to the open basket of the same browser, unless it empties it first', async () => {
    const first = await link('s=128442&p=tally')
    const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? ''
    expect(basketOf(await link('s=128442&p=disc', 'euro', cookie))).toBe(basketOf(first))
    expect(state.swreg.baskets.get(basketOf(first))?.lines.map(({ product }) => product)).toEqual(['tally', 'disc'])
    for (const other of [link('s=128442&p=disc&clr=1', 'euro', cookie), link('s=128442&p=disc', 'usd', cookie)])
      expect(basketOf(await other)).not.toBe(basketOf(first))
  })

  test('fills in what it brings of the buyer, as text', async () => {
    const id = basketOf(await link(`s=128442&p=tally&fn=${encodeURIComponent('<b>"Ada"')}&em=a%40b.example`))
    const page = await (await app.request(`/swreg/details/${id}`)).text()
    expect(page).toContain('value="&lt;b&gt;&quot;Ada&quot;"')
    expect(page).not.toContain('<b>')
  })
})

describe('the call for a key', () => {
  test('has every field of the protocol, cut to its length, and child orders with numbers of their own', async () => {
    await bought('s=128442&p=tally:disc&q=2:1&t=ours', {
      first: 'x'.repeat(30),
      last: "O'Brien & Søn",
      title: 'Professor',
    })
    const [master, child] = [keyCall(0), keyCall(1)]
    expect(master.get('initals')).toBe('x'.repeat(20))
    expect([master.get('name'), master.get('title')]).toEqual(["O'Brien & Søn", 'Profe'])
    expect(Object.fromEntries(master)).toMatchObject({
      pc: 'tally',
      qty: '2',
      pp: '38.00',
      user_text: 'ours',
      ip: '192.0.2.44',
    })
    expect([master.has('master_order_no'), child.get('master_order_no')]).toEqual([false, master.get('o_no')])
    expect(child.get('o_no')).not.toBe(master.get('o_no'))
    expect(sent.map(({ method, url }) => [method, url.split('?')[0]])).toEqual(
      Array(2).fill(['GET', 'http://shop.test/in/swreg/secret-path/key']),
    )
  })

  test('writes whatever is no letter or digit as %XX, in the charset that is set', async () => {
    await bought('s=128442&p=tally', { last: 'Ö-€ 山' })
    expect(sent[0]?.url).toContain('&name=%C3%96%2D%E2%82%AC%20%E5%B1%B1&')
    await press('switches/charset/windows-1252')
    await bought('s=128442&p=tally', { last: 'Ö-€ 山' })
    expect(sent[1]?.url).toContain('&name=%D6%2D%80%20%3F&')
    expect((await press('switches/charset/utf-16')).status).toBe(404)
  })

  test('is made once; an answer without tags, or none, or a key that is too long goes to the vendor by mail', async () => {
    answer = () => ({ status: 200, text: 'sorry, an error' })
    await bought('s=128442&p=tally')
    answer = () => ({ status: 0, text: '' })
    await bought('s=128442&p=tally')
    answer = () => ({ status: 200, text: `<softshop>${'k'.repeat(251)}</softshop>` })
    await bought('s=128442&p=tally')
    await state.clock.advance(86_400_000)
    expect(sent).toHaveLength(3)
    const { notes } = state.swreg
    expect(notes.map(({ subject }) => subject.replace(/\d+/, 'N'))).toEqual(Array(3).fill('Keygen Failure, order N'))
    await press('switches/keyLimit/600')
    const id = await bought('s=128442&p=tally')
    expect([notes.length, state.swreg.baskets.get(id)?.lines[0]?.key.length]).toEqual([3, 251])
  })

  test('takes a key file along with the key, up to its limit', async () => {
    const file = (length: number) =>
      `<softshop>K</softshop><BINARY><FILENAME>a.key</FILENAME><MIME_TYPE>x/y</MIME_TYPE><ENCODING>base64</ENCODING><DATA>${'A'.repeat(length)}</DATA></BINARY>`
    answer = () => ({ status: 200, text: file(70_000) })
    expect(state.swreg.baskets.get(await bought('s=128442&p=tally'))?.lines[0]).toMatchObject({
      key: 'K',
      file: 'a.key',
    })
    await press('switches/fileLimit/65535')
    expect(state.swreg.baskets.get(await bought('s=128442&p=tally'))?.lines[0]).toMatchObject({ key: 'K', file: '' })
  })

  test('can be tried by a button, which shows what the shop answered', async () => {
    await press('test')
    expect(keyCall().get('user_text')).toBe('test')
    expect(await (await app.request('/swreg/desk')).text()).toContain('SoftShop&gt;KEY-1')
  })
})

describe('the notice of a refund', () => {
  const numberOf = (id: string): string => state.swreg.baskets.get(id)?.lines[0]?.number ?? ''

  test('proves itself by the value that is set, and is sent again until it is answered with OK', async () => {
    const number = numberOf(await bought('s=128442&p=tally&t=ours'))
    await press('switches/security/address')
    answer = () => ({ status: 200, text: 'error' })
    await press(`lines/${number}/refund`)
    await state.clock.advance(900_000)
    answer = () => ({ status: 200, text: 'OK' })
    await state.clock.advance(86_400_000)
    const notices = sent.filter(({ method }) => method === 'POST')
    expect(notices).toHaveLength(3)
    expect(Object.fromEntries(new URLSearchParams(notices[0]?.body))).toMatchObject({
      shop_id: '128442',
      security: 'sales@vendor.example',
      order_no: number,
      notify_type: 'full_refund',
      net_total: '19.00',
    })
    expect((await press(`lines/${number}/refund`)).status).toBe(404)
  })

  test('is sent once and mailed where nothing is sent again', async () => {
    const number = numberOf(await bought('s=128442&p=tally'))
    await press('switches/retries/false')
    answer = () => ({ status: 500, text: '' })
    await press(`lines/${number}/refund`)
    await state.clock.advance(86_400_000)
    expect(sent.filter(({ method }) => method === 'POST')).toHaveLength(1)
    expect(state.swreg.notes.at(-1)?.subject).toBe(`Refund Notifier Failure, order ${number}`)
  })
})

test('the address of a receipt has eight errors', async () => {
  const id = await bought('s=128442&p=tally', { email: 'ada@mail.example' })
  const o = state.swreg.baskets.get(id)?.lines[0]?.number ?? ''
  const right = { s: '128442', e: 'ada@mail.example', o, p: 'reports' }
  const ask = async (edit: Record<string, string>, prefix = 'euro'): Promise<string> =>
    (
      await app.request(`/swreg/${prefix}/cgi-bin/argen.cgi?${new URLSearchParams({ ...right, ...edit }).toString()}`)
    ).text()
  expect(await ask({})).toBe(`http://localhost:9/swreg/receipt/${id}`)
  expect([await ask({ e: '' }), await ask({}, 'usd'), await ask({ o: '1' })]).toEqual([
    'ERROR-01',
    'ERROR-03',
    'ERROR-04',
  ])
  expect([await ask({ o: 'x' }), await ask({ p: 'x' }), await ask({ s: '1' })]).toEqual([
    'ERROR-05',
    'ERROR-06',
    'ERROR-07',
  ])
  expect(await ask({ e: 'bela@mail.example' })).toBe('ERROR-08')
  await press('switches/databaseDown/true')
  expect(await ask({})).toBe('ERROR-02')
})

test('the report has a line for each product that was paid', async () => {
  await bought('s=128442&p=tally:disc&a=charlie99&t=ours')
  await link('s=128442&p=tally')
  const rows = (await (await app.request('/_sim/swreg/report.tsv')).text()).trim().split('\r\n')
  expect(rows.map((row) => row.split('\t').length)).toEqual([9, 9, 9])
  expect(rows[1]).toMatch(/^\d+\ttally\t1\t19\.00\tEUR\t05-Jan-2026\tpaid\tours\tcharlie99$/)
})

test('a payment that is late, fails or is made twice asks for keys as often as there was money', async () => {
  const played = async (story: string): Promise<string> => {
    const id = basketOf(await link('s=128442&p=tally'))
    await press(`baskets/${id}/pay/${story}`)
    return id
  }
  const late = await played('pending')
  const failed = await played('pendingFails')
  expect(sent).toHaveLength(0)
  await state.clock.advance(3000)
  expect([state.swreg.baskets.get(late)?.status, state.swreg.baskets.get(failed)?.status]).toEqual(['paid', 'failed'])
  expect(sent).toHaveLength(1)
  await played('paidTwice')
  expect(sent).toHaveLength(3)
  expect(new Set(sent.map((_, at) => keyCall(at).get('o_no'))).size).toBe(3)
})

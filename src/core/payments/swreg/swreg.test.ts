import { describe, expect, test } from 'vitest'
import { instant, newId } from '../../../lib/index.ts'
import type { Inbound, ToProcessor } from '../adapter.ts'
import { openProcessors } from '../open.ts'
import { orderLink, pageIn } from './link.ts'
import { replyTo } from './reply.ts'
import { productCodes, type SwregSettings } from './settings.ts'
import { verifyCall } from './verify.ts'

const NOW = instant('2026-01-05T09:00:00Z')
const settings: SwregSettings = {
  shop: '128442',
  page: 'https://{currency}.swreg.org/cgi-bin/s.cgi',
  secretPaths: ['new-path', 'old-path'],
  refundSecurity: ['sales@vendor.example', 'a security key'],
}
const sold = { offers: ['tally-download', 'plumbline-box'], currency: 'EUR' }
const ofShop = (live: boolean, edit: Partial<SwregSettings> = {}) =>
  openProcessors(
    { swreg: { ...settings, ...edit } },
    { live, now: () => NOW, sold, noticeKeys: () => [], byHand: false },
  )
const adapter = ofShop(false).of('swreg')!
const orderId = newId(NOW)

const message = (endpoint: 'key' | 'refund', query: string, secret = 'new-path'): Inbound => ({
  endpoint,
  body: Buffer.from(query, 'latin1'),
  headers: {},
  secret,
})
const heard = (endpoint: 'key' | 'refund', query: string, secret?: string) => {
  const verified = verifyCall(message(endpoint, query, secret), settings, NOW)
  return verified.ok ? adapter.parse(verified.text, endpoint) : verified.because
}

describe('the order link', () => {
  const released = {
    values: {
      orderId,
      products: '128442-tally-downloa:128442-plumbline-box',
      quantities: '1:3',
      prices: '19.00:68.00',
      currency: 'EUR',
      returnUrl: 'https://shop.example/r/abc',
    },
  } as unknown as ToProcessor

  test('has every parameter of the protocol that says nothing of the buyer, with a list for each of several lines', () => {
    const url = new URL(orderLink(released, settings))
    expect(url.origin + url.pathname).toBe('https://euro.swreg.org/cgi-bin/s.cgi')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      s: '128442',
      p: '128442-tally-downloa:128442-plumbline-box',
      v: '0:0',
      d: '0:0',
      q: '1:3',
      t: orderId,
      vp: '19.00:68.00',
      clr: '1',
      lnk: 'https://shop.example/r/abc',
    })
  })

  test('leads to the host of the currency, and no cart in another currency is taken', () => {
    expect(pageIn(settings, 'GBP')).toBe('https://gbp.swreg.org/cgi-bin/s.cgi')
    const sale = { goods: ['download'], totalMinor: 1900 } as const
    expect(adapter.canSell({ ...sale, currency: 'USD' })).toBe(true)
    expect(adapter.canSell({ ...sale, currency: 'SEK' })).toEqual({ reason: 'currency' })
    expect(adapter.canSell({ ...sale, totalMinor: 0, currency: 'EUR' })).toEqual({ reason: 'nothing to pay' })
  })

  test('is not offered by a live shop, which still hears the processor', () => {
    const quote = { lines: [], total: { minor: 1900, currency: 'EUR' } }
    expect(
      ofShop(false)
        .choices(quote)
        .map(({ facts }) => facts.id),
    ).toEqual(['swreg'])
    expect(ofShop(true).choices(quote)).toEqual([])
    expect(
      ofShop(true)
        .of('swreg')
        ?.endpoints.map(({ name }) => name),
    ).toEqual(['key', 'refund'])
  })
})

test('product codes are at most 20 letters, of one offer each, and the vendor may set them', () => {
  expect([...productCodes(settings, sold.offers).values()]).toEqual(['128442-tally-downloa', '128442-plumbline-box'])
  const set = { shop: '128442', products: { 'tally-download': '33087WN' } }
  expect(productCodes(set, sold.offers).get('tally-download')).toBe('33087WN')
  const alike = ['plumbline-pro-box', 'tally-box', 'plumbline-pro-download']
  expect([...productCodes(settings, alike).values()]).toEqual(['128442-1', '128442-tally-box', '128442-3'])
  const twice = { shop: '1', products: { a: 'x', b: 'x' } }
  expect(() => productCodes(twice, ['a', 'b'])).toThrow('of its own')
  expect(() => productCodes({ shop: '1', products: { a: 'x'.repeat(21) } }, ['a'])).toThrow('at most 20')
  expect(() => productCodes({ shop: '1', products: { a: 'no spaces' } }, ['a'])).toThrow('of its own')
})

describe('the call for a key', () => {
  const call = `o_no=8012345&pc=128442-tally-downloa&initals=Ada&name=L&user_text=${orderId}&qty=1&pp=19.00`
  const fact = { source: 'swreg', ext: 'key:8012345', kind: 'pay.captured', at: NOW, ref: '8012345', amountMinor: 1900 }
  const claim = { offerId: 'tally-download', quantity: 1, amountMinor: 1900 }

  test('says which order was paid, and what its line claims to be', () => {
    expect(heard('key', call)).toEqual([{ orderRef: orderId, fact, claim, wantsKey: true }])
    expect(heard('key', call, 'old-path')).toHaveLength(1)
    expect(heard('key', call.replace('qty=1', 'qty='))).toMatchObject([{ claim }])
    expect(heard('key', call.replace('&qty=1', ''))).toMatchObject([{ claim }])
    expect(heard('key', `${call}&master_order_no=8012344`)).toMatchObject([{ fact: { ref: '8012345' } }])
  })

  test('is not heard at another path, an empty one too', () => {
    for (const secret of ['', 'new-patH', 'new-path ', 'x']) expect(heard('key', call, secret)).toBe('wrong address')
    expect(adapter.verify({ ...message('key', call), secret: undefined } as never, NOW)).toMatchObject({ ok: false })
  })

  test('claims nothing that an order could have when its product, number or price cannot be read', () => {
    const claims = ['pc=foreign', 'pc=', 'qty=0', 'qty=1.5', 'qty=-1', 'qty=99999', 'pp=', 'pp=19,00', 'pp=-19.00'].map(
      (edit) => heard('key', call.replace(new RegExp(`${edit.split('=')[0]}=[^&]*`), edit)),
    )
    for (const events of claims) {
      expect(events).toHaveLength(1)
      expect(events).not.toMatchObject([{ claim }])
    }
  })

  test('is for staff when it names no order of ours or has no number, and repeats no text that somebody could have typed', () => {
    for (const text of ['', 'Jane Doe 4111111111111111', `${orderId}x`, orderId.toUpperCase()])
      expect(heard('key', call.replace(orderId, encodeURIComponent(text)))).toEqual([{ unclear: '8012345' }])
    for (const number of ['', 'A1', '1'.repeat(21), '4111111111111111'])
      expect(heard('key', call.replace('8012345', number))).toEqual([{ unclear: 'no-number:2026-01-05' }])
    expect(heard('key', `${call}&o_no=1`)).toBe('not understood')
  })

  test('is kept without addresses, telephone, network address and delivery', () => {
    const more =
      'add1=Main+St&add6=BE&d_name=Bela&d_add1=Elm&phone=%2B32470&ip=192.0.2.7&email=ada%40mail.example&new=1'
    const verified = verifyCall(message('key', `${call}&${more}`), settings, NOW)
    expect(verified.ok && verified.text).toContain('email: ada@mail.example')
    expect(verified.ok && verified.text).toContain('left out: 7')
    expect(verified.ok && verified.text).not.toMatch(/Main|Elm|Bela|32470|192\.0/)
  })
})

describe('the answer to it', () => {
  const recorded = (...keys: string[]) => ({ outcome: 'recorded', keys }) as const
  const KEY = '7K3QD-00000-00000-00000-00000'

  test('is the key between tags, each on a line of its own, and empty tags whenever there is none', () => {
    expect(adapter.reply('key', recorded(KEY)).text).toBe(`<softshop>${KEY}</softshop>`)
    expect(adapter.reply('key', recorded(KEY, KEY)).text).toBe(`<softshop>${KEY}\n${KEY}</softshop>`)
    for (const because of ['wrong address', 'not understood', 'other shop'] as const)
      expect(adapter.reply('key', { outcome: 'refused', because })).toMatchObject({
        status: 200,
        text: '<softshop></softshop>',
      })
    expect(adapter.reply('key', recorded()).text).toBe('<softshop></softshop>')
  })

  test('has empty tags rather than keys that are longer than the processor takes, under either of its limits', () => {
    const keys = (count: number) => recorded(...Array.from({ length: count }, () => KEY))
    const length = (count: number, keyLimit?: 250 | 600) =>
      replyTo('key', keys(count), keyLimit ? { keyLimit } : {}).text.length - '<softshop></softshop>'.length
    expect([length(8), length(9)]).toEqual([8 * 30 - 1, 0])
    expect([length(20, 600), length(21, 600)]).toEqual([20 * 30 - 1, 0])
    expect(adapter.reply('key', recorded('a"b')).text).toBe('<softshop></softshop>')
  })

  test('brings a file with the key when the vendor has one, within either of its limits', () => {
    const keyFile = { name: 'tally.key', type: 'text/plain', text: 'Tally $& {KEYS}', most: 65_535 } as const
    const { text } = replyTo('key', recorded(KEY), { keyFile })
    expect(text).toBe(
      `<softshop>${KEY}</softshop><BINARY><FILENAME>tally.key</FILENAME><MIME_TYPE>text/plain</MIME_TYPE><ENCODING>base64</ENCODING><DATA>${Buffer.from(`Tally $& ${KEY}`).toString('base64')}</DATA></BINARY>`,
    )
    const long = { ...keyFile, text: 'x'.repeat(60_000) }
    expect(replyTo('key', recorded(KEY), { keyFile: long }).text).toBe(`<softshop>${KEY}</softshop>`)
    expect(replyTo('key', recorded(KEY), { keyFile: { ...long, most: 250_000 } }).text).toContain('<BINARY>')
    expect(replyTo('key', recorded(), { keyFile }).text).toBe('<softshop></softshop>')
  })
})

describe('the notice of a refund', () => {
  const notice =
    'shop_id=128442&security=a+security+key&order_no=8012345&notify_type=full_refund&net_total=19.00&vat=3.30'

  test('names the payment only, and gives all of it back', () => {
    const fact = {
      source: 'swreg',
      kind: 'refund.succeeded',
      at: NOW,
      ext: 'refund:8012345',
      ref: 'refund:8012345',
      of: '8012345',
    }
    expect(heard('refund', notice)).toEqual([{ paymentRef: '8012345', fact }])
  })

  test('is believed with either security value and our shop only, and its security value is not kept', () => {
    expect(heard('refund', notice.replace('a+security+key', 'sales%40vendor.example'))).toHaveLength(1)
    expect(heard('refund', notice.replace('128442', '128443'))).toBe('other shop')
    expect(heard('refund', notice.replace('a+security+key', ''))).toBe('no signature')
    expect(heard('refund', notice.replace('a+security+key', 'guessed'))).toBe('wrong signature')
    expect(heard('refund', `${notice}&shop_id=1`)).toBe('not understood')
    expect(heard('refund', notice, 'elsewhere')).toBe('wrong address')
    const verified = verifyCall(message('refund', notice), settings, NOW)
    expect(verified.ok && verified.text).not.toMatch(/security|128442/)
  })

  test('of a kind that is not known is for staff, never a guess', () => {
    for (const type of ['partial_refund', 'chargeback', '', 'FULL_REFUND'])
      expect(heard('refund', notice.replace('full_refund', type))).toEqual([{ unclear: '8012345' }])
    expect(heard('refund', notice.replace('order_no=8012345', 'order_no='))).toEqual([
      { unclear: 'no-number:2026-01-05' },
    ])
  })

  test('is answered with OK, also where the shop is another, and otherwise with what makes the processor tell the vendor', () => {
    expect(adapter.reply('refund', { outcome: 'recorded', keys: [] })).toEqual({ status: 200, text: 'OK' })
    const refused = (because: 'other shop' | 'wrong signature') =>
      adapter.reply('refund', { outcome: 'refused', because })
    expect(refused('other shop')).toEqual({ status: 200, text: 'OK: Not my shop ID' })
    expect(refused('wrong signature').text).not.toMatch(/^OK/)
  })
})

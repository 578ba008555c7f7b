import { describe, expect, test } from 'vitest'
import { instant, newId } from '../../../lib/index.ts'
import type { Inbound, ToProcessor } from '../adapter.ts'
import { openProcessors } from '../open.ts'
import { orderLink } from './link.ts'
import { keyProfile, updateProfile } from './profile.ts'
import { itemsOf, type RegnowSettings } from './settings.ts'
import { verifyCall } from './verify.ts'

const NOW = instant('2026-01-05T09:00:00Z')
const settings: RegnowSettings = {
  vendor: '29237',
  page: 'https://www.regnow.com/softsell/nph-softsell.cgi',
  secretPaths: ['new-path', 'old-path'],
}
const sold = { offers: ['tally-download', 'plumbline-box'], currency: 'EUR' }
const shopOf = (edit: Partial<RegnowSettings> = {}, live = false) =>
  openProcessors(
    { regnow: { ...settings, ...edit } },
    { live, now: () => NOW, sold, noticeKeys: () => [], byHand: false },
  )
const adapterOf = (edit: Partial<RegnowSettings> = {}) => shopOf(edit).of('regnow')!
const orderId = newId(NOW)

const heard = (
  endpoint: 'key' | 'update',
  query: string,
  { secret = 'new-path', ...edit }: Partial<RegnowSettings> & { secret?: string } = {},
) => {
  const message: Inbound = { endpoint, body: Buffer.from(query, 'latin1'), headers: {}, secret }
  const adapter = adapterOf(edit)
  const verified = verifyCall(message, { ...settings, ...edit }, NOW)
  return verified.ok ? adapter.parse(verified.text, endpoint) : verified.because
}
const call = (status: string): string =>
  `linkid=${orderId}&order_id=R-700&item=29237-1&quantity=2&price=38.00&currency=EUR&status=${status}&email=ada%40mail.example`

describe('the order link', () => {
  const values = { orderId, products: '29237-1', quantities: '2', currency: 'EUR' }
  const paramsOf = (edit: Partial<RegnowSettings>, more: object = {}) =>
    Object.fromEntries(
      new URL(orderLink({ values: { ...values, ...more } } as unknown as ToProcessor, { ...settings, ...edit }))
        .searchParams,
    )

  test('names the item, how many, the currency and our order, and nothing of the buyer', () => {
    const base = { linkid: orderId, currency: 'EUR', item: '29237-1', 'quantity_29237-1': '2' }
    expect(paramsOf({})).toEqual(base)
    const { item: _item, ...several } = base
    expect(paramsOf({}, { products: '29237-1,29237-2', quantities: '2,1' })).toEqual({
      ...several,
      items: '29237-1,29237-2',
      'quantity_29237-2': '1',
    })
  })

  test('carries the vendor’s affiliate, and what nobody here knows the meaning of, untouched', () => {
    const more = { styleid: '15925', ss_short_order: 'true', locale: 'DE', 'x&y': 'a b+c' }
    expect(paramsOf({ affiliate: '20109', more })).toMatchObject({ affiliate: '20109', ...more, linkid: orderId })
    expect(paramsOf({ more: { linkid: 'other' } })).toMatchObject({ linkid: orderId })
  })

  test('is not offered by a live shop', () => {
    const quote = { lines: [], total: { minor: 1900, currency: 'EUR' } }
    expect(shopOf().choices(quote)).toHaveLength(1)
    expect(shopOf({}, true).choices(quote)).toEqual([])
  })
})

test('an item is the vendor’s number and that of the offer, of one offer each', () => {
  expect([...itemsOf(settings, sold.offers).values()]).toEqual(['29237-1', '29237-2'])
  expect(itemsOf({ vendor: '8627', items: { 'tally-download': 22 } }, sold.offers).get('tally-download')).toBe(
    '8627-22',
  )
  expect(() => itemsOf({ vendor: '8627', items: { 'tally-download': 2 } }, sold.offers)).toThrow('of its own')
})

describe('a status', () => {
  const claim = { offerId: 'tally-download', quantity: 2, amountMinor: 3800 }
  const kindOf = (status: string) => {
    const events = heard('update', call(status))
    const [event] = Array.isArray(events) ? events : []
    return event && 'orderRef' in event ? (event.fact?.kind ?? 'nothing') : event
  }

  test('is that of a payment only when it is complete', () => {
    expect(['N', 'W', 'I', 'L', 'C'].map(kindOf)).toEqual([
      'nothing',
      'pay.pending',
      'nothing',
      'pay.pending',
      'pay.captured',
    ])
    expect(heard('update', call('C'))).toEqual([
      {
        orderRef: orderId,
        claim,
        fact: {
          source: 'regnow',
          ext: 'update:R-700:C',
          kind: 'pay.captured',
          at: NOW,
          ref: 'R-700',
          amountMinor: 3800,
          currency: 'EUR',
        },
      },
    ])
  })

  test('that the profile names for money that goes back is of that payment', () => {
    expect(heard('update', call('R'))).toMatchObject([
      { claim, fact: { kind: 'refund.succeeded', ref: 'refund:R-700', of: 'R-700', amountMinor: 3800 } },
    ])
    expect(heard('update', call('B'))).toMatchObject([{ fact: { kind: 'dispute.lost', ref: 'chargeback:R-700' } }])
    expect(heard('update', call('V'))).toMatchObject([{ fact: { kind: 'pay.voided', ref: 'R-700' } }])
  })

  test('that nobody knows is for staff, never a guess', () => {
    for (const status of ['', 'c', 'X', 'CC', 'constructor', '__proto__'])
      expect([status, kindOf(status)]).toEqual([status, { unclear: 'R-700' }])
    for (const number of ['', '4111-1111-1111-1111'])
      expect(heard('update', call('C').replace('R-700', number))).toEqual([{ unclear: 'no-number:2026-01-05' }])
    expect(heard('update', call('C').replace(orderId, 'Jane Doe'))).toEqual([{ unclear: 'R-700' }])
  })

  test('with a product, number, price or currency that cannot be read fits no order', () => {
    for (const edit of [
      'item=29237-9',
      'item=',
      'quantity=',
      'quantity=x',
      'price=38,00',
      'currency=',
      'currency=eur',
    ]) {
      const events = heard('update', call('C').replace(new RegExp(`\\b${edit.split('=')[0]}=[^&]*`), edit))
      expect([edit, events]).not.toMatchObject([edit, [{ claim }]])
    }
  })
})

describe('the call for a key', () => {
  test('wants one, says whether it was paid, and counts as no payment where it does not say', () => {
    expect(heard('key', call('C'))).toMatchObject([
      { wantsKey: true, fact: { kind: 'pay.captured', ext: 'key:R-700:C' } },
    ])
    const silent = heard('key', call('').replace('&status=', ''))
    expect(silent).toMatchObject([{ orderRef: orderId, wantsKey: true }])
    expect(silent).not.toMatchObject([{ fact: {} }])
  })

  test('is answered with the bare key, and with nothing where there is none or it was refused', () => {
    const { reply } = adapterOf()
    expect(reply('key', { outcome: 'recorded', keys: ['A$&', 'B'] })).toMatchObject({ status: 200, text: 'A$&\nB' })
    expect(reply('key', { outcome: 'recorded', keys: [] })).toMatchObject({ status: 200, text: '' })
    expect(reply('key', { outcome: 'refused', because: 'wrong address' })).toMatchObject({ status: 200, text: '' })
    expect(reply('update', { outcome: 'recorded', keys: [] })).toMatchObject({ status: 200, text: 'OK' })
    expect(reply('update', { outcome: 'refused', because: 'wrong address' })).toMatchObject({ status: 401 })
  })
})

describe('a profile', () => {
  test('is marked as ours, and rules the methods, the names, the proof and the answer', () => {
    expect([keyProfile.fidelity, updateProfile.fidelity]).toEqual(Array(2).fill('names chosen by this project'))
    const own = {
      ...keyProfile,
      methods: ['POST'],
      fields: { ...keyProfile.fields, order: 'custom_ref', number: 'RefNo' },
      proof: 'password',
      answer: '<key>{KEYS}</key>',
      nothing: '<none/>',
    } as const
    const edit = { keyProfile: own, proofs: ['new', 'old'] }
    const sent = call('C').replace('linkid', 'custom_ref').replace('order_id', 'RefNo')
    expect(heard('key', `${sent}&password=old`, edit)).toMatchObject([{ orderRef: orderId, fact: { ref: 'R-700' } }])
    expect(heard('key', sent, edit)).toBe('no signature')
    expect(heard('key', `${sent}&password=guess`, edit)).toBe('wrong signature')
    expect(heard('key', `${sent}&password=old`, { keyProfile: own })).toBe('wrong signature')
    expect(adapterOf(edit).reply('key', { outcome: 'recorded', keys: ['K'] }).text).toBe('<key>K</key>')
    expect(adapterOf(edit).reply('key', { outcome: 'recorded', keys: [] }).text).toBe('<none/>')
    expect(
      adapterOf(edit)
        .endpoints.filter(({ name }) => name === 'key')
        .map(({ method }) => method),
    ).toEqual(['POST'])
    expect(
      adapterOf()
        .endpoints.map(({ name, method }) => `${method} ${name}`)
        .sort(),
    ).toEqual(['GET key', 'GET update', 'POST key', 'POST update'])
  })

  test('keeps nothing but what it knows, and hears no other path', () => {
    const message: Inbound = {
      endpoint: 'update',
      body: Buffer.from(`${call('C')}&phone=1&name=Ada`),
      headers: {},
      secret: 'old-path',
    }
    const verified = verifyCall(message, settings, NOW)
    expect(verified.ok && verified.text).not.toMatch(/ada|phone|Ada/)
    expect(verified.ok && verified.text).toContain('left out: 3')
    expect(heard('update', call('C'), { secret: 'guess' })).toBe('wrong address')
    expect(heard('update', call('C'), { secret: '' })).toBe('wrong address')
    expect(heard('update', `${call('C')}&status=C`)).toBe('not understood')
  })
})

import { expect, test } from 'vitest'
import { higosoft } from '../../test/policy.ts'
import type { Field, Purpose, Recipient } from '../policy/index.ts'
import { gateOf, isHostOf, strangers, overreach, type Wish } from './gate.ts'

const row = {
  purposes: ['purchase', 'campaignMail', 'survey'],
  fields: ['email'],
  values: ['mailId'],
  onInstructions: false,
}
const on = (...fields: Field[]) => ({ on: true, shows: new Set<string>(fields) })
const wish = (edit: Partial<Wish> = {}): Wish => ({
  recipient: 'mailHost',
  purpose: 'purchase',
  fields: ['email'],
  values: ['mailId'],
  ...edit,
})

test('a wish inside the row and inside its purpose passes', () => {
  expect(overreach(row, wish(), on('email', 'licenceKey'))).toBeUndefined()
})

test('a purpose that is not in the row, or that is off, is refused', () => {
  expect(overreach(row, wish({ purpose: 'refunds' }), on('email'))).toBe('not-of-purpose')
  expect(overreach(row, wish(), { on: false, shows: new Set(['email']) })).toBe('not-of-purpose')
})

test('a field is refused when the row lacks it and when the purpose has no use for it', () => {
  expect(overreach(row, wish({ fields: ['email', 'name'] }), on('email', 'name'))).toBe('not-needed')
  expect(overreach(row, wish(), on('name'))).toBe('not-needed')
  expect(overreach(row, wish(), { on: true, shows: undefined })).toBe('not-needed')
})

test('a value that the row does not name is refused', () => {
  expect(overreach(row, wish({ values: ['mailId', 'nickname'] }), on('email'))).toBe('unknown-value')
})

test('nothing leaves for a campaign, a survey or statistics but to a partner that acts on instructions alone', () => {
  const outreach: Purpose[] = ['campaignMail', 'campaignPost', 'campaignTelephone', 'survey', 'statistics']
  for (const purpose of outreach) {
    const named = { ...row, purposes: outreach }
    expect(overreach(named, wish({ purpose }), on('email'))).toBe('not-on-instructions')
    expect(overreach({ ...named, onInstructions: true }, wish({ purpose }), on('email'))).toBeUndefined()
  }
})

const processor: Recipient = { ...(higosoft().recipients.find(({ id }) => id === 'stripe') as Recipient) }
const paying = (edit: Partial<Wish> = {}) => wish({ recipient: 'stripe', fields: [], values: ['orderId'], ...edit })

test('a campaign cannot be named at all while it is switched off, whatever a row says', () => {
  const quiet = higosoft({ purposes: { campaignMail: { off: true } } })
  const policy = { ...quiet, recipients: [{ ...processor, purposes: ['campaignMail'], onInstructions: true }] }
  const gate = gateOf(policy, { mode: 'example', hosts: { stripe: '127.0.0.1' } })
  expect(gate(paying({ purpose: 'campaignMail' }))).toEqual({ shut: 'not-of-purpose' })
})

test('a recipient without a row is refused', () => {
  const gate = gateOf(higosoft(), { mode: 'example', hosts: { broker: '127.0.0.1' } })
  expect(gate(paying({ recipient: 'broker' }))).toEqual({ shut: 'unknown' })
})

test('live mode refuses a host that is not in the row, a stand-in on this machine too', () => {
  const at = (mode: 'live' | 'example', host: string) => gateOf(higosoft(), { mode, hosts: { stripe: host } })(paying())
  expect(at('live', 'api.stripe.com')).toMatchObject({ host: 'api.stripe.com' })
  expect(at('live', '127.0.0.1')).toEqual({ shut: 'unknown-host' })
  expect(at('live', 'api.stripe.com.evil.example')).toEqual({ shut: 'unknown-host' })
  expect(at('example', '127.0.0.1')).toMatchObject({ host: '127.0.0.1' })
  expect(at('example', 'evil.example')).toEqual({ shut: 'unknown-host' })
  expect(gateOf(higosoft(), { mode: 'live', hosts: {} })(paying())).toEqual({ shut: 'unknown-host' })
})

test('host names are compared whole, without regard to case', () => {
  expect(isHostOf({ host: 'API.Stripe.com' }, 'api.stripe.com', 'live')).toBe(true)
  expect(isHostOf({ host: 'api.stripe.com' }, '127.0.0.1.evil.example', 'example')).toBe(false)
})

test('a live program that is set to connect elsewhere is known before it starts', () => {
  const hosts = { stripe: 'api.stripe.com', mailHost: 'smtp.other.example', broker: 'broker.example' }
  expect(strangers(higosoft(), { mode: 'live', hosts })).toEqual(['mailHost', 'broker'])
  expect(strangers(higosoft(), { mode: 'example', hosts: { stripe: '127.0.0.1' } })).toEqual([])
})

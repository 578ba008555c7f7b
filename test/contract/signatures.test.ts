import { Paddle } from '@paddle/paddle-node-sdk'
import { validateEvent, WebhookVerificationError } from '@polar-sh/sdk/webhooks'
import { createHmac, type BinaryToTextEncoding } from 'node:crypto'
import { crc32 } from 'node:zlib'
import Stripe from 'stripe'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Inbound, Verified } from '../../src/core/payments/adapter.ts'
import { verifySignature as verifyPaddle } from '../../src/core/payments/paddle/signature.ts'
import { verifySignature as verifyStripe } from '../../src/core/payments/stripe/signature.ts'

// The vectors were computed once, by other code than ours. The program speaks to two of these processors, so the other
// four are signed here: what is tested of them is that we read their documentation as their own packages do.
const NOW = 1_700_000_000
const stripeBody = '{"id":"evt_1","type":"checkout.session.completed"}'
const paddleBody = '{"event_id":"evt_01","event_type":"transaction.completed"}'
const lemonBody = '{"meta":{"event_name":"order_created"}}'
const V1 = '749721cbedbfa4cc1aa6c9c2bec1edd93766a07906c9d9b3dbc7626e4e660caf'
const H1 = 'cdc5cfe323f9d9f1c1fd8f7f085bcf6f029d0ecd291e7a44b2f57b88c63dd648'

const mac = (secret: string, text: string, as: BinaryToTextEncoding = 'hex'): string =>
  createHmac('sha256', secret).update(text).digest(as)
const inbound = (name: string, header: string, body: string): Inbound => ({
  endpoint: 'webhook',
  body: Buffer.from(body),
  headers: { [name]: header },
})
const ours = {
  stripe: (header: string, at = new Date(), body = stripeBody): Verified =>
    verifyStripe(inbound('stripe-signature', header, body), { webhookSecrets: ['whsec_test'], live: false }, at),
  paddle: (header: string, at = new Date(), body = paddleBody): Verified =>
    verifyPaddle(inbound('paddle-signature', header, body), ['pdl_ntfset_test'], at),
}
const theirs = {
  stripe: (header: string, body = stripeBody): boolean => {
    try {
      Stripe.webhooks.constructEvent(body, header, 'whsec_test')
      return true
    } catch {
      return false
    }
  },
  paddle: (header: string, body = paddleBody): Promise<boolean> =>
    new Paddle('pdl_contract').webhooks.isSignatureValid(body, 'pdl_ntfset_test', header),
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW * 1000 }))
afterEach(() => void vi.useRealTimers())

test('the six known signatures are made and, where we take messages, taken', () => {
  expect(mac('whsec_test', `${NOW}.${stripeBody}`)).toBe(V1)
  expect(mac('pdl_ntfset_test', `${NOW}:${paddleBody}`)).toBe(H1)
  expect(mac('secret', lemonBody)).toBe('f55997a5a27ec6aa445833430e34c2aab6520c68dfb7700b5de85bde250bc8d3')
  expect(mac('secret', lemonBody, 'base64')).toBe('9VmXpaJ+xqpEWDNDDjTCqrZSDGjft3ALXehb3iULyNM=')
  expect(mac('polar_whs_test', `msg_1.${NOW}.${lemonBody}`, 'base64')).toBe(
    'c0KF0xnlsoMdWk3TottVUWvAhFrfV7OlrNqIDPvA5VU=',
  )
  expect(`tid|2026-01-01T00:00:00Z|WH-1|${crc32('{"a":1}')}`).toBe('tid|2026-01-01T00:00:00Z|WH-1|1444654255')
  expect(ours.stripe(`t=${NOW},v1=${V1}`)).toEqual({ ok: true, text: stripeBody })
  expect(ours.paddle(`ts=${NOW};h1=${H1}`)).toEqual({ ok: true, text: paddleBody })
})

test('what Stripe’s own package signs we take, and what it takes we take, but for times ahead', () => {
  const stripe = new Stripe('sk_test_contract')
  const made = stripe.webhooks.generateTestHeaderString({ payload: stripeBody, secret: 'whsec_test', timestamp: NOW })
  expect(made).toContain(V1)
  const at = (apart: number): string => `t=${NOW + apart},v1=${mac('whsec_test', `${NOW + apart}.${stripeBody}`)}`
  const old = mac('whsec_old', `${NOW}.${stripeBody}`)
  const headers = {
    itsOwn: made,
    late: at(-299),
    tooLate: at(-301),
    ahead: at(3600),
    firstOfTwo: `t=${NOW},v1=${V1},v1=${old}`,
    lastOfTwo: `t=${NOW},v1=${old},v1=${V1}`,
    otherScheme: `t=${NOW},v0=${V1}`,
    otherSecret: `t=${NOW},v1=${old}`,
  }
  const verdicts = Object.entries(headers).map(([name, header]) => [
    name,
    theirs.stripe(header),
    ours.stripe(header).ok,
  ])
  expect(verdicts).toEqual([
    ['itsOwn', true, true],
    ['late', true, true],
    ['tooLate', false, false],
    ['ahead', true, false],
    ['firstOfTwo', true, true],
    ['lastOfTwo', true, true],
    ['otherScheme', false, false],
    ['otherSecret', false, false],
  ])
  expect([theirs.stripe(made, `${stripeBody} `), ours.stripe(made, new Date(), `${stripeBody} `).ok]).toEqual([
    false,
    false,
  ])
})

test('what Paddle’s own package takes we take, but for times ahead; and more than it, as its protocol allows', async () => {
  const at = (apart: number): string => `ts=${NOW + apart};h1=${mac('pdl_ntfset_test', `${NOW + apart}:${paddleBody}`)}`
  const old = mac('pdl_ntfset_old', `${NOW}:${paddleBody}`)
  const headers = {
    fresh: at(0),
    after7Seconds: at(-7),
    tooLate: at(-301),
    ahead: at(3600),
    firstOfTwo: `ts=${NOW};h1=${H1};h1=${old}`,
    lastOfTwo: `ts=${NOW};h1=${old};h1=${H1}`,
    otherSecret: `ts=${NOW};h1=${old}`,
  }
  const verdicts = Object.entries(headers).map(async ([name, header]) => [
    name,
    await theirs.paddle(header),
    ours.paddle(header).ok,
  ])
  expect(await Promise.all(verdicts)).toEqual([
    ['fresh', true, true],
    ['after7Seconds', false, true],
    ['tooLate', false, false],
    ['ahead', true, false],
    ['firstOfTwo', false, true],
    ['lastOfTwo', true, true],
    ['otherSecret', false, false],
  ])
})

test('Polar’s own package takes the signature of the known vector, and no other', () => {
  const headers = (of: string): Record<string, string> => ({
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(NOW),
    'webhook-signature': `v1,${of}`,
  })
  const good = mac('polar_whs_test', `msg_1.${NOW}.${lemonBody}`, 'base64')
  const refusal = (of: string): unknown => {
    try {
      return validateEvent(lemonBody, headers(of), 'polar_whs_test')
    } catch (error) {
      return error
    }
  }
  // Once the signature holds it looks at the content, which is no event of Polar's.
  expect(refusal(good)).toMatchObject({ name: 'SDKValidationError' })
  expect(refusal(mac('other', `msg_1.${NOW}.${lemonBody}`, 'base64'))).toBeInstanceOf(WebhookVerificationError)
})

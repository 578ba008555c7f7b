import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { addressOf } from './address.ts'

async function address(remoteAddress: string, forwarded?: string, proxies = 0): Promise<string> {
  const app = new Hono().get('/', (c) => c.text(addressOf(c, proxies)))
  const init = forwarded ? { headers: { 'x-forwarded-for': forwarded } } : {}
  return (await app.request('/', init, { incoming: { socket: { remoteAddress } } })).text()
}

test('no header is believed where no server of ours stands in front', async () => {
  expect(await address('192.0.2.1', '203.0.113.9')).toBe('192.0.2.1')
  expect(await address('::ffff:192.0.2.1')).toBe('192.0.2.1')
})

test('the sender is the one that the outermost server of ours names', async () => {
  expect(await address('127.0.0.1', 'forged, 203.0.113.9', 1)).toBe('203.0.113.9')
  expect(await address('127.0.0.1', '203.0.113.9, 10.0.0.2', 2)).toBe('203.0.113.9')
  expect(await address('127.0.0.1', undefined, 1)).toBe('127.0.0.1')
})

test('one household counts as one sender', async () => {
  expect(await address('2001:db8:1:2:aaaa::1')).toBe('2001:db8:1:2')
  expect(await address('2001:db8::1:2:3')).toBe('2001:db8:0:0')
  expect(await address('::1')).toBe('0:0:0:0')
})

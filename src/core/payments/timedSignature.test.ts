import fc from 'fast-check'
import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Inbound } from './adapter.ts'
import { verifyTimed, type Manner } from './timedSignature.ts'

const NOW = 1_700_000_000
const now = new Date(NOW * 1000)
const secrets = ['new secret', 'old secret']
const manners: readonly (Manner & { readonly between: string; readonly parts: string })[] = [
  { header: 'stripe-signature', time: 't', mac: 'v1', between: '.', parts: ',' },
  { header: 'paddle-signature', time: 'ts', mac: 'h1', between: ':', parts: ';' },
]
type Signing = (typeof manners)[number]

const bytes = (text: string | Uint8Array): Buffer => Buffer.from(text)
const macOf = (
  { between }: Signing,
  body: string | Uint8Array,
  { secret = 'new secret', time = String(NOW) } = {},
): string => createHmac('sha256', secret).update(`${time}${between}`).update(bytes(body)).digest('hex')
const headerOf = ({ time, mac, parts }: Signing, macs: readonly string[], at = String(NOW)): string =>
  [`${time}=${at}`, ...macs.map((one) => `${mac}=${one}`)].join(parts)
function verify(manner: Signing, body: string | Uint8Array, header: string | undefined, at = now): string {
  const message: Inbound = { endpoint: 'webhook', body: bytes(body), headers: { [manner.header]: header } }
  const verified = verifyTimed(message, { manner, secrets }, at)
  return verified.ok ? 'ok' : verified.because
}

const manner = fc.constantFrom(...manners)
const body = fc.uint8Array({ minLength: 1, maxLength: 200 })

test('whatever was signed under either live secret is taken, and under no other', () => {
  fc.assert(
    fc.property(manner, body, fc.constantFrom(...secrets), (of, said, secret) => {
      expect(verify(of, said, headerOf(of, [macOf(of, said, { secret })]))).toBe('ok')
      expect(verify(of, said, headerOf(of, [macOf(of, said, { secret: `${secret}.` })]))).toBe('wrong signature')
    }),
  )
})

test('one byte more, less or other is refused', () => {
  fc.assert(
    fc.property(manner, body, fc.nat(), fc.integer({ min: 1, max: 255 }), (of, said, place, change) => {
      const header = headerOf(of, [macOf(of, said)])
      const at = place % said.length
      const other = said.map((byte, index) => (index === at ? byte ^ change : byte))
      expect(verify(of, other, header)).toBe('wrong signature')
      expect(verify(of, said.subarray(1), header)).toBe('wrong signature')
      expect(verify(of, Uint8Array.from([...said, change]), header)).toBe('wrong signature')
    }),
  )
})

test('the same content written otherwise is refused: order of names, white space, ends of lines, a mark of byte order', () => {
  fc.assert(
    fc.property(manner, fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue(), { minKeys: 2 }), (of, content) => {
      const said = JSON.stringify(content)
      const reordered = JSON.stringify(Object.fromEntries(Object.entries(content).reverse()))
      const others = [
        JSON.stringify(content, null, 2),
        `${said}\n`,
        `${said}\r\n`,
        `\uFEFF${said}`,
        ` ${said}`,
        reordered,
      ]
      const header = headerOf(of, [macOf(of, said)])
      expect(verify(of, said, header)).toBe('ok')
      for (const other of others) if (other !== said) expect(verify(of, other, header)).toBe('wrong signature')
    }),
  )
})

test('a body with several bytes a character, CRLF or a mark of byte order is taken as it was signed', () => {
  for (const of of manners)
    for (const said of ['{"name":"Zoë 🦊"}', '{\r\n"a": 1\r\n}', '\uFEFF{"a":1}']) {
      const message = {
        endpoint: 'webhook',
        body: bytes(said),
        headers: { [of.header]: headerOf(of, [macOf(of, said)]) },
      }
      expect(verifyTimed(message, { manner: of, secrets }, now)).toEqual({ ok: true, text: said.replace('\uFEFF', '') })
    }
})

test('of several signatures any one may be right, wherever it stands', () => {
  fc.assert(
    fc.property(manner, fc.integer({ min: 2, max: 9 }), fc.nat(), (of, many, place) => {
      const wrong = Array.from({ length: many }, (_, index) => macOf(of, `other ${index}`))
      expect(verify(of, 'said', headerOf(of, wrong))).toBe('wrong signature')
      const macs = wrong.with(place % many, macOf(of, 'said'))
      expect(verify(of, 'said', headerOf(of, macs))).toBe('ok')
    }),
  )
})

test('a time is near and plainly written, or it is refused', () => {
  fc.assert(
    fc.property(manner, fc.integer({ min: -100_000, max: 100_000 }), (of, apart) => {
      const time = String(NOW + apart)
      const header = headerOf(of, [macOf(of, 'said', { time })], time)
      expect(verify(of, 'said', header)).toBe(Math.abs(apart) <= 300 ? 'ok' : 'bad time')
    }),
  )
  for (const of of manners)
    for (const time of [
      '',
      'NaN',
      'Infinity',
      '1e9',
      `${NOW}.5`,
      `-${NOW}`,
      ` ${NOW}x`,
      '0x10',
      '9'.repeat(400),
      `${NOW}000`,
    ])
      expect(verify(of, 'said', headerOf(of, [macOf(of, 'said', { time })], time))).toBe('bad time')
})

test('a header that is missing, doubled or without a signature of the right kind is refused', () => {
  for (const of of manners) {
    const [good, mac] = [headerOf(of, [macOf(of, 'said')]), macOf(of, 'said')]
    expect(verify(of, 'said', undefined)).toBe('no signature')
    expect(verify(of, 'said', '')).toBe('no signature')
    expect(verify(of, 'said', `${good}, ${good}`)).toBe('signed twice')
    expect(verify(of, 'said', good.toUpperCase())).toBe('bad time')
    expect(verify(of, 'said', `${of.mac}=${mac}`)).toBe('bad time')
    expect(verify(of, 'said', headerOf(of, []))).toBe('wrong signature')
    expect(verify(of, 'said', good.replace(`${of.mac}=`, 'v0='))).toBe('wrong signature')
    expect(verify(of, 'said', headerOf(of, [mac.slice(2)]))).toBe('wrong signature')
    expect(verify(of, 'said', headerOf(of, [`${mac}00`]))).toBe('wrong signature')
  }
})

test('without a secret nothing is taken', () => {
  for (const of of manners) {
    const headers = { [of.header]: headerOf(of, [macOf(of, 'said', { secret: '' })]) }
    const message = { endpoint: 'webhook', body: bytes('said'), headers }
    expect(verifyTimed(message, { manner: of, secrets: [] }, now)).toEqual({ ok: false, because: 'wrong signature' })
  }
})

test('anything at all in the header leads to a refusal and never to an error', () => {
  fc.assert(
    fc.property(manner, fc.string({ maxLength: 300 }), (of, header) => {
      expect(verify(of, 'said', header)).not.toBe('ok')
    }),
  )
})

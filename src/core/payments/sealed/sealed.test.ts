import { CompactEncrypt, exportJWK, generateKeyPair, importJWK, type CompactJWEHeaderParameters, type JWK } from 'jose'
import { serve, type ServerType } from '@hono/node-server'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { signature } from '../../../../sim/sealed/notices.ts'
import { newCardKey, sealCard, sealNotice } from '../../../../sim/sealed/seal.ts'
import { instant, movableClock } from '../../../lib/index.ts'
import { openNoticeKeys, type NoticeKeys } from '../../../vault/keys/noticeKeys.ts'
import type { Inbound, Verified } from '../adapter.ts'
import { eventsSince } from './api.ts'
import { jwkSet } from './keys.ts'
import { verifyNotice } from './notice.ts'
import { parseNotice } from './parse.ts'

const ORDER = '019a0000-0000-7000-8000-000000000001'
const clock = movableClock(instant('2030-01-02T03:04:05Z'))
const path = join(mkdtempSync(join(tmpdir(), 'notices-')), 'notices')
let keys: NoticeKeys
let to: JWK
let card: string

beforeAll(async () => {
  keys = await openNoticeKeys(path, clock.now)
  to = published()[0] as JWK
  card = await sealCard('4242424242424242', newCardKey('ck_1'))
})

const published = (): JWK[] => (JSON.parse(jwkSet(keys.all)) as { keys: JWK[] }).keys
const notice = (more: object = {}): object => ({
  event: 'sn_1',
  kind: 'order.received',
  time: '2030-01-02T03:04:00.000Z',
  order: ORDER,
  payment: 'sp_1',
  amount: 1900,
  currency: 'EUR',
  person: { email: 'ada@mail.example', name: 'Ada Qvortrup-Lovelace', address: { street: 'Zwaluwstraat 9173' } },
  ...more,
})

function posted(body: string, signed = signature('s1', body, clock.now().getTime() / 1000)): Inbound {
  return { endpoint: 'notice', body: Buffer.from(body), headers: { 'sealed-signature': signed } }
}

const verified = (message: Inbound, secrets = ['s2', 's1']): Promise<Verified> =>
  verifyNotice(message, { secrets, keys: keys.all }, clock.now())

/** Seals in whatever way an attacker would. */
async function sealedAs(header: object, plain = `${JSON.stringify(notice())}\n${card}`, key = to): Promise<string> {
  const all = { alg: 'ECDH-ES', enc: 'A256GCM', kid: to.kid, ...header } as CompactJWEHeaderParameters
  return new CompactEncrypt(Buffer.from(plain)).setProtectedHeader(all).encrypt(await importJWK(key, all.alg))
}

test('a notice that is signed and sealed is read: nothing of the person but the e-mail address, and the card part apart from it', async () => {
  const seen = await verified(posted(await sealNotice(notice(), card, to)))
  if (!seen.ok) throw new Error(seen.because)
  expect(JSON.parse(seen.text)).toEqual({ ...notice(), person: { email: 'ada@mail.example' } })
  expect(seen.envelope?.bytes.toString()).toBe(card)
  expect(seen.envelope?.digest).toEqual(createHash('sha256').update(card).digest())
  expect(parseNotice(seen.text)).toEqual([
    {
      orderRef: ORDER,
      fact: {
        source: 'sealed',
        ext: 'order.received:sn_1',
        kind: 'pay.pending',
        at: instant('2030-01-02T03:04:00Z'),
        ref: 'sp_1',
        amountMinor: 1900,
        currency: 'EUR',
      },
    },
  ])
})

test.each([
  ['in plain text', async () => `${JSON.stringify(notice())}\n${card}`, 'not sealed'],
  ['sealed to a key that is not ours', () => strangers(), 'unknown key'],
  ['sealed to another key under the name of ours', () => strangers(to.kid), 'not openable'],
  ['with another algorithm', () => sealedAs({ alg: 'ECDH-ES+A256KW' }), 'not sealed'],
  ['with another cipher', () => sealedAs({ enc: 'A128GCM' }), 'not sealed'],
  ['with no algorithm', () => edited({ alg: 'none' }), 'not sealed'],
  ['with a header that says it is packed', () => edited({ zip: 'DEF' }), 'not sealed'],
  ['with a header that asks for more than we know', () => edited({ crit: ['exp'], exp: 1 }), 'not sealed'],
  ['with a huge header', () => sealedAs({ more: 'x'.repeat(2000) }), 'not sealed'],
  ['with a header that was changed', () => edited({ apu: 'QQ' }), 'not openable'],
  ['with a shortened tag', async () => (await sealedAs({})).slice(0, -6), 'not openable'],
  ['with one byte changed', async () => changed(await sealedAs({})), 'not openable'],
  [
    'with a point that is not on the curve',
    () => edited({ epk: { kty: 'EC', crv: 'P-256', x: to.x, y: to.x } }),
    'not openable',
  ],
  ['that is no notice', () => sealedAs({}, `{"kind":"order.paid"}\n${card}`), 'not understood'],
  ['that is no JSON', () => sealedAs({}, `hello\n${card}`), 'not understood'],
  [
    'of no order of ours',
    () => sealedAs({}, `${JSON.stringify(notice({ order: 'Ada Lovelace' }))}\n${card}`),
    'not understood',
  ],
  ['without the card part that belongs to it', () => sealedAs({}, JSON.stringify(notice())), 'not understood'],
  [
    'with a card part where none belongs',
    () => sealedAs({}, `${JSON.stringify(notice({ kind: 'order.completed' }))}\n${card}`),
    'not understood',
  ],
  [
    'with a card in clear as its card part',
    () => sealedAs({}, `${JSON.stringify(notice())}\n4242424242424242`),
    'not understood',
  ],
  [
    'with a huge card part',
    () => sealedAs({}, `${JSON.stringify(notice())}\n${card.replace('.', `${'A'.repeat(5000)}.`)}`),
    'not understood',
  ],
  [
    'with a card in what it says',
    () => sealedAs({}, `${JSON.stringify(notice({ more: '4242 4242 4242 4242' }))}\n${card}`),
    'card in the open',
  ],
])('a notice %s is refused', async (_how, body, because) => {
  expect(await verified(posted(await body()))).toEqual({ ok: false, because })
})

async function strangers(kid = 'theirs'): Promise<string> {
  const { publicKey } = await generateKeyPair('ECDH-ES', { extractable: true })
  return sealedAs({ kid }, undefined, { ...(await exportJWK(publicKey)), alg: 'ECDH-ES' })
}

/** A sealed notice whose header says something else than what it was sealed with. */
async function edited(more: object): Promise<string> {
  const [header = '', ...rest] = (await sealedAs({})).split('.')
  const said = { ...(JSON.parse(Buffer.from(header, 'base64url').toString()) as object), ...more }
  return [Buffer.from(JSON.stringify(said)).toString('base64url'), ...rest].join('.')
}

function changed(sealed: string): string {
  const at = sealed.lastIndexOf('.') - 20
  return sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1)
}

test('a notice counts only when it is signed: over its bytes, under a live secret, now, and once', async () => {
  const body = await sealNotice(notice(), card, to)
  const at = Math.floor(clock.now().getTime() / 1000)
  const because = async (signed: string | undefined, secrets?: string[]): Promise<unknown> => {
    const message = posted(body)
    const seen = await verified({ ...message, headers: { 'sealed-signature': signed } }, secrets)
    return seen.ok || seen.because
  }
  const good = signature('s1', body, at)
  expect(await because(good)).toBe(true)
  expect(await because(signature('s2', body, at))).toBe(true)
  expect(await because(`${good},v1=${'0'.repeat(64)}`)).toBe(true)
  expect(await because(undefined)).toBe('no signature')
  expect(await because('')).toBe('no signature')
  expect(await because(good, ['s3'])).toBe('wrong signature')
  expect(await because(good, [])).toBe('wrong signature')
  expect(await because(signature('s1', `${body} `, at))).toBe('wrong signature')
  expect(await because(`t=${at},${good}`)).toBe('signed twice')
  for (const apart of [-301, 301]) expect(await because(signature('s1', body, at + apart))).toBe('bad time')
  for (const apart of [-299, 299]) expect(await because(signature('s1', body, at + apart))).toBe(true)
  for (const wrong of ['NaN', '', '1e9', '-1', '9'.repeat(40)])
    expect(await because(good.replace(/^t=\d+/, `t=${wrong}`))).toBe('bad time')
})

test('what is told later of an order is money in, its end, money back and what a bank says; none of it needs a card part', async () => {
  const facts = async (more: object): Promise<unknown[]> => {
    const seen = await verified(posted(await sealNotice(notice(more), undefined, to)))
    return seen.ok
      ? parseNotice(seen.text).map((event) => ('fact' in event ? [event.fact.kind, event.fact.ref] : event))
      : [seen]
  }
  expect(await facts({ kind: 'order.completed' })).toEqual([['pay.captured', 'sp_1']])
  expect(await facts({ kind: 'order.failed' })).toEqual([['pay.failed', 'sp_1']])
  expect(await facts({ kind: 'order.cancelled' })).toEqual([
    ['pay.failed', 'sp_1'],
    ['order.expired', undefined],
  ])
  expect(await facts({ kind: 'refund.succeeded', refund: 'r' })).toEqual([['refund.succeeded', 'r']])
  expect(await facts({ kind: 'dispute.opened', dispute: 'd' })).toEqual([['dispute.opened', 'd']])
  const payout = { id: 'po', state: 'paid', amountMinor: 1900, currency: 'EUR', at: instant('2030-01-02T03:04:00Z') }
  expect(await facts({ kind: 'payout.paid', payout: 'po' })).toEqual([{ payout }])
})

test('a new key is published at once; the one before opens what was on its way for a day, and is then overwritten where it lay', async () => {
  const onItsWay = await sealNotice(notice({ event: 'sn_2' }), card, to)
  const old = keys.all()[0]
  const secret = Buffer.from(old?.secret ?? [])
  const made = await keys.rotate()
  expect(published().map(({ kid }) => kid)).toEqual([made.kid])
  expect(made.kid).not.toBe(old?.kid)
  expect(JSON.stringify(published())).not.toContain('"d"')
  expect((await verified(posted(onItsWay))).ok).toBe(true)
  expect((await verified(posted(await sealNotice(notice(), card, published()[0] as JWK)))).ok).toBe(true)
  clock.advance(86_399_000)
  expect([await keys.dropOld(), (await verified(posted(onItsWay))).ok]).toEqual([0, true])
  expect(readFileSync(path).includes(secret)).toBe(true)
  clock.advance(1000)
  expect(await verified(posted(onItsWay))).toEqual({ ok: false, because: 'unknown key' })
  expect(await keys.dropOld()).toBe(1)
  expect(readFileSync(path).includes(secret)).toBe(false)
  expect(old?.secret.every((byte) => byte === 0)).toBe(true)
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

test('the keys are there again after a start, a place that was freed is used again, and a damaged key is none', async () => {
  const own = join(mkdtempSync(join(tmpdir(), 'notices-')), 'notices')
  const first = await openNoticeKeys(own, clock.now)
  const [one, two] = await Promise.all([first.rotate(), first.rotate()])
  expect(first.all()).toHaveLength(3)
  await first.close()
  const again = await openNoticeKeys(own, clock.now)
  expect(again.all().map(({ kid }) => kid)).toContain(one.kid)
  expect(
    again
      .all()
      .filter(({ until }) => until === undefined)
      .map(({ kid }) => kid),
  ).toEqual([two.kid])
  clock.advance(86_400_000)
  expect(await again.dropOld()).toBe(2)
  await again.rotate()
  await again.close()
  expect(statSync(own).size).toBeLessThanOrEqual(3 * 64)
  const bytes = readFileSync(own)
  bytes.fill(7)
  const { writeFileSync } = await import('node:fs')
  writeFileSync(own, bytes)
  const fresh = await openNoticeKeys(own, clock.now)
  expect(fresh.all()).toHaveLength(1)
  expect(fresh.all()[0]?.kid).not.toBe(two.kid)
  await fresh.close()
})

test('a list of what happened that always promises more is not read for ever', async () => {
  let asked = 0
  const answer = (): Response => {
    asked += 1
    if (asked > 20) throw new Error('read for ever')
    return Response.json({ events: [{ event: 'ev_1', kind: 'order.received' }], more: true })
  }
  const server = await new Promise<ServerType>((ready) => {
    const one = serve({ fetch: answer, port: 0, hostname: '127.0.0.1' }, () => ready(one))
  })
  const { port } = server.address() as { port: number }
  const list = eventsSince({ api: `http://127.0.0.1:${port}`, apiKey: 'k' }, instant('2030-01-02T03:04:05Z'))
  await expect(list.next()).rejects.toThrow('sealed-list-without-end')
  server.close()
})

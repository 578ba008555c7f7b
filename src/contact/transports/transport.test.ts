import { expect, expectTypeOf, test } from 'vitest'
import type { Released } from '../../partners/index.ts'
import { smtpTransport } from './smtp.ts'
import type { ReleasedMail } from './transport.ts'

const from = { name: 'Higosoft', address: 'shop@higosoft.example' }

test('a transport takes nothing but what was let out', async () => {
  const transport = smtpTransport({ host: '127.0.0.1', port: 1, secure: false, from, plainOnLoopback: true })
  const lookalike = {
    recipient: 'mailHost',
    host: 'elsewhere.example',
    fields: { email: 'ada@example.org' },
    values: {},
    disclosureId: '1',
  } as const
  // @ts-expect-error an object of the same shape was not let out by anybody
  await expect(transport.deliver(lookalike, undefined)).rejects.toThrow('released-for-another-host')
  await transport.close()
})

test('what was let out to one recipient is of no use at another', () => {
  expectTypeOf<Released<'stripe', 'email'>>().not.toExtend<ReleasedMail>()
  expectTypeOf<Released<'mailHost', 'name'>>().not.toExtend<ReleasedMail>()
  expectTypeOf<Released<'mailHost', 'email'>>().toExtend<ReleasedMail>()
})

test('a mail server elsewhere cannot be used without TLS', () => {
  const plain = { port: 25, secure: false, from, plainOnLoopback: true } as const
  expect(() => smtpTransport({ ...plain, host: 'smtp.example.com' })).toThrow('smtp-needs-tls')
  expect(() => smtpTransport({ ...plain, host: '127.0.0.1.evil.example' })).toThrow('smtp-needs-tls')
})

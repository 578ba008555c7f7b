import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { config } from '../../examples/higosoft/config.ts'
import { readConfig } from './config.ts'

function faults(edits: Record<string, unknown>): string[] {
  const { sampleSerials: _ofTheExample, ...plain } = config
  const read = readConfig({ ...plain, ...edits })
  return read.ok ? [] : read.faults
}

test('the example is right, and its policy comes out in force', () => {
  const read = readConfig(config)
  expect(read).toMatchObject({
    ok: true,
    config: {
      mode: 'example',
      policy: { controller: { name: 'Higosoft Studio' }, purposes: { purchase: { id: 'purchase' } } },
    },
  })
})

test('the example keeps its files beside it', () => {
  for (const file of ['plumbline-4.txt', 'tally.txt', 'lookout-trial.txt'])
    expect(existsSync(`examples/higosoft/downloads/${file}`)).toBe(true)
})

test('what the program does not know how to use has no place', () => {
  expect(faults({ brand: { ...config.brand, tokens: { ink: '#000' } } })).toEqual([
    'brand.tokens: there is no place for this here',
  ])
  expect(faults({ stripeKey: 'sk_live_1' })).toEqual(['stripeKey: there is no place for this here'])
})

test('faults of the policy are told with those of the rest', () => {
  expect(faults({ timeZone: 'Europe/Ghent', policy: { ...config.policy, audience: undefined } })).toEqual([
    'timeZone: must be a time zone such as Europe/Brussels',
    'policy.audience: is missing',
  ])
  expect(faults({ mode: 'test', orderPrefix: 'hs-' })).toEqual([
    'mode: must be "example" or "live"',
    'orderPrefix: must be one to six capital letters or digits',
  ])
  expect(readConfig(null)).toMatchObject({ ok: false })
})

test('a live shop does not open with an invented vendor', () => {
  const [processor, mailHost] = config.policy.recipients
  const real = (row: typeof processor) => ({
    ...row,
    contact: 'privacy@avow.dev',
    commitment: { document: 'Agreement', hash: 'a'.repeat(64), until: '2030-01-01' },
  })
  const policy = {
    ...config.policy,
    contact: { email: 'privacy@avow.dev' },
    recipients: [real(processor), { ...real(mailHost), host: 'smtp.avow.dev' }],
  }
  expect(faults({ mode: 'live', policy })).toEqual([])
  expect(faults({ mode: 'live' })).toEqual([
    'policy.contact.email: is invented; a live shop needs a real one',
    'policy.recipients.mailHost.contact: is invented; a live shop needs a real one',
    'policy.recipients.mailHost.host: is invented; a live shop needs a real one',
    'policy.recipients.mailHost.commitment: in a live shop a promise ends on a date',
    'policy.recipients.mailbox.contact: is invented; a live shop needs a real one',
    'policy.recipients.mailbox.host: is invented; a live shop needs a real one',
    'policy.recipients.mailbox.commitment: in a live shop a promise ends on a date',
    ...['paddle', 'regnow'].flatMap((id) => [
      `policy.recipients.${id}.contact: is invented; a live shop needs a real one`,
      `policy.recipients.${id}.commitment: in a live shop a promise ends on a date`,
    ]),
    'policy.recipients.sealed.contact: is invented; a live shop needs a real one',
    'policy.recipients.sealed.host: is invented; a live shop needs a real one',
    'policy.recipients.sealed.commitment: in a live shop a promise ends on a date',
    ...['stripe', 'swreg'].flatMap((id) => [
      `policy.recipients.${id}.contact: is invented; a live shop needs a real one`,
      `policy.recipients.${id}.commitment: in a live shop a promise ends on a date`,
    ]),
  ])
})

test('a policy that is announced is checked like the present one, and needs its day', () => {
  const [mailHost, ...rest] = config.policy.recipients
  expect(rest).not.toEqual([])
  expect(readConfig({ ...config, announced: { from: '2027-01-01', policy: config.policy } })).toMatchObject({
    ok: true,
    config: { announced: { from: '2027-01-01', policy: { controller: { name: 'Higosoft Studio' } } } },
  })
  expect(faults({ announced: { from: 'soon', policy: config.policy } })).toHaveLength(1)
  const narrow = { ...config.policy, recipients: [mailHost] }
  const found = faults({ announced: { from: '2027-01-01', policy: narrow } })
  expect(found.length).toBeGreaterThan(0)
  for (const fault of found) expect(fault).toMatch(/^announced\.policy\./)
})

import { expect, test } from 'vitest'
import { policy as shipped } from '../../examples/higosoft/policy.ts'
import { higosoft } from '../../test/policy.ts'
import { anchors } from './page/anchors.ts'
import { effectivePolicy } from './vendor.ts'

const [processor, mailHost] = shipped.recipients

function faults(edits: Record<string, unknown>): string[] {
  const read = effectivePolicy({ ...shipped, ...edits })
  return read.ok ? [] : read.faults
}

const about = (purposes: Record<string, unknown>): string[] => faults({ purposes })
const withRow = (row: Record<string, unknown>): string[] =>
  faults({ recipients: [...shipped.recipients, { ...processor, id: 'carrier', kind: 'carrier', ...row }] })

test('the example vendor’s policy is right', () => {
  expect(faults({})).toEqual([])
})

test('what the law asks a vendor to say must be there', () => {
  const read = effectivePolicy({})
  expect(read.ok ? [] : read.faults).toEqual([
    'controller: is missing',
    'contact: is missing',
    'authority: is missing',
    'audience: is missing',
    'transfers: is missing',
    'recipients: is missing',
  ])
  expect(effectivePolicy(undefined)).toEqual({ ok: false, faults: ['policy: is missing'] })
  expect(faults({ controller: { name: 'Higosoft', address: '', country: 'BE' } })).toEqual([
    'controller.address: is too short; at least 5',
  ])
  expect(faults({ audience: { en: '  ' } })).toEqual(['audience.en: must not be empty'])
  expect(faults({ contact: { email: 'privacy' } })).toEqual(['contact.email: must be an e-mail address'])
  expect(faults({ authority: { name: 'Authority', web: 'javascript:alert(1)' } })).toEqual([
    'authority.web: must be a web address that begins with https://',
  ])
})

test('a shipped purpose cannot be widened', () => {
  expect(about({ purchase: { fields: { telephone: { need: 'optional' } } } })).toEqual([
    'purposes.purchase.fields.telephone: a shipped purpose cannot be given more fields; add a purpose of your own',
  ])
  expect(about({ fulfilment: { fields: { telephone: { need: 'required' } } } })).toEqual([
    'purposes.fulfilment.fields.telephone: an optional field cannot be made required',
  ])
  expect(about({ tax: { basis: 'interest', openers: ['desk'] } })).toEqual([
    'purposes.tax.basis: there is no place for this here',
    'purposes.tax.openers: there is no place for this here',
  ])
  expect(about({ selling: {} })).toEqual(['purposes.selling: there is no purpose of this name'])
})

test('a field that the program needs cannot be made optional', () => {
  const cannot = 'the program cannot do this without it, so it cannot be made optional'
  expect(about({ purchase: { fields: { email: { need: 'optional' } } } })).toEqual([
    `purposes.purchase.fields.email: ${cannot}`,
  ])
  expect(about({ tax: { fields: { country: { need: 'optional' } } } })).toEqual([
    `purposes.tax.fields.country: ${cannot}`,
  ])
  expect(about({ fulfilment: { fields: { street: { need: 'optional' } } } })).toEqual([
    `purposes.fulfilment.fields.street: ${cannot}`,
  ])
})

test.each(['purchase', 'fulfilment', 'refunds', 'tax', 'rights', 'signIn', 'abuse'])(
  '%s cannot be switched off',
  (id) => {
    expect(about({ [id]: { off: true } })).toEqual([`purposes.${id}: this purpose cannot be switched off`])
  },
)

test('a clock may be shortened; to lengthen it takes a reason', () => {
  expect(about({ purchase: { clock: { period: 'P30D' } } })).toEqual([])
  expect(about({ tax: { clock: { period: 'P6Y' } } })).toEqual([])
  expect(about({ purchase: { clock: { period: 'P2M' } } })).toEqual([
    'purposes.purchase.clock: longer than the shipped 60 days needs a reason',
  ])
  expect(
    about({ purchase: { clock: { period: 'P90D', reason: 'our bank lets buyers dispute for 90 days' } } }),
  ).toEqual([])
  expect(about({ purchase: { clock: { period: 'P90D', reason: 'because' } } })).toEqual([
    'purposes.purchase.clock.reason: is too short; at least 10',
  ])
})

test('a clock that the program keeps itself, or needs, stays as it is', () => {
  const kept = 'this clock is kept by the program itself and cannot be changed here'
  for (const id of ['registration', 'rights', 'signIn', 'abuse'])
    expect(about({ [id]: { clock: { period: 'PT1H' } } })).toEqual([`purposes.${id}.clock: ${kept}`])
  expect(about({ purchase: { clock: { period: 'P0D' } } })).toEqual([
    'purposes.purchase.clock: the program needs at least 1 day to do what it must',
  ])
})

test.each(['P', 'PT', '60D', 'P5', 'P-1D', 'P1W', 'P99999999Y', 'P1.5D', ''])('%j is no period', (period) => {
  expect(about({ purchase: { clock: { period } } })).toEqual([
    'purposes.purchase.clock.period: must be a period such as P60D, P10Y or PT12H',
  ])
})

test('a partner gets only what one of its purposes needs', () => {
  expect(withRow({ purposes: ['fulfilment'], fields: ['name', 'street', 'email'] })).toEqual([
    'recipients.carrier.fields.email: none of its purposes needs this',
  ])
  expect(withRow({ purposes: ['selling'] })).toEqual(['recipients.carrier.purposes: there is no purpose selling'])
  expect(withRow({ purposes: ['abuse'], fields: ['ipAddress'] })).toEqual([
    'recipients.carrier.purposes: nothing may be passed on for abuse',
  ])
  expect(withRow({ purposes: ['survey'] })).toEqual([
    'recipients.carrier.purposes: for survey a partner must act on your instructions only',
  ])
  expect(withRow({ kind: 'data broker' })).toEqual([
    'recipients.carrier.kind: must be "card processor" or "mail host" or "carrier"',
  ])
})

test('a partner without a promise that ends is no partner', () => {
  const { periodFromFirstStart: _, ...endless } = processor?.commitment ?? { document: '', hash: '' }
  expect(withRow({ commitment: endless })).toEqual([
    'recipients.carrier.commitment: needs an end, by date or by period',
  ])
  expect(withRow({ commitment: { ...endless, until: 'soon' } })).toEqual([
    'recipients.carrier.commitment.until: must be a date such as 2027-01-31',
  ])
  expect(withRow({ commitment: { ...endless, hash: 'abc', until: '2027-01-31' } })).toEqual([
    'recipients.carrier.commitment.hash: must be the SHA-256 of the document, 64 characters of 0-9 and a-f',
  ])
  expect(withRow({ commitment: undefined })).toEqual(['recipients.carrier.commitment: is missing'])
})

test('the register must have those that the program itself needs, each once', () => {
  expect(faults({ recipients: [mailHost] })).toEqual([
    'recipients.processor: must be in the register for purpose purchase',
    'recipients.processor: must be in the register for purpose refunds',
  ])
  expect(faults({ recipients: [processor, { ...mailHost, purposes: ['purchase', 'refunds'] }] })).toEqual([
    'recipients.mailHost.fields.name: none of its purposes needs this',
    'recipients.mailHost: must be in the register for purpose registration',
    'recipients.mailHost: must be in the register for purpose rights',
    'recipients.mailHost: must be in the register for purpose enquiry',
    'recipients.mailHost: must be in the register for purpose support',
    'recipients.mailHost: must be in the register for purpose correspondence',
    'recipients.mailHost: must be in the register for purpose campaignMail',
    'recipients.mailHost: must be in the register for purpose survey',
  ])
  expect(faults({ recipients: [...shipped.recipients, processor] })).toEqual([
    'recipients.stripe: stands in the register twice',
  ])
  expect(faults({ recipients: [{ ...processor, kind: 'carrier' }, mailHost] })).toEqual([
    'recipients.stripe.kind: must be card processor, since the program uses it as one',
  ])
  expect(faults({ recipients: [] })).toEqual(['recipients: must not be empty'])
})

const size = {
  label: { en: 'Shirt size' },
  part: 'preferences',
  input: 'text',
  autocomplete: 'off',
  maxLength: 10,
} as const
const shirt = {
  title: { en: 'To send you a shirt' },
  sentence: { en: 'We use this to send a shirt to people who found a mistake.' },
  basis: 'consent',
  class: 'relation',
  clock: { from: 'asked', period: 'P30D' },
  fields: {
    shirtSize: { need: 'required', why: { en: 'So that it fits.' }, declining: { en: 'Without it we send none.' } },
  },
  intake: [{ en: 'your mail' }],
  openers: ['desk'],
} as const

test('a vendor may add fields and purposes of its own', () => {
  expect(faults({ addedFields: { shirtSize: size }, addedPurposes: { shirts: shirt } })).toEqual([])
})

test('what a vendor adds cannot take the place of what is shipped, nor name what nobody can ask for', () => {
  expect(faults({ addedFields: { email: size } })).toEqual(['addedFields.email: there is a shipped field of this name'])
  expect(faults({ addedFields: { 'shirt size': size } })).toEqual([
    'addedFields.shirt size: must be one word that begins with a small letter',
  ])
  expect(faults({ addedFields: { shirtSize: size }, addedPurposes: { purchase: shirt } })).toEqual([
    'addedPurposes.purchase: this name is taken',
  ])
  expect(faults({ addedFields: { shirtSize: size }, addedPurposes: { cookies: shirt } })).toEqual([
    'addedPurposes.cookies: this name is taken',
  ])
  expect(faults({ addedPurposes: { shirts: shirt } })).toEqual([
    'addedPurposes.shirts.fields.shirtSize: there is no field of this name that a form can ask for',
  ])
  const address = { ...shirt, fields: { ipAddress: shirt.fields.shirtSize } }
  expect(faults({ addedPurposes: { shirts: address } })).toEqual([
    'addedPurposes.shirts.fields.ipAddress: there is no field of this name that a form can ask for',
  ])
})

test('a purpose of a vendor’s own cannot stand where another clause of the page stands', () => {
  const words = anchors(higosoft()).filter((anchor) => !anchor.includes('-'))
  for (const id of words)
    expect(faults({ addedFields: { shirtSize: size }, addedPurposes: { [id]: shirt } })).toEqual([
      `addedPurposes.${id}: this name is taken`,
    ])
})

test('card data has no place anywhere in a policy', () => {
  const no = 'card data has no place in a policy'
  expect(about({ purchase: { fields: { cardNumber: { need: 'optional' } } } })).toEqual([
    `purposes.purchase.fields.cardNumber: ${no}`,
  ])
  expect(withRow({ fields: ['cardExpiry'] })).toEqual([`recipients.carrier.fields.cardExpiry: ${no}`])
  expect(faults({ cardNumber: {} })).toEqual([`cardNumber: ${no}`])
  expect(faults({ addedFields: { pan: { ...size, autocomplete: 'cc-number' } } })).toEqual([`addedFields.pan: ${no}`])
  expect(faults({ addedFields: { pan: { ...size, autocomplete: 'section-a cc-exp' } } })).toEqual([
    `addedFields.pan: ${no}`,
  ])
  expect(faults({ addedFields: { number: { ...size, label: { en: 'Credit card' } } } })).toEqual([
    `addedFields.number: ${no}`,
  ])
})

test('what has no place is named, also in a prototype', () => {
  expect(faults({ retention: 'P1Y' })).toEqual(['retention: there is no place for this here'])
  expect(effectivePolicy(JSON.parse(`{"__proto__": ${JSON.stringify(shipped)}}`))).toMatchObject({ ok: false })
})

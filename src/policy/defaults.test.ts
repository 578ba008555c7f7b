import { expect, expectTypeOf, test } from 'vitest'
import { higosoft } from '../../test/policy.ts'
import { defaults, type Field, type FieldOf, type FieldsOf, type Purpose } from './defaults.ts'
import type { PolicySource, PurposeSource } from './types.ts'

const purposes: Readonly<Record<string, PurposeSource>> = defaults.purposes

test('what the program cannot do without is always there for its purpose, and all else may be absent', () => {
  expectTypeOf<FieldsOf<'purchase'>['email']>().toEqualTypeOf<string>()
  expectTypeOf<FieldsOf<'fulfilment'>['street' | 'city' | 'country']>().toEqualTypeOf<string>()
  expectTypeOf<FieldsOf<'fulfilment'>['telephone']>().toEqualTypeOf<string | undefined>()
  expectTypeOf<FieldsOf<'registration'>['name']>().toEqualTypeOf<string | undefined>()
  expectTypeOf<FieldOf<'tax'>>().toEqualTypeOf<'country'>()
  expectTypeOf<FieldOf<'signIn'>>().toEqualTypeOf<never>()
})

test('a purpose cannot see a field that it does not need', () => {
  // @ts-expect-error a download is sold without a postal address
  expectTypeOf<FieldsOf<'purchase'>['street']>().toBeString()
  // @ts-expect-error tax never sees an e-mail address
  expectTypeOf<FieldsOf<'tax'>['email']>().toBeString()
})

test('card data cannot be named: it is no field, and a policy with it does not compile', () => {
  // @ts-expect-error there is no such field
  const field: Field = 'cardNumber'
  // @ts-expect-error there is no such purpose
  const purpose: Purpose = 'sale'
  const cards = {
    purchase: { ...defaults.purposes.purchase, fields: { cardNumber: { need: 'required', why: { en: '' } } } },
  } as const
  // @ts-expect-error a purpose can name fields of the list only
  const policy: PolicySource<Field> = { ...defaults, purposes: cards }
  expect([field, purpose, policy]).toHaveLength(3)
  const listed = defaults.processorOnly.map((row) => row.label.en)
  expect(listed).toEqual(['Card number', 'Card expiry date'])
  expect(Object.values(defaults.fields).filter((row) => /card|expiry/i.test(row.label.en))).toEqual([])
  expect(Object.values(defaults.fields).filter((row) => row.autocomplete.startsWith('cc-'))).toEqual([])
})

test('the purposes of this release are built, and a vendor can switch off all but those that a shop cannot be without', () => {
  const built = Object.entries(purposes).filter(([, purpose]) => purpose.built)
  expect(built.map(([id]) => id)).toEqual([
    'purchase',
    'fulfilment',
    'registration',
    'refunds',
    'tax',
    'rights',
    'signIn',
    'abuse',
    'enquiry',
    'support',
    'correspondence',
    'campaignMail',
    'campaignPost',
    'campaignTelephone',
    'survey',
    'statistics',
  ])
  const needed = ['purchase', 'fulfilment', 'refunds', 'tax', 'rights', 'signIn', 'abuse']
  expect(built.filter(([, purpose]) => !purpose.canBeOff).map(([id]) => id)).toEqual(needed)
})

test('every field that is asked says what will not work without it, or that all works', () => {
  const silent = Object.entries(purposes).flatMap(([id, purpose]) =>
    purpose.takesFrom
      ? []
      : Object.entries(purpose.fields).flatMap(([field, use]) =>
          use?.declining || isMade(field) ? [] : [`${id}.${field}`],
        ),
  )
  expect(silent).toEqual([])
})

test('what a purpose takes from others is only what those ask', () => {
  const { takesFrom, fields } = purposes['registration'] as PurposeSource
  const asked = new Set((takesFrom ?? []).flatMap((id) => Object.keys(purposes[id]?.fields ?? {})))
  expect(Object.keys(fields).filter((field) => !asked.has(field))).toEqual([])
})

test('three cookies are registered: that of the staff, and two that a visitor chooses; their names bind them to this server', () => {
  const names = ['__Host-avow-staff', '__Host-avow-uncounted', '__Host-avow-known']
  expect(defaults.cookies.map((cookie) => cookie.name)).toEqual(names)
  const [staff, ...chosen] = defaults.cookies
  expect(staff).toMatchObject({ path: '/', seconds: 43_200, lifetime: { en: '12 hours' } })
  expect(staff).not.toHaveProperty('sameSite')
  // Thirteen months are at least 396 days; a cookie that lasts longer than it says would be a lie.
  for (const cookie of chosen)
    expect(cookie).toMatchObject({ path: '/', seconds: 395 * 86_400, of: 'statistics', lifetime: { en: '13 months' } })
})

test('a vendor that does not count has no cookies for it', () => {
  const names = higosoft({ purposes: { statistics: { off: true } } }).cookies.map((cookie) => cookie.name)
  expect(names).toEqual(['__Host-avow-staff'])
})

test('no sentence claims that data is anonymised or sells anything', () => {
  expect(JSON.stringify(defaults)).not.toMatch(/anonymi[sz]|best-in-class|seamless|solution/i)
})

function isMade(field: string): boolean {
  return defaults.fields[field as Field].input === 'made'
}

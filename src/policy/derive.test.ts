import { expect, test } from 'vitest'
import { higosoft } from '../../test/policy.ts'
import { defaults, type Field, type Purpose } from './defaults.ts'
import { clockOf, formFor, mayReveal } from './derive.ts'
import type { VendorPolicy } from './vendor.ts'

const download: Purpose[] = ['purchase', 'refunds', 'tax']
const box: Purpose[] = ['purchase', 'fulfilment', 'refunds', 'tax']
const policy = higosoft()
const names = (purposes: Purpose[], edits?: VendorPolicy['purposes']): Field[] =>
  formFor(higosoft({ purposes: edits }), purposes).map((field) => field.name)
const field = (name: Field, purposes: Purpose[], edits?: VendorPolicy['purposes']) =>
  formFor(higosoft({ purposes: edits }), purposes).find((one) => one.name === name)

test('a download asks for an e-mail address and a country, and for nothing else', () => {
  expect(names(download)).toEqual(['email', 'country'])
  expect(formFor(policy, download).every((one) => one.required)).toBe(true)
})

test('a box asks for seven fields at most, always in the same order, each with its autocomplete token', () => {
  expect(names(box)).toEqual(['email', 'name', 'street', 'postcode', 'city', 'country', 'telephone'])
  expect(names([...box].reverse())).toEqual(names(box))
  const tokens = formFor(policy, box).map((one) => one.autocomplete)
  expect(tokens).toEqual(['email', 'name', 'street-address', 'postal-code', 'address-level2', 'country', 'tel'])
  const free = formFor(policy, box).filter((one) => !one.required)
  expect(free.map((one) => one.name)).toEqual(['postcode', 'telephone'])
  expect(free.every((one) => one.declining !== undefined)).toBe(true)
})

test('every field says why it is asked, how long it is kept and which clause says so', () => {
  for (const one of formFor(policy, box)) {
    expect(one.why).toMatch(/^[A-Z].*\.$/)
    expect(one.kept).toMatch(/^kept until /)
    expect(one.clause.number).toBeGreaterThan(0)
  }
})

test('a field tells the time of every purpose that keeps it, also of the registration that asks nothing itself', () => {
  expect(field('email', download)?.kept).toBe(
    'kept until 60 days after delivery, and to know you as the owner of your copy until you give it up or have it erased',
  )
  expect(field('email', download, { registration: { off: true } })?.kept).toBe('kept until 60 days after delivery')
  expect(field('country', download)?.kept).toBe('kept until 10 years after the end of the year of the sale')
  expect(field('country', box)?.kept).toBe(
    'kept until 60 days after delivery, and to account for tax until 10 years after the end of the year of the sale',
  )
  expect(field('telephone', box)?.kept).toBe('kept until 60 days after delivery')
})

test('the registration asks nothing beside an order, and alone no more than it must', () => {
  expect(names(['registration'])).toEqual(['email', 'name'])
  expect(formFor(policy, ['registration'])).toMatchObject([{ required: true }, { required: false }])
  expect(names([...download, 'registration'])).toEqual(names(download))
})

test('an address typed to see one’s data is not kept', () => {
  expect(formFor(policy, ['rights'])).toMatchObject([
    { name: 'email', required: true, kept: 'not kept', clause: { anchor: 'rights' } },
  ])
})

test('required wins where one purpose requires what another leaves free', () => {
  expect(field('country', ['fulfilment', 'tax'])?.required).toBe(true)
})

test('a field that the vendor makes optional is optional, and says that all works without it', () => {
  const edited = field('name', box, { fulfilment: { fields: { name: { need: 'optional' } } } })
  expect(edited).toMatchObject({ required: false, declining: 'Everything works without it.' })
  const said = field('name', box, {
    fulfilment: { fields: { name: { need: 'optional', declining: { en: 'The box then goes to the address.' } } } },
  })
  expect(said?.declining).toBe('The box then goes to the address.')
})

test('what the program makes itself stands on no form', () => {
  const everything = Object.keys(defaults.purposes) as Purpose[]
  expect(names(everything)).not.toContain('licenceKey')
  expect(names(everything)).not.toContain('ipAddress')
})

test('a purpose that is off asks nothing, opens nothing and has no clock', () => {
  const off: Purpose[] = ['enquiry', 'support', 'survey']
  const quiet = higosoft({ purposes: { enquiry: { off: true }, support: { off: true }, survey: { off: true } } })
  expect(formFor(quiet, off)).toEqual([])
  expect(mayReveal(quiet).filter((row) => off.includes(row.purpose))).toEqual([])
  expect(() => clockOf(quiet, 'survey')).toThrow('this purpose is off')
})

test('a survey is answered in a class of its own, and invites by an address that lies in another', () => {
  const rows = mayReveal(policy).filter((row) => row.purpose === 'survey')
  expect(rows.map((row) => `${row.class} ${row.part} ${row.fields.join(',')}`)).toEqual([
    'answer contact email',
    'answer message answers',
    'relation contact email',
    'relation message ',
  ])
})

test('a purpose opens only what its fields lie in', () => {
  const rows = mayReveal(policy)
  const parts = (purpose: Purpose) =>
    rows.filter((row) => row.purpose === purpose).map((row) => `${row.class} ${row.part} ${row.fields.join(',')}`)
  expect(parts('purchase')).toEqual(['contract contact email', 'contract licence licenceKey', 'contract message '])
  expect(parts('fulfilment')).toEqual([
    'contract identity name',
    'contract address street,postcode,city,country',
    'contract contact telephone',
  ])
  expect(parts('tax')).toEqual(['tax address country'])
  expect(parts('registration')).toEqual([
    'relation contact email',
    'relation identity name',
    'relation address street,postcode,city',
    'relation licence licenceKey',
    'relation message ',
  ])
  expect(parts('refunds')).toEqual(['contract message processorMessage'])
  expect(parts('signIn')).toEqual([])
})

test('what lives in memory only can be opened by nobody', () => {
  expect(
    mayReveal(policy).filter(
      (row) => row.part === 'network' || row.purpose === 'abuse' || row.purpose === 'statistics',
    ),
  ).toEqual([])
})

test('the person may open all of their own, and no two rows say the same', () => {
  const rows = mayReveal(policy)
  const groups = new Set(rows.map((row) => `${row.class} ${row.part}`))
  const own = rows.filter((row) => row.purpose === 'rights').map((row) => `${row.class} ${row.part}`)
  expect(new Set(own)).toEqual(groups)
  expect(new Set(rows.map((row) => `${row.purpose} ${row.class} ${row.part}`)).size).toBe(rows.length)
})

test('with the registration off the lasting class is opened for what the person agreed to, and by the person', () => {
  const rows = mayReveal(higosoft({ purposes: { registration: { off: true } } }))
  expect(rows.filter((row) => row.purpose === 'registration')).toEqual([])
  const lasting = rows.filter((row) => row.class === 'relation' && !/^(campaign|survey)/.test(row.purpose))
  expect([...new Set(lasting.map((row) => row.purpose))]).toEqual(['rights'])
})

test('a shortened clock is the clock', () => {
  expect(clockOf(policy, 'purchase')).toEqual({ from: 'delivered', period: 'P60D' })
  expect(clockOf(higosoft({ purposes: { purchase: { clock: { period: 'P30D' } } } }), 'purchase')).toEqual({
    from: 'delivered',
    period: 'P30D',
  })
})

test('a vendor’s own purpose has its form and its row like any other', () => {
  const own = higosoft({
    addedFields: {
      shirtSize: {
        label: { en: 'Shirt size' },
        part: 'preferences',
        input: 'text',
        autocomplete: 'off',
        maxLength: 10,
      },
    },
    addedPurposes: {
      shirts: {
        title: { en: 'To send you a shirt' },
        sentence: { en: 'We send a shirt to people who found a mistake.' },
        basis: 'consent',
        class: 'relation',
        clock: { from: 'asked', period: 'P30D' },
        fields: {
          shirtSize: {
            need: 'optional',
            why: { en: 'So that it fits.' },
            declining: { en: 'Without it you get a large one.' },
          },
        },
        intake: [{ en: 'your mail' }],
        openers: ['desk'],
      },
    },
  })
  const shirts = 'shirts' as Purpose
  expect(formFor(own, [shirts])).toMatchObject([
    { name: 'shirtSize', required: false, kept: 'kept until 30 days after you asked', clause: { anchor: 'shirts' } },
  ])
  expect(
    mayReveal(own)
      .filter((row) => row.part === 'preferences')
      .map((row) => row.purpose),
  ).toEqual(['shirts', 'rights'])
  expect(formFor(own, box)).toEqual(
    formFor(policy, box).map((one, index) => ({ ...one, clause: formFor(own, box)[index]?.clause })),
  )
})

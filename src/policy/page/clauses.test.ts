import fc from 'fast-check'
import { expect, test } from 'vitest'
import { policy as shipped } from '../../../examples/higosoft/policy.ts'
import { higosoft } from '../../../test/policy.ts'
import { clauses, policyHash } from './clauses.ts'
import type { Field } from '../defaults.ts'
import { difference } from './difference.ts'
import { anchors, clauseFor } from './anchors.ts'
import { recordOfProcessing } from './record.ts'
import type { Policy, VendorPolicy } from '../vendor.ts'

const policy = higosoft()
const said = (of: Policy, anchor: string): string =>
  clauses(of)
    .find((clause) => clause.anchor === anchor)
    ?.sentences.join('\n') ?? ''
const page = (of: Policy): string =>
  clauses(of)
    .map((clause) => [clause.title, ...clause.sentences].join('\n'))
    .join('\n\n')
const edited = (purposes: VendorPolicy['purposes']): Policy => higosoft({ purposes })

test('every clause has a number and an anchor of its own, and a stamp finds each', () => {
  for (const of of [
    policy,
    edited({ registration: { off: true } }),
    higosoft({ recipients: [...shipped.recipients].reverse() }),
  ]) {
    const all = clauses(of)
    expect(all.map((clause) => clause.anchor)).toEqual(anchors(of))
    expect(new Set(all.map((clause) => clause.anchor)).size).toBe(all.length)
    for (const { number, anchor } of all) expect(clauseFor(of, anchor)).toEqual({ number, anchor })
  }
  expect(() => clauseFor(edited({ survey: { off: true } }), 'survey')).toThrow('no clause survey')
})

test('every field of every live purpose is explained where the purpose is', () => {
  for (const purpose of Object.values(policy.purposes))
    for (const [field, use] of Object.entries(purpose.fields)) {
      expect(said(policy, purpose.id)).toContain(policy.fields[field as Field].label.en)
      expect(said(policy, purpose.id)).toContain(use.why.en)
    }
})

test('the page says what the law asks for', () => {
  expect(said(policy, 'who')).toContain('Higosoft Studio, Kraanlei 12, 9000 Gent, Belgium')
  expect(said(policy, 'who')).toContain('privacy@higosoft.example')
  expect(said(policy, 'purchase')).toContain('Passed on: e-mail and licence key to Postbode Mail.')
  expect(said(policy, 'fulfilment')).toContain('Passed on to nobody.')
  expect(said(policy, 'tax')).toContain('because the law requires it')
  expect(said(policy, 'partner-stripe')).toContain('nothing that says who you are')
  expect(said(policy, 'partner-mailHost')).toContain('only on our instructions')
  expect(said(policy, 'cards')).toContain('Card number: Typed at the card processor. It never reaches us.')
  expect(said(policy, 'rights-of-yours')).toContain('We answer within a month.')
  expect(said(policy, 'children')).toBe(shipped.audience.en)
  expect(said(policy, 'transfers')).toBe(shipped.transfers.en)
  expect(said(policy, 'authority')).toContain(shipped.authority.web)
})

test('every registered cookie is explained, and no other', () => {
  const named = said(policy, 'cookies').match(/__Host-[a-z-]+/g)
  expect(named).toEqual(policy.cookies.map((cookie) => cookie.name))
})

test('what is switched off is not spoken of, and nothing is called anonymised', () => {
  const quiet = edited({ survey: { off: true }, campaignMail: { off: true }, campaignPost: { off: true } })
  expect(page(policy)).toMatch(/survey/i)
  expect(page(quiet)).not.toMatch(/To learn from a survey|news by e-mail|news by post/)
  expect(page(policy)).not.toMatch(/newsletter|ticket|anonymi[sz]ed/i)
})

test('sentences are whole, and none speaks the language of the workshop', () => {
  for (const { anchor, sentences } of clauses(policy))
    for (const sentence of sentences) expect(`${anchor}: ${sentence}`).toMatch(/: .+[.)]$/s)
  expect(page(policy)).not.toMatch(
    /vault|\bdoor|\bfold\b|\bdeed|\bbasis|horizon|disclosure|capability|epoch|undefined|\[object/i,
  )
})

test('a shortened clock moves the page', () => {
  const short = edited({ purchase: { clock: { period: 'P30D' } } })
  expect(said(short, 'purchase')).toContain('This is kept until 30 days after delivery.')
  expect(difference(clauses(policy), clauses(short))).toEqual([
    {
      anchor: 'purchase',
      title: 'To sell you what you order',
      was: ['This is kept until 60 days after delivery.'],
      is: ['This is kept until 30 days after delivery.'],
    },
  ])
})

test('a lengthened clock says why', () => {
  const long = edited({ purchase: { clock: { period: 'P90D', reason: 'our bank lets buyers dispute for 90 days.' } } })
  expect(said(long, 'purchase')).toContain(
    'This is longer than the usual 60 days, because our bank lets buyers dispute for 90 days.\n',
  )
  const short = edited({ purchase: { clock: { period: 'P30D', reason: 'we do not need it longer' } } })
  expect(said(short, 'purchase')).not.toContain('longer')
})

test('a reworded sentence is one sentence of difference', () => {
  const words = { en: 'Where the parcel goes.' }
  expect(difference(clauses(policy), clauses(edited({ fulfilment: { sentence: words } })))).toEqual([
    {
      anchor: 'fulfilment',
      title: 'To post your box',
      was: ['We use this to address the parcel. Only an order with a box asks for it.'],
      is: ['Where the parcel goes.'],
    },
  ])
})

test('a field made optional says so on the page', () => {
  const eased = edited({ fulfilment: { fields: { name: { need: 'optional' } } } })
  expect(said(policy, 'fulfilment')).toContain('Name: Goes on the parcel')
  expect(said(eased, 'fulfilment')).toContain('Name (optional): Goes on the parcel')
  expect(said(eased, 'fulfilment')).not.toContain('nobody else. Without it we cannot')
})

test('a purpose that is switched off is gone from the page and from the record', () => {
  const off = edited({ registration: { off: true } })
  expect(said(off, 'registration')).toBe('')
  expect(page(off)).not.toContain('as the owner')
  expect(recordOfProcessing(off).map((row) => row.purpose)).toEqual(
    recordOfProcessing(policy)
      .map((row) => row.purpose)
      .filter((id) => id !== 'registration'),
  )
  const gone = difference(clauses(policy), clauses(off)).find((change) => change.anchor === 'registration')
  expect(gone?.was[0]).toBe('To know you as the owner of your copy')
  expect(gone?.is).toEqual([])
})

test('a new partner is announced where it stands and where it receives', () => {
  const carrier = {
    ...shipped.recipients[0],
    id: 'carrier',
    name: 'Fietskoerier',
    kind: 'carrier',
    purposes: ['fulfilment'],
    fields: ['name', 'street', 'city', 'country'],
    values: [],
  }
  const more = higosoft({ recipients: [...shipped.recipients, carrier] as VendorPolicy['recipients'] })
  const changed = difference(clauses(policy), clauses(more)).map((change) => change.anchor)
  expect(changed).toEqual(['fulfilment', 'partner-carrier'])
  expect(said(more, 'fulfilment')).toContain(
    'Passed on: name, street and number, town or city (and state) and country to Fietskoerier.',
  )
})

test('a partner for something that is not in use gets nothing yet, and the page says that', () => {
  const printer = {
    ...shipped.recipients[0],
    id: 'printer',
    kind: 'carrier',
    purposes: ['campaignPost'],
    fields: [],
    values: [],
    onInstructions: true,
  }
  const more = higosoft({
    purposes: { campaignPost: { off: true } },
    recipients: [...shipped.recipients, printer] as VendorPolicy['recipients'],
  })
  expect(said(more, 'partner-printer')).toContain('It gets nothing yet')
})

test('the record of processing names each purpose with ground, time and receivers', () => {
  const record = recordOfProcessing(policy)
  expect(record.map((row) => row.purpose)).toEqual(Object.keys(policy.purposes))
  expect(record.find((row) => row.purpose === 'purchase')).toMatchObject({
    basis: 'contract',
    fields: ['email', 'licenceKey'],
    kept: 'kept until 60 days after delivery',
    recipients: expect.arrayContaining([
      { name: 'Postbode Mail', country: 'Belgium' },
      { name: 'Paddle', country: 'United Kingdom' },
      { name: 'Zegelkas', country: 'Belgium' },
      { name: 'Stripe', country: 'Ireland' },
    ]) as unknown,
  })
})

test('equal policies differ in nothing', () => {
  expect(difference(clauses(policy), clauses(higosoft()))).toEqual([])
  expect(policyHash(policy)).toBe(policyHash(higosoft()))
})

test('the order in which a vendor wrote things down changes nothing', () => {
  const turned = higosoft({ recipients: [...shipped.recipients].reverse() })
  expect(clauses(turned)).toEqual(clauses(policy))
  expect(policyHash(turned)).toBe(policyHash(policy))
})

test('a clause that only moved is no difference', () => {
  const moved = clauses(policy)
    .toReversed()
    .map((clause, index) => ({ ...clause, number: index + 1 }))
  expect(difference(clauses(policy), moved)).toEqual([])
})

test('a new version is due exactly when there is something to show', () => {
  const edit = fc.record(
    {
      purchase: fc.record(
        {
          clock: fc.record({
            period: fc.constantFrom('P60D', 'P30D', 'P2M', 'P1M'),
            reason: fc.constant('it is only a test'),
          }),
        },
        { requiredKeys: [] },
      ),
      fulfilment: fc.record(
        {
          sentence: fc.record({ en: fc.constantFrom('One.', 'Two.') }),
          fields: fc.record({ name: fc.record({ need: fc.constantFrom('required' as const, 'optional' as const) }) }),
        },
        { requiredKeys: [] },
      ),
      registration: fc.constantFrom({}, { off: true as const }),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(edit, edit, (before, now) => {
      const [was, is] = [edited(before), edited(now)]
      const changed = difference(clauses(was), clauses(is)).length > 0
      expect(policyHash(was) !== policyHash(is)).toBe(changed)
    }),
  )
})

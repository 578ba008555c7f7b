import { describe, expect, test } from 'vitest'
import { higosoft } from '../../test/policy.ts'
import { countries } from '../../test/web.ts'
import { formFor } from '../policy/index.ts'
import { fill, printableLines } from './fill.ts'

const box = formFor(higosoft(), ['purchase', 'fulfilment', 'tax'])
const ada = {
  email: 'ada@example.org',
  name: 'Ada Lovelace',
  street: 'Kraanlei 12\r\nbox 3',
  postcode: '9000',
  city: 'Gent',
  country: 'BE',
}
const sent = { ...ada, notice: '3' }
const read = (edits: Record<string, string | string[]>) => fill(box, { ...sent, ...edits }, { notice: 3, countries })

function refused(edits: Record<string, string | string[]>) {
  const filled = read(edits)
  if (filled.ok) throw new Error('was accepted')
  return filled
}

describe('a form is accepted', () => {
  test('with every field as it was typed, an empty optional one left out', () => {
    const filled = read({ telephone: ' ' })
    expect(filled).toEqual({ ok: true, also: {}, value: { ...ada, street: 'Kraanlei 12\nbox 3' } })
  })

  test('with names in any script, right to left and emoji included, kept exactly', () => {
    for (const name of ['علي \u200Fبن', 'אדה', '山田 太郎', 'Zoë 🦊👩‍🚀', "O'Brien <b>&amp;", '\u202Eada\u202C']) {
      const filled = read({ name })
      expect(filled.ok && filled.value.name).toBe(name)
    }
  })

  test('with addresses of other scripts and new domains', () => {
    for (const email of [
      'ada+box@example.museum',
      'अदा@उदाहरण.भारत',
      "o'brien@xn--bcher-kva.example",
      ' bela@example.org ',
    ])
      expect(read({ email }).ok).toBe(true)
  })

  test("with the room's own names, handed over apart", () => {
    const filled = fill(box, { ...sent, order: 'H-1', act: 'token' }, { notice: 3, countries, also: ['order', 'note'] })
    expect(filled.ok && filled.also).toEqual({ order: 'H-1', note: '' })
  })
})

describe('a form is refused', () => {
  test('when another version of the policy was shown beside the fields, or none, with everything still there', () => {
    for (const notice of ['2', '4', '', '3 ']) {
      const { errors, values } = refused({ notice })
      expect(Object.keys(errors)).toEqual(['form'])
      expect(values['name']).toBe(ada.name)
    }
    expect(fill(box, ada, { notice: 3, countries }).ok).toBe(false)
  })

  test('when it has a field more than was asked, without repeating its name', () => {
    const { errors } = refused({ birthday: '1815-12-10' })
    expect(Object.keys(errors)).toEqual(['form'])
    expect(errors['form']).not.toContain('birthday')
  })

  test('when a required field is empty, with everything else still there', () => {
    const { errors, values } = refused({ city: '  ' })
    expect(Object.keys(errors)).toEqual(['city'])
    expect(values['name']).toBe('Ada Lovelace')
  })

  test.each(['a\u0000b', 'a\tb', 'a\nb', 'a\u007Fb', 'a\u0085b', 'a\uFFFDb', 'a\uD800b', 'a\u2028b'])(
    'when a name holds something unprintable: %j',
    (name) => {
      const { errors, values } = refused({ name })
      expect(Object.keys(errors)).toEqual(['name'])
      expect(values['name']).toBe('ab')
    },
  )

  test('when a megabyte is typed into one field, which comes back short and never with half a character', () => {
    const { errors, values } = refused({ name: '🦊'.repeat(300_000) })
    expect(errors['name']).toContain('600000')
    expect(values['name']).toBe('🦊'.repeat(100))
  })

  test.each([
    'ada',
    'ada@',
    '@example.org',
    'ada@localhost',
    'a b@example.org',
    'ada@-a.example',
    'ada@exa..mple',
    'ada@example.org,bela@example.org',
    `${'a'.repeat(65)}@example.org`,
  ])('when the e-mail cannot be one: %s', (email) => expect(Object.keys(refused({ email }).errors)).toEqual(['email']))

  test('when a country is not one of the list, a telephone has letters, or a field comes twice', () => {
    expect(Object.keys(refused({ country: 'XX', telephone: 'call me', name: ['Ada', 'Bela'] }).errors).sort()).toEqual([
      'country',
      'name',
      'telephone',
    ])
  })
})

test('a text that is no field loses what nobody sees, and keeps its lines and what stands between its words', () => {
  expect(printableLines('one\r\ntwo\rthree\tfour')).toBe('one\ntwo\nthree four')
  expect(printableLines('a\u0000\u0007b\uD800\uFFFD\u2028\u2029c')).toBe('abc')
  expect(printableLines('Zoë 😀')).toBe('Zoë 😀')
})

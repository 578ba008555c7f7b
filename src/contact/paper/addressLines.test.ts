import { expect, test } from 'vitest'
import { ADDRESSES, COUNTRIES } from '../../../test/addresses.ts'
import { addressLines } from './addressLines.ts'

const ada = { name: 'Ada Quill', street: 'Kraanlei 1\n2nd floor', postcode: '9000', city: 'Gent', country: 'BE' }

test.each([
  ['BE', ['Ada Quill', 'Kraanlei 1', '2nd floor', '9000 Gent']],
  ['GB', ['Ada Quill', 'Kraanlei 1', '2nd floor', 'Gent', '9000', 'UNITED KINGDOM']],
  ['HU', ['Ada Quill', 'Gent', 'Kraanlei 1', '2nd floor', '9000', 'HUNGARY']],
  ['JP', ['Ada Quill', 'Kraanlei 1', '2nd floor', 'Gent', '9000', 'JAPAN']],
  ['SE', ['Ada Quill', 'Kraanlei 1', '2nd floor', 'SE-9000 Gent', 'SWEDEN']],
])('an address in %s has its lines in the order that is usual there', (country, lines) => {
  expect(addressLines({ ...ada, country }, 'BE')).toEqual(lines)
})

test('the country stands on its own line in capitals, and only abroad', () => {
  expect(addressLines(ada, 'BE')).not.toContain('BELGIUM')
  expect(addressLines(ada, 'NL').at(-1)).toBe('BELGIUM')
  expect(addressLines({ ...ada, country: 'ZZZ' }, 'BE').at(-1)).toBe('ZZZ')
})

test('whatever a country’s form has no place for is still on the paper', () => {
  expect(ADDRESSES.length).toBeGreaterThan(490)
  for (const place of ADDRESSES) {
    const printed = addressLines(place, 'BE').join('\n').toLowerCase()
    const parts = [place.name, ...(place.street ?? '').split('\n'), place.postcode, place.city]
    expect(
      parts.filter((part) => !printed.includes((part ?? '').toLowerCase())),
      place.country,
    ).toEqual([])
  }
  expect(COUNTRIES).toContain('TW')
})

test('a postcode that was typed with its prefix keeps one', () => {
  expect(addressLines({ ...ada, postcode: 'SE-123 45', country: 'SE' }, 'BE')).toContain('SE-123 45 Gent')
})

test('what was typed cannot make lines of its own or turn the direction of others', () => {
  const lines = addressLines({ ...ada, name: 'Mallory\nRoyal Mail\u202e evil\u0007', city: 'Gent\r\nBELGIUM' }, 'BE')
  expect(lines).toEqual(['Mallory Royal Mail evil', 'Kraanlei 1', '2nd floor', '9000 Gent BELGIUM'])
})

test('an address of which little is known is what is known', () => {
  expect(addressLines({ name: 'Ada Quill', country: 'BE' }, 'BE')).toEqual(['Ada Quill'])
  expect(addressLines({}, 'BE')).toEqual([])
})

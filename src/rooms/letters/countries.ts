import type { Country } from '../../web/index.ts'

const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
const letters = Array.from({ length: 26 }, (_, at) => String.fromCharCode(65 + at))
/** Codes that the platform names and that are no place for a letter. */
const NO_PLACE: readonly string[] = ['EU', 'EZ', 'UN', 'XA', 'XB', 'ZZ', 'QO']

/** Every country that a letter can come from, by its English name. Source: ISO 3166, as the platform's own table has it. */
export const countries: readonly Country[] = letters
  .flatMap((first) => letters.map((second) => first + second))
  .flatMap((code) => {
    const name = NO_PLACE.includes(code) ? undefined : names.of(code)
    return name === undefined ? [] : [{ code, name }]
  })
  .toSorted((a, b) => a.name.localeCompare(b.name, 'en'))

import { formatAddress } from 'localized-address-format'

/** Where a letter goes. Shape: `country` ISO 3166 alpha-2; `street` one line or several. */
export type Place = Readonly<Partial<Record<'name' | 'street' | 'postcode' | 'city' | 'country', string | undefined>>>

const countries = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
/** What moves the pen and prints nothing: control marks, marks of direction, joiners. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/**
 * The lines of an address in the order of its country, the country last and in capitals unless the letter stays at home.
 * Nothing that was given is left out, whatever a country's form has no place for.
 *
 * Source: the forms of localized-address-format; Universal Postal Union S42 for the country's line.
 */
export function addressLines(place: Place, home: string): string[] {
  const given = cleaned(place)
  const lines = formatAddress(asked(given), 'latin').map(tidy)
  const abroad = given.country && given.country !== home ? [countryName(given.country).toUpperCase()] : []
  return [...lines, ...missing(lines, given), ...abroad]
}

type Given = Readonly<Record<'name' | 'postcode' | 'city' | 'country', string>> & { readonly street: readonly string[] }

function cleaned({ name, street, postcode, city, country }: Place): Given {
  return {
    name: oneLine(name),
    street: (street ?? '')
      .split(/\r\n|[\n\r\u2028\u2029]/)
      .map(oneLine)
      .filter(Boolean),
    postcode: oneLine(postcode),
    city: oneLine(city),
    country: oneLine(country).toUpperCase(),
  }
}

/** Text as it can stand on one line of paper: composed, white space made plain, unseen marks gone. */
function oneLine(text = ''): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').replace(UNSEEN, '').trim()
}

/** Our one field “town or city (and state)” goes where the country's form has the town, else where it has the state. */
function asked({ name, street, postcode, city, country }: Given): Parameters<typeof formatAddress>[0] {
  const place = {
    ...(country ? { postalCountry: country } : {}),
    ...(name ? { name } : {}),
    ...(street.length > 0 ? { addressLines: [...street] } : {}),
    ...(postcode ? { postalCode: postcode } : {}),
  }
  if (!city) return place
  const asTown = { ...place, locality: city }
  return holds(formatAddress(asTown, 'latin'), city) ? asTown : { ...place, administrativeArea: city }
}

function missing(lines: readonly string[], { postcode, city }: Given): string[] {
  return [postcode, city].filter((part) => part && !holds(lines, part))
}

function holds(lines: readonly string[], part: string): boolean {
  const wanted = part.toLowerCase()
  return lines.some((line) => line.toLowerCase().includes(wanted))
}

/** Some forms write `SE-` before a postcode that people type with it; some begin a line with the comma of the last. */
function tidy(line: string): string {
  return line.replace(/^([A-Z]{2}-)\s*\1/i, '$1').replace(/^, /, '')
}

function countryName(code: string): string {
  return (/^[A-Z]{2}$/.test(code) ? countries.of(code) : undefined) ?? code
}

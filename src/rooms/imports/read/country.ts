const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
const letters = Array.from({ length: 26 }, (_, at) => String.fromCharCode(65 + at))
/** Codes that the platform names and that are no country. */
const NO_COUNTRY: readonly string[] = ['EU', 'EZ', 'UN', 'XA', 'XB', 'ZZ', 'QO']

/** A code that is no longer used is read as the one that took its place. */
function codeOf(code: string): string | undefined {
  const today = new Intl.Locale(`und-${code}`).region ?? code
  return NO_COUNTRY.includes(today) || names.of(today) === undefined ? undefined : today
}

const byName = new Map(
  letters
    .flatMap((first) => letters.map((second) => codeOf(first + second)))
    .flatMap((code) => (code === undefined ? [] : [[plain(names.of(code) ?? ''), code] as const])),
)

/** What reports call some countries beside the platform's own names. */
const OTHERS: Readonly<Record<string, string>> = {
  'united states of america': 'US',
  usa: 'US',
  uk: 'GB',
  'great britain': 'GB',
  england: 'GB',
  'czech republic': 'CZ',
  'the netherlands': 'NL',
  'russian federation': 'RU',
  'south korea': 'KR',
  turkey: 'TR',
}

function plain(name: string): string {
  return name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim()
}

/** The code of a country that a cell names by its code or its English name. Source: ISO 3166, as the platform's own table has it. */
export function countryOf(text: string): string | undefined {
  const code = text.trim().toUpperCase()
  if (OTHERS[plain(text)]) return OTHERS[plain(text)]
  if (/^[A-Z]{2}$/.test(code)) return codeOf(code)
  return byName.get(plain(text))
}

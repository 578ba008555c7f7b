const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
const letters = Array.from({ length: 26 }, (_, at) => String.fromCharCode(65 + at))
const byName = new Map(
  letters
    .flatMap((first) => letters.map((second) => first + second))
    .flatMap((code) => {
      const name = names.of(code)
      return name === undefined ? [] : [[plain(name), code] as const]
    }),
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
  if (/^[A-Z]{2}$/.test(code)) return names.of(code) === undefined ? undefined : code
  return byName.get(plain(text))
}

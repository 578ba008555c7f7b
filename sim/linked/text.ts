/** How a processor writes letters that are not plain. */
export type Charset = 'utf-8' | 'windows-1252'

const BEYOND_LATIN_1 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

function bytesOf(text: string, charset: Charset): Buffer {
  if (charset === 'utf-8') return Buffer.from(text)
  const codes = Array.from(text, (sign) => {
    const at = BEYOND_LATIN_1.indexOf(sign)
    if (at >= 0) return at + 128
    const code = sign.codePointAt(0) ?? 63
    return code < 256 ? code : 63 // a question mark
  })
  return Buffer.from(codes)
}

/** A value as it goes into an address: whatever is no letter or digit as %XX. */
export function percent(text: string, charset: Charset = 'utf-8'): string {
  return bytesOf(text, charset)
    .toString('latin1')
    .replace(/[^A-Za-z0-9]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
}

/** Names and values as a query or a form. */
export function queryOf(pairs: Readonly<Record<string, string>>, charset?: Charset): string {
  return Object.entries(pairs)
    .map(([name, value]) => `${name}=${percent(value, charset)}`)
    .join('&')
}

function placesOf(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
}

/** An amount with a point, for instance `19.00`. Shape: minor units. */
export function decimals(minor: number, currency: string): string {
  const places = placesOf(currency)
  return (minor / 10 ** places).toFixed(places)
}

/** The minor units of a typed amount. Errors: undefined for what is none. */
export function minorOf(text: string, currency: string): number | undefined {
  if (!/^\d{1,9}(\.\d{1,3})?$/.test(text)) return undefined
  return Math.round(Number(text) * 10 ** placesOf(currency))
}

/** An amount of money. Shape: integer minor units (cents); ISO 4217 currency. */
export type Money = { readonly minor: number; readonly currency: string }

const formats = new Map<string, Intl.NumberFormat>()

/** Making a format costs a hundred times what using one does. */
function formatOf(currency: string): Intl.NumberFormat {
  const known = formats.get(currency)
  const format = known ?? new Intl.NumberFormat('en', { style: 'currency', currency })
  if (!known) formats.set(currency, format)
  return format
}

/** Digits after the point of a currency's minor unit. Source: ISO 4217, as the platform's own table has it. */
export function minorDigits(currency: string): number {
  return formatOf(currency).resolvedOptions().maximumFractionDigits ?? 2
}

/** The amount as people read it, for instance `€59.29`. */
export function formatMoney({ minor, currency }: Money): string {
  return formatOf(currency).format(minor / 10 ** minorDigits(currency))
}

/** The amount as somebody would type it, for instance `12.50`: what `readMoney` reads. */
export function typedMoney({ minor, currency }: Money): string {
  const digits = minorDigits(currency)
  return (minor / 10 ** digits).toFixed(digits)
}

/** Reads an amount that somebody typed. Shape: minor units; a point or a comma before the minor unit, none between thousands. Errors: undefined for anything else. */
export function readMoney(typed: string, currency: string): number | undefined {
  const digits = minorDigits(currency)
  const [, whole = '', , part = ''] = /^(\d{1,12})([.,](\d{1,3}))?$/.exec(typed.trim()) ?? []
  if (whole === '' || part.length > digits) return undefined
  return Number(whole + part.padEnd(digits, '0'))
}

/** The minor units of an amount as programs write it. Errors: undefined for anything but digits with a point, and for more places than the currency has. */
export function minorOf(text: string, currency: string): number | undefined {
  const [, whole, part = ''] = /^(\d{1,12})(?:\.(\d{1,4}))?$/.exec(text) ?? []
  const places = minorDigits(currency)
  if (whole === undefined || /[1-9]/.test(part.slice(places))) return undefined
  return Number(whole + part.slice(0, places).padEnd(places, '0'))
}

/**
 * Shares `total` over `weights` so that the shares add up exactly: the largest remainders get what rounding left.
 * Shape: integers; an empty list of weights is refused. Errors: throws when all weights are 0 and the total is not.
 */
export function allocate(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0)
  if (sum === 0) {
    if (total !== 0) throw new RangeError('nothing to share the amount over')
    return weights.map(() => 0)
  }
  const exact = weights.map((weight) => (total * weight) / sum)
  const shares = exact.map(Math.floor)
  let left = total - shares.reduce((all, share) => all + share, 0)
  const byRemainder = exact.map((share, index) => ({ index, remainder: share - Math.floor(share) }))
  byRemainder.sort((a, b) => b.remainder - a.remainder || a.index - b.index)
  for (const { index } of byRemainder) {
    if (left-- <= 0) break
    shares[index] = shares[index]! + 1
  }
  return shares
}

/** The tax contained in a gross amount. Shape: minor units; `rate` in hundredths of a percent (2100 is 21 %). */
export function taxWithin(grossMinor: number, rate: number): number {
  return grossMinor - Math.round((grossMinor * 10_000) / (10_000 + rate))
}

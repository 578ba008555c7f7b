import { taxRate, type Catalogue, type Product } from '../../core/orders/index.ts'
import { formatMoney, taxWithin, type Money } from '../../lib/index.ts'

/** A price of the catalogue as people read it. */
export function price(catalogue: Catalogue, minor: number): string {
  return formatMoney({ minor, currency: catalogue.currency })
}

/** The lowest price of a product; undefined when nothing of it is sold. */
export function lowest(catalogue: Catalogue, product: Product): string | undefined {
  const prices = product.offers.map((offer) => offer.grossMinor)
  return prices.length > 0 ? price(catalogue, Math.min(...prices)) : undefined
}

/** The tax within a total for one country, in words' parts. Shape: undefined when the country has no rate. */
export function taxPart(
  catalogue: Catalogue,
  total: Money,
  where: { country: string; day: string },
): { rate: string; amount: string; country: string } | undefined {
  const rate = taxRate(catalogue, where.country, where.day)
  const name = catalogue.countries.find((country) => country.code === where.country)?.name
  if (!rate || !name) return undefined
  return {
    rate: `${rate / 100}%`,
    amount: formatMoney({ ...total, minor: taxWithin(total.minor, rate) }),
    country: name,
  }
}

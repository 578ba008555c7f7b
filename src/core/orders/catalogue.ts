import { z } from 'zod'

const offer = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  label: z.string().min(1),
  goods: z.enum(['download', 'box']),
  grossMinor: z.int().positive(),
  file: z
    .string()
    .regex(/^[\w.-]+$/)
    .optional(),
})

const product = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  name: z.string().min(1),
  claim: z.string().min(1),
  lede: z.string().min(1),
  platforms: z.string().min(1),
  picture: z
    .strictObject({ file: z.string().regex(/^[\w-]+\.(svg|png|jpg|webp)$/), alt: z.string().min(1) })
    .optional(),
  facts: z.array(z.strictObject({ term: z.string().min(1), text: z.string().min(1) })),
  offers: z.array(offer),
  /** How long updates and help are given: from the purchase on, or from when the serial number of a copy from elsewhere was taken in. */
  support: z
    .string()
    .regex(/^P(?=\d)(\d+Y)?(\d+M)?(\d+D)?$/)
    .optional(),
  trial: z.strictObject({ file: z.string().regex(/^[\w.-]+$/), days: z.int().positive() }).optional(),
})

const catalogue = z.strictObject({
  version: z.string().min(1),
  currency: z.string().length(3),
  products: z.array(product).min(1),
  taxRates: z.array(z.strictObject({ country: z.string().length(2), rate: z.int().nonnegative(), from: z.iso.date() })),
  countries: z.array(z.strictObject({ code: z.string().length(2), name: z.string().min(1) })).min(1),
})

/** What the vendor sells. Shape: prices gross in minor units; rates in hundredths of a percent, dated. */
export type Catalogue = z.infer<typeof catalogue>
/** One thing that is sold. */
export type Product = z.infer<typeof product>
/** One way in which it is sold. */
export type Offer = z.infer<typeof offer>

/** Reads the vendor's catalogue. Errors: answers each fault as a sentence with its place. */
export function readCatalogue(source: unknown): { ok: true; catalogue: Catalogue } | { ok: false; faults: string[] } {
  const read = catalogue.safeParse(source)
  if (!read.success)
    return { ok: false, faults: read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) }
  const ids = read.data.products.flatMap((one) => one.offers.map((sold) => sold.id))
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index)
  const rated = new Set(read.data.taxRates.map((rate) => rate.country))
  const unrated = read.data.countries.filter((country) => !rated.has(country.code))
  const faults = [
    ...twice.map((id) => `offers.${id}: used twice`),
    ...unrated.map((country) => `countries.${country.code}: has no tax rate`),
  ]
  return faults.length > 0 ? { ok: false, faults } : { ok: true, catalogue: read.data }
}

/** An offer with its product; undefined when the catalogue has no such offer. */
export function offerOf(list: Catalogue, offerId: string): { product: Product; offer: Offer } | undefined {
  for (const one of list.products) {
    const found = one.offers.find((sold) => sold.id === offerId)
    if (found) return { product: one, offer: found }
  }
  return undefined
}

/** A product by its id, or by the name under which it was sold. */
export function productOf(list: Catalogue, by: { id: string | null; name: string }): Product | undefined {
  return list.products.find((one) => (by.id === null ? one.name === by.name : one.id === by.id))
}

/** The tax rate of a country on a day. Shape: hundredths of a percent; `day` as `YYYY-MM-DD`. */
export function taxRate(list: Catalogue, country: string, day: string): number | undefined {
  const rates = list.taxRates.filter((rate) => rate.country === country && rate.from <= day)
  return rates.sort((a, b) => (a.from < b.from ? 1 : -1))[0]?.rate
}

/** A file with the key in it, sent along with the key. Shape: `text` is its content with `{KEYS}` where the keys go; `most` in bytes, by the page of the processor that the vendor goes by. */
export type KeyFile = {
  readonly name: string
  readonly type: string
  readonly text: string
  readonly most: 250_000 | 65_535
}

/**
 * How to speak to SWREG. Shape: `page` is the address of its order page, with `{currency}` where usd, gbp or euro goes; more than one secret path, and more than one
 * security value, may be live while they are changed; `refundSecurity` is the account's sales notification address, or its security key.
 */
export type SwregSettings = {
  readonly shop: string
  readonly page: string
  readonly secretPaths: readonly string[]
  readonly refundSecurity: readonly string[]
  /** The processor's product code of an offer, where it is not made from its id. */
  readonly products?: Readonly<Record<string, string>>
  readonly keyLimit?: 250 | 600
  readonly keyFile?: KeyFile
}

const LONGEST_CODE = 20

/**
 * The processor's product code of each offer: as the vendor set it, or the shop's number and the beginning of the offer's id, or its place where two begin alike.
 * Errors: throws with a sentence when a code is too long for the processor, or one code would stand for two offers.
 */
export function productCodes(
  { shop, products = {} }: Pick<SwregSettings, 'shop' | 'products'>,
  offers: readonly string[],
): ReadonlyMap<string, string> {
  const short = (id: string): string => `${shop}-${id}`.slice(0, LONGEST_CODE)
  const isOwn = (id: string): boolean => offers.filter((other) => short(other) === short(id)).length === 1
  const made = (id: string, at: number): string => (isOwn(id) ? short(id) : `${shop}-${at + 1}`)
  const codes = new Map(offers.map((id, at) => [id, products[id] ?? made(id, at)]))
  const wrong = [...codes.values()].filter(
    (code, index, all) => !/^[\w.-]{1,20}$/.test(code) || all.indexOf(code) !== index,
  )
  if (wrong.length > 0)
    throw new RangeError(
      `SWREG: every offer needs a product code of its own, of at most 20 letters: ${wrong.join(', ')}.`,
    )
  return codes
}

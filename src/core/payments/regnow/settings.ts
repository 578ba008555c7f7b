import { keyProfile, updateProfile, type CallProfile } from './profile.ts'

/**
 * How to speak to RegNow. Shape: `page` is the address of its order page; `affiliate` and `more` go along in the link as they are, whatever they mean there;
 * more than one secret path, and more than one proof where a profile asks for one, may be live while they are changed.
 */
export type RegnowSettings = {
  readonly vendor: string
  readonly page: string
  readonly secretPaths: readonly string[]
  readonly proofs?: readonly string[]
  /** The number of an offer at the processor, where it is not its place in the catalogue. */
  readonly items?: Readonly<Record<string, number>>
  readonly affiliate?: string
  readonly more?: Readonly<Record<string, string>>
  readonly keyProfile?: CallProfile
  readonly updateProfile?: CallProfile
}

/** The item of each offer. Errors: throws with a sentence when one item would stand for two offers. */
export function itemsOf(
  { vendor, items = {} }: Pick<RegnowSettings, 'vendor' | 'items'>,
  offers: readonly string[],
): ReadonlyMap<string, string> {
  const codes = new Map(offers.map((id, index) => [id, `${vendor}-${items[id] ?? index + 1}`]))
  if (new Set(codes.values()).size < codes.size) throw new RangeError('RegNow: every offer needs an item of its own.')
  return codes
}

/** How the calls of an endpoint are read. */
export function profileOf(
  settings: Pick<RegnowSettings, 'keyProfile' | 'updateProfile'>,
  endpoint: string,
): CallProfile {
  return endpoint === 'key' ? (settings.keyProfile ?? keyProfile) : (settings.updateProfile ?? updateProfile)
}

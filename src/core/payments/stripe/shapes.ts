import { z } from 'zod'

// Only the names that a schema lists are read. Whatever else a message carries (names, addresses, card endings) is dropped.

/** A name that the processor gave. */
export const id = z.string().max(200)

/** A thing by its name, also where it is there whole. */
export const idOf = z.union([id, z.object({ id }).transform((thing) => thing.id)]).nullish()

/** Shape: ISO 4217, in capitals as everywhere here. */
export const currency = z
  .string()
  .length(3)
  .transform((code) => code.toUpperCase())

/** When a message was made, and the name of what it says. */
export type When = { readonly ext: string; readonly at: Date }

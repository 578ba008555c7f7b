import { plainCards, type Hit } from './bytes.ts'
import { base64In } from './base64.ts'
import { escapedIn } from './escaped.ts'
import { wideIn } from './wide.ts'

/** How often one way of writing may be within another, as in an address that was escaped twice. */
const DEPTH = 3

/** Finds card numbers in bytes however they are written there: plain, in UTF-16, in base64 of either alphabet, or escaped as in addresses. Shape: places may come twice. */
export function cardsIn(bytes: Uint8Array, depth = DEPTH): Hit[] {
  const found = plainCards(bytes)
  if (depth === 0) return found
  for (const spelled of [...wideIn(bytes), ...escapedIn(bytes), ...base64In(bytes)])
    for (const { at, brand } of cardsIn(spelled.bytes, depth - 1)) found.push({ at: spelled.at(at), brand })
  return found
}

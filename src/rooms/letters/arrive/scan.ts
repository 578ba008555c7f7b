/** What a scan may be. */
export type ScanType = 'application/pdf' | 'image/png' | 'image/jpeg'

/** The most that a scan may weigh, in bytes. */
export const SCAN_MOST = 20 * 1024 * 1024

const BEGINNINGS: readonly (readonly [ScanType, string])[] = [
  ['application/pdf', '255044462d'],
  ['image/png', '89504e470d0a1a0a'],
  ['image/jpeg', 'ffd8ff'],
]
/** A passage is sealed in memory, so a large scan is several. */
const PIECE = 1024 * 1024

/** What a file is by its first bytes, whatever it is called; undefined for anything that is no scan. */
export function scanType(bytes: Uint8Array): ScanType | undefined {
  const start = Buffer.from(bytes.subarray(0, 8)).toString('hex')
  return BEGINNINGS.find(([, beginning]) => start.startsWith(beginning))?.[0]
}

/** A scan as passages: the first says what it is, the others are its bytes. */
export function toPassages(bytes: Uint8Array, type: ScanType): Uint8Array[] {
  const pieces = Array.from({ length: Math.ceil(bytes.length / PIECE) }, (_, at) =>
    bytes.subarray(at * PIECE, (at + 1) * PIECE),
  )
  return [Buffer.from(type), ...pieces]
}

/** A scan put together again. Shape: passages in any order. */
export function fromPassages(
  passages: readonly { readonly passage: number; readonly content: Buffer }[],
): { readonly type: ScanType; readonly bytes: Buffer } | undefined {
  const [head, ...pieces] = passages.toSorted((a, b) => a.passage - b.passage)
  const type = BEGINNINGS.find(([known]) => known === head?.content.toString())?.[0]
  return type && { type, bytes: Buffer.concat(pieces.map(({ content }) => content)) }
}

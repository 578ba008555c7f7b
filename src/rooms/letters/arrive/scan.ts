import { signOf, type SignedType } from '../../../contact/index.ts'

const SCANS = ['application/pdf', 'image/png', 'image/jpeg'] as const satisfies readonly SignedType[]

/** What a scan may be. */
export type ScanType = (typeof SCANS)[number]

/** The most that a scan may weigh, in bytes. */
export const SCAN_MOST = 20 * 1024 * 1024

/** A passage is sealed in memory, so a large scan is several. */
const PIECE = 1024 * 1024

/** What a file is by its first bytes, whatever it is called; undefined for anything that is no scan. */
export function scanType(bytes: Uint8Array): ScanType | undefined {
  const sign = signOf(bytes)
  return SCANS.find((one) => one === sign)
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
  const said = head?.content.toString()
  const type = SCANS.find((one) => one === said)
  return type && { type, bytes: Buffer.concat(pieces.map(({ content }) => content)) }
}

import type { Unseen } from './report.ts'
import type { Window } from './reader.ts'

/** Where an archive begins. Shape: `at` is the place of its head, `body` that of what was deflated, `unseen` why nobody can look into it. */
type Head = { readonly at: number; readonly body: number; readonly unseen?: Unseen }

const GZIP = Buffer.from([0x1f, 0x8b, 0x08])
const ZIP = Buffer.from('PK\u0003\u0004', 'latin1')

/** The heads of gzip members and of files in a zip, wherever they stand: an archive that is torn, or lies within another file, is read too. */
export function headsIn({ bytes, at, from, to }: Window): Head[] {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const heads: Head[] = []
  for (const [magic, read] of [
    [GZIP, gzipHead],
    [ZIP, zipHead],
  ] as const)
    for (let place = all.indexOf(magic, from - at); place !== -1 && at + place < to;) {
      const head = read(all, place)
      if (head) heads.push({ ...head, at: at + place, body: at + head.body })
      place = all.indexOf(magic, place + 1)
    }
  return heads
}

type Body = Omit<Head, 'at'>

/** Source: RFC 1952. */
function gzipHead(all: Buffer, at: number): Body | undefined {
  const flags = all[at + 3]
  if (flags === undefined || flags > 31) return undefined
  let body = at + 10
  if (flags & 4 && body + 2 <= all.length) body += 2 + all.readUInt16LE(body)
  for (const named of [8, 16]) if (flags & named) body = all.indexOf(0, body) + 1 || Infinity
  if (flags & 2) body += 2
  return body < all.length ? { body } : undefined
}

const DEFLATED = 8
/** The ways of packing that are known to others. Source: PKWARE APPNOTE 4.4.5. */
const OTHER_WAYS = new Set([1, 2, 3, 4, 5, 6, 9, 10, 12, 14, 16, 18, 19, 20, 93, 94, 95, 96, 97, 98, 99])
const NEWEST_VERSION = 63

/** The head of a file in a zip. What is stored there as it is, is read with everything around it. Source: PKWARE APPNOTE 4.3.7. */
function zipHead(all: Buffer, at: number): Body | undefined {
  if (at + 30 > all.length || all.readUInt16LE(at + 4) % 256 > NEWEST_VERSION) return undefined
  const [flags, method] = [all.readUInt16LE(at + 6), all.readUInt16LE(at + 8)]
  const body = at + 30 + all.readUInt16LE(at + 26) + all.readUInt16LE(at + 28)
  if (method !== 0 && method !== DEFLATED && !OTHER_WAYS.has(method)) return undefined
  if (flags & 1) return { body, unseen: 'locked' }
  if (method === 0) return undefined
  return method === DEFLATED ? { body } : { body, unseen: 'packedOtherwise' }
}

/** How files begin that are packed in ways that are not read: xz, bzip2, Zstandard, 7-Zip, RAR, LZ4, compress. */
const OTHERS = ['fd377a585a00', '425a68', '28b52ffd', '377abcaf271c', '526172211a07', '04224d18', '1f9d90']

/** Whether a file is an archive that cannot be looked into. */
export function isPackedOtherwise(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 10)).toString('hex')
  return OTHERS.some((magic) => head.startsWith(magic))
}

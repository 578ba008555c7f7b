/** A kind of file that shows in how it begins. */
export type SignedType = 'application/pdf' | 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp' | 'application/zip'

/** How files of a kind begin, in hex. Shape: a dot stands for any half byte. */
const SIGNS: readonly (readonly [SignedType, RegExp])[] = [
  ['application/pdf', /^255044462d/],
  ['image/png', /^89504e470d0a1a0a/],
  ['image/jpeg', /^ffd8ff/],
  ['image/gif', /^474946383[79]61/],
  ['image/webp', /^52494646.{8}57454250/],
  ['application/zip', /^504b0304/],
]

/** What a file is by its first bytes, whatever it is called; undefined for a kind that has no such sign. */
export function signOf(bytes: Uint8Array): SignedType | undefined {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('hex')
  return SIGNS.find(([, sign]) => sign.test(head))?.[0]
}

/** What the bytes of a file are. Shape: `isText` as `textOf` found; a type of a closed list; text of every kind, HTML too, is `text/plain`. */
export function sniff(bytes: Uint8Array, isText: boolean): string {
  return signOf(bytes) ?? (isText ? 'text/plain' : 'application/octet-stream')
}

/** The text that some bytes are, if they are one. */
export function textOf(bytes: Uint8Array): string | undefined {
  if (!bytes.every(isTextByte)) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes) // from the time before UTF-8
  }
}

/** No control character but tab, the ends of lines and pages, and escape. */
function isTextByte(byte: number): boolean {
  return byte > 0x1f || (byte >= 0x09 && byte <= 0x0d) || byte === 0x1b
}

/** How files of a kind begin, in hex. Shape: a dot stands for any half byte. */
const SIGNS: readonly (readonly [string, RegExp])[] = [
  ['application/pdf', /^255044462d/],
  ['image/png', /^89504e470d0a1a0a/],
  ['image/jpeg', /^ffd8ff/],
  ['image/gif', /^474946383[79]61/],
  ['image/webp', /^52494646.{8}57454250/],
  ['application/zip', /^504b0304/],
]

/** What the bytes of a file are, whatever it is called. Shape: a type of a closed list; text of every kind, HTML too, is `text/plain`. */
export function sniff(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('hex')
  const known = SIGNS.find(([, sign]) => sign.test(head))
  if (known) return known[0]
  return textOf(bytes) === undefined ? 'application/octet-stream' : 'text/plain'
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

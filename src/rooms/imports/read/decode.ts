/**
 * The text of a file. UTF-16 is told by its mark or by its many zero bytes; what is no UTF-8 is read as Windows-1252, which every old
 * program of that time wrote.
 */
export function decode(bytes: Uint8Array): string {
  const wide = wideOf(bytes)
  if (wide) return new TextDecoder(wide).decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return oldWindows(bytes)
  }
}

// The places 80 to 9F; everywhere else the code is that of Unicode. Source: Unicode's own table of Windows-1252.
const HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/** Written out, since the platform reads these places wrong in some of its versions. */
function oldWindows(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1')
  return text.replace(/[\u0080-\u009f]/g, (sign) => HIGH[sign.charCodeAt(0) - 0x80] ?? sign)
}

const LOOKED_AT = 2000

function wideOf(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const begin = bytes.subarray(0, LOOKED_AT)
  const zerosAt = (odd: number): number => begin.filter((byte, at) => byte === 0 && at % 2 === odd).length
  const [first, second] = [zerosAt(0), zerosAt(1)]
  // Latin letters leave every other byte empty; other scripts still have their commas and line ends.
  if (Math.max(first, second) < begin.length / 20) return undefined
  return first > second ? 'utf-16be' : 'utf-16le'
}

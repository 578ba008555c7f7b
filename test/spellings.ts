/** Every way in which a value may be written down without being sealed. Errors: throws for a value so short that chance would find it. */
export function spellingsOf(value: string): string[] {
  if (value.replace(/[\s-]/g, '').length < 8) throw new RangeError('too short to be looked for')
  const plain = [value, value.toLowerCase(), value.toUpperCase(), value.replace(/[\s-]/g, '')]
  const written = plain.flatMap((text) => [
    text,
    JSON.stringify(text).slice(1, -1),
    encodeURIComponent(text),
    text.replace(/[&<>"']/g, entity),
    new URLSearchParams({ a: text }).toString().slice(2),
    ...[Buffer.from(text), Buffer.from(text, 'utf16le'), Buffer.from(text, 'utf16le').swap16()].flatMap(packed),
  ])
  return [...new Set(written)]
}

const entity = (sign: string): string => `&#${sign.charCodeAt(0)};`

/** Hex and base64, wherever in a group of three bytes the value begins; its last characters hang on what follows and are left out. */
function packed(bytes: Buffer): string[] {
  const base64 = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6))
  })
  const url = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))
  return [bytes.toString('hex'), bytes.toString('hex').toUpperCase(), ...base64, ...url, bytes.toString('latin1')]
}

/** The values that a text holds in any spelling. */
export function heldIn(text: string, values: readonly string[]): string[] {
  return values.filter((value) => spellingsOf(value).some((spelling) => text.includes(spelling)))
}

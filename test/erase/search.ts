import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One way of writing a value down. Shape: `anyCase` is compared without regard to capitals. */
export type Spelling = { readonly name: string; readonly bytes: Buffer; readonly anyCase: boolean }

/** Where to look: every file below some folders, and texts by name. */
export type Places = { readonly folders: readonly string[]; readonly texts?: Readonly<Record<string, string>> }

/** Every way of writing a value that a search must find, in whatever file it stands. */
export function spellingsOf(value: string): Spelling[] {
  const cased = [...new Set([value, value.toLowerCase(), value.toUpperCase()])]
  const all = cased.flatMap((text) => [
    spelling('plain', Buffer.from(text), true),
    spelling('UTF-16, little end first', Buffer.from(text, 'utf16le'), true),
    spelling('UTF-16, big end first', Buffer.from(text, 'utf16le').swap16(), true),
    spelling('in an address', Buffer.from(encodeURIComponent(text)), true),
    spelling('in a form', Buffer.from(new URLSearchParams({ v: text }).toString().slice(2)), true),
    spelling('in JSON', Buffer.from(jsonOf(text)), true),
    spelling('as an entity of HTML', Buffer.from(entitiesOf(text)), true),
    spelling('hex', Buffer.from(Buffer.from(text).toString('hex')), true),
    ...[0, 1, 2].flatMap((before) => [
      ...base64Of(`base64 after ${before} bytes`, Buffer.from(text), before),
      ...base64Of(`base64 of UTF-16 after ${before} bytes`, Buffer.from(text, 'utf16le'), before),
    ]),
  ])
  const byBytes = new Map(all.reverse().map((one) => [`${one.anyCase} ${one.bytes.toString('latin1')}`, one]))
  return [...byBytes.values()]
}

function spelling(name: string, bytes: Buffer, anyCase: boolean): Spelling {
  return { name, bytes: anyCase ? lowered(bytes) : bytes, anyCase }
}

function jsonOf(text: string): string {
  return text
    .split('') // JSON writes the halves of a pair one by one
    .map((letter) => (letter > '~' ? `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}` : letter))
    .join('')
}

function entitiesOf(text: string): string {
  return Array.from(text, (letter) => (letter > '~' ? `&#${letter.codePointAt(0)};` : letter)).join('')
}

/** The characters that depend on the value alone, when so many bytes stand before it and anything after. */
function base64Of(name: string, bytes: Buffer, before: number): Spelling[] {
  const whole = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
  const core = whole.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6))
  return [core, core.replaceAll('+', '-').replaceAll('/', '_')].map((text) => spelling(name, Buffer.from(text), false))
}

/** The same bytes with A to Z small. */
function lowered(bytes: Buffer): Buffer {
  const small = Buffer.from(bytes)
  for (let at = 0; at < small.length; at += 1) {
    const byte = small[at] ?? 0
    if (byte >= 65 && byte <= 90) small[at] = byte + 32
  }
  return small
}

type Wanted = Spelling & { readonly value: string }

/** Finds many byte strings in one pass: the first four bytes lead to those that begin with them. */
function finder(wanted: readonly Wanted[]): (content: Buffer) => Wanted[] {
  const byStart = new Map<number, Wanted[]>()
  const gate = new Uint8Array(1 << 16)
  const place = (start: number): number => Math.imul(start, 0x9e3779b1) >>> 16
  for (const one of wanted) {
    if (one.bytes.length < 4) throw new RangeError(`too short to be searched for: ${one.value}, ${one.name}`)
    const start = one.bytes.readUInt32LE(0)
    byStart.set(start, [...(byStart.get(start) ?? []), one])
    gate[place(start)] = 1
  }
  return (content) => {
    const found = new Set<Wanted>()
    let start = 0
    for (let at = 0; at < content.length; at += 1) {
      start = (start >>> 8) | ((content[at] ?? 0) << 24)
      if (start === 0 || gate[place(start)] === 0 || at < 3) continue
      for (const one of byStart.get(start >>> 0) ?? [])
        if (content.subarray(at - 3, at - 3 + one.bytes.length).equals(one.bytes)) found.add(one)
    }
    return [...found]
  }
}

/** Searches everything for some values in every spelling. Answers where each was found, and how much was looked at. */
export async function search(
  places: Places,
  values: readonly string[],
): Promise<{ found: string[]; files: number; bytes: number }> {
  const wanted = values.flatMap((value) => spellingsOf(value).map((one) => ({ ...one, value })))
  const asWritten = finder(wanted.filter(({ anyCase }) => !anyCase))
  const small = finder(wanted.filter(({ anyCase }) => anyCase))
  const seen = new Set<string>()
  let [files, bytes] = [0, 0]
  const found: string[] = []
  const look = (where: string, content: Buffer): void => {
    files += 1
    bytes += content.length
    const hash = createHash('sha1').update(content).digest('base64')
    if (seen.has(hash)) return
    seen.add(hash)
    for (const one of [...asWritten(content), ...small(lowered(content))])
      found.push(`${where}: ${one.value}, ${one.name}`)
  }
  for (const file of places.folders.flatMap(filesIn)) {
    look(`the name of ${file}`, Buffer.from(file))
    look(file, readFileSync(file))
    await new Promise((resolve) => setImmediate(resolve)) // so that connections that end meanwhile are noticed
  }
  for (const [name, text] of Object.entries(places.texts ?? {})) look(name, Buffer.from(text))
  return { found, files, bytes }
}

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    const about = lstatSync(path)
    if (about.isDirectory()) return filesIn(path)
    return about.isFile() ? [path] : []
  })
}

import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { crc32, deflateRawSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isClean, scanPaths, type ScanOptions } from './index.ts'

const CARD = '4111 1111 1111 1111'

let dir: string
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'avow-scan-'))))
afterEach(() => rmSync(dir, { recursive: true, force: true }))

function put(name: string, content: string | Uint8Array): string {
  const path = join(dir, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  return path
}

/** What a search of the folder tells: places of cards, and why what was not looked at. */
async function told(options?: ScanOptions) {
  const report = await scanPaths([dir], options)
  const name = (path: string): string => path.slice(dir.length + 1)
  return {
    report,
    cards: report.findings.map(({ file, at, isPacked }) => `${name(file)} ${at}${isPacked ? ' packed' : ''}`).sort(),
    unseen: report.unseen.map(({ file, because }) => `${name(file)} ${because}`).sort(),
  }
}

type Zipped = { readonly name: string; readonly content: Uint8Array; readonly method?: number; readonly flags?: number }

/** A zip as archivers write it, with a directory at its end. */
function zip(files: readonly Zipped[]): Buffer {
  const parts: Buffer[] = []
  const entries: Buffer[] = []
  let at = 0
  for (const { name, content, method = 8, flags = 0 } of files) {
    const body = method === 8 ? deflateRawSync(content) : Buffer.from(content)
    const head = Buffer.alloc(26)
    const [packed, plain] = [body.length, content.length]
    for (const [place, value] of [
      [0, 20],
      [2, flags],
      [4, method],
      [22, name.length],
    ] as const)
      head.writeUInt16LE(value, place)
    head.writeUInt32LE(sum(content), 10)
    head.writeUInt32LE(packed, 14)
    head.writeUInt32LE(plain, 18)
    parts.push(Buffer.from('PK\u0003\u0004'), head, Buffer.from(name), body)
    const entry = Buffer.alloc(42)
    head.copy(entry, 2)
    entry.writeUInt32LE(at, 38)
    entries.push(Buffer.from('PK\u0001\u0002'), entry, Buffer.from(name))
    at += 30 + name.length + body.length
  }
  return Buffer.concat([...parts, ...entries])
}

const sum = (content: Uint8Array): number => (typeof crc32 === 'function' ? crc32(content) : 0)

/** Among words that archivers make short, so that nothing is left of it as it was. */
const hidden = (size: number): Buffer => {
  const words = randomBytes(size)
    .toString('base64')
    .toLowerCase()
    .replace(/[^a-z]/g, ' ')
  return Buffer.from(`${words} card ${CARD} ${words}`)
}

test('cards are found in plain files, gzip and zip, and in one within the other, with file and place', async () => {
  put('plain.log', `a line\nanother: ${CARD}\n`)
  put('day.log.gz', gzipSync(hidden(300_000)))
  put('two.gz', Buffer.concat([gzipSync('nothing'), gzipSync(`then ${CARD}`)]))
  put(
    'named.gz',
    Buffer.concat([
      Buffer.from([0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3]),
      Buffer.from('report.csv\0'),
      deflateRawSync(`x ${CARD}`),
    ]),
  )
  put(
    'files.zip',
    zip([
      { name: 'a.txt', content: Buffer.from('nothing') },
      { name: 'b.csv', content: hidden(5000) },
    ]),
  )
  put('stored.zip', zip([{ name: 'a.txt', content: Buffer.from(`plain ${CARD}`), method: 0 }]))
  put('nested.zip', zip([{ name: 'in.gz', content: gzipSync(gzipSync(`deep ${CARD}`)) }]))
  put('backup.tar', Buffer.concat([randomBytes(70_000), gzipSync(hidden(70_000)), randomBytes(70_000)]))
  put('torn.zip', zip([{ name: 'b.csv', content: hidden(50_000) }]).subarray(0, 60_000))
  const many = Array.from({ length: 60 }, (_, index) => ({
    name: `${index}.txt`,
    content: hidden(index === 59 ? 99 : 0),
  }))
  put(
    'many.zip',
    zip(many.map((one, index) => (index === 59 ? one : { ...one, content: Buffer.from('nothing '.repeat(9)) }))),
  )
  put('clean/all.zip', zip([{ name: 'a.txt', content: Buffer.from('nothing') }]))
  const { cards, report } = await told()
  expect(cards).toEqual([
    'backup.tar 70000 packed',
    'day.log.gz 0 packed',
    `files.zip ${30 + 5 + deflateRawSync('nothing').length} packed`,
    expect.stringMatching(/^many\.zip \d{4} packed$/),
    'named.gz 0 packed',
    'nested.zip 0 packed',
    'plain.log 16',
    'stored.zip 41',
    'torn.zip 0 packed',
    'two.gz 27 packed',
  ])
  expect([report.files, report.unseen.map(({ because }) => because)]).toEqual([11, ['brokenOff']])
  expect(JSON.stringify(report)).not.toMatch(/4111|1111/)
})

test('a card is found whichever border of two pieces it lies on, and told once, with its place', async () => {
  const places = [0, 1, 5].flatMap((turn) => [262_144, 270_336, 532_480].map((border) => border - 3 * turn))
  for (const [index, at] of places.entries())
    put(`b${index}`, Buffer.concat([Buffer.alloc(at, 'x '), Buffer.from(`${CARD} `), Buffer.alloc(300_000, 'y ')]))
  const { cards } = await told()
  expect(cards).toEqual(places.map((at, index) => `b${index} ${at}`).sort())
  const longRun = Buffer.from(`${'7'.repeat(262_140)}4111111111111111${'7'.repeat(300_000)}`)
  const [own] = [put('long/run', longRun)]
  expect((await scanPaths([own])).found).toBe(0)
})

test('what was not looked at is said, and nothing of it counts as clean', async () => {
  put('other.xz', Buffer.from('fd377a585a000004', 'hex'))
  put('locked.zip', zip([{ name: 'a.txt', content: Buffer.from('secret'), flags: 1 }]))
  put('lzma.zip', zip([{ name: 'a.txt', content: Buffer.from('x'), method: 14 }]))
  put('short.gz', gzipSync(randomBytes(100_000)).subarray(0, 50_000))
  put('bomb.gz', gzipSync(Buffer.alloc(40_000_000)))
  put(
    'deep.gz',
    Array.from({ length: 8 }).reduce<Buffer>((inner) => gzipSync(inner), Buffer.from(CARD)),
  )
  put('fine.txt', 'fine')
  symlinkSync('fine.txt', join(dir, 'within'))
  symlinkSync('/etc/hostname', join(dir, 'out'))
  symlinkSync('nowhere', join(dir, 'broken'))
  const { cards, unseen, report } = await told({ unpacked: 1_000_000 })
  expect(cards).toEqual([])
  expect(unseen).toEqual([
    'bomb.gz tooMuch',
    'deep.gz tooDeep',
    'locked.zip locked',
    'lzma.zip packedOtherwise',
    'other.xz packedOtherwise',
    'out leadsOut',
    'short.gz brokenOff',
  ])
  expect(isClean(report)).toBe(false)
  expect(isClean(await scanPaths([join(dir, 'fine.txt')]))).toBe(true)
})

test('a file or folder that cannot be read is said to be unread', async () => {
  chmodSync(dir, 0o755)
  chmodSync(put('closed', 'x'), 0o000)
  chmodSync(dirname(put('folder/closed', 'x')), 0o000)
  const isRoot = process.geteuid?.() === 0 // for whom nothing is closed
  if (isRoot) process.seteuid?.(65_534)
  const { unseen } = await told().finally(() => isRoot && process.seteuid?.(0))
  chmodSync(join(dir, 'folder'), 0o755)
  expect(unseen).toEqual(['closed unreadable', 'folder unreadable'])
})

test('a file that shrinks or vanishes meanwhile is no fault, and a name can be a card too', async () => {
  const shrinking = put('a-shrinks', Buffer.alloc(3_000_000, 'x'))
  const gone = put('z-gone/file', 'x')
  let pieces = 0
  const rest = async (): Promise<void> => {
    pieces += 1
    if (pieces === 2) truncateSync(shrinking, 10)
    if (pieces === 2) rmSync(dirname(gone), { recursive: true })
  }
  put('order 4111111111111111.txt', 'nothing in it')
  const { cards, unseen } = await told({ rest })
  expect(unseen).toEqual([])
  expect(cards).toEqual(['order [card number removed, ends 1111].txt -1'])
})

test('a path that is not there is refused, and a path named twice or within another is read once', async () => {
  const path = put('in/file', CARD)
  await expect(scanPaths([join(dir, 'missing')])).rejects.toThrow('ENOENT')
  const report = await scanPaths([dir, join(dir, 'in'), path])
  expect([report.files, report.found]).toEqual([1, 1])
})

test('archive heads that lie within one another come to an end, and it is said that not all was looked at', async () => {
  const head = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3])
  const stored = ({ length }: Buffer): Buffer => {
    const begin = Buffer.alloc(5)
    begin.writeUInt16LE(length, 1)
    begin.writeUInt16LE(~length & 0xffff, 3)
    return begin
  }
  let chain: Buffer = Buffer.from(CARD)
  for (let turns = 0; turns < 12; turns += 1) chain = Buffer.concat([head, stored(chain), chain])
  put('chain.bin', chain)
  const { cards, unseen } = await told({ within: 20 })
  expect([cards.length > 0, unseen.includes('chain.bin tooMany')]).toEqual([true, true])
})

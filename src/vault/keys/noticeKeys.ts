import { createECDH, createHash, randomBytes } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import { after, instantFromSeconds, type Now } from '../../lib/index.ts'
import { turns } from './turns.ts'

/** One key for what a processor seals to the vendor. Shape: `secret` the number of a P-256 key, 32 bytes; `x` and `y` its public point in base64url; `until` when it goes. */
export type NoticeKey = {
  readonly kid: string
  readonly secret: Uint8Array
  readonly madeAt: Date
  readonly until: Date | undefined
  readonly x: string
  readonly y: string
}

/** The vendor's own keys for sealed notices. */
export type NoticeKeys = {
  /** Those that open anything, the newest first. */
  readonly all: () => readonly NoticeKey[]
  /** Makes a new key, which is on the disk before it is told to anybody. The one before goes on for a day, for what is on its way. */
  readonly rotate: () => Promise<NoticeKey>
  /** Overwrites the keys whose day is over. Answers how many. */
  readonly dropOld: () => Promise<number>
  readonly close: () => Promise<void>
}

/** How long an old key opens what was on its way. */
const GOES_ON = 'P1D'
const SECRET = 32
const BODY = 16 + SECRET
const SUM = 16
const SIZE = BODY + SUM

type Slot = { readonly place: number; readonly key: NoticeKey }
type Store = { readonly file: FileHandle; readonly slots: Map<number, Slot>; readonly now: Now }

/**
 * Opens the file of these keys. Each has a place of its own, so that it can be overwritten where it lies; one that was cut off is no key.
 * Makes the first key. A copy in a file system that never writes to the same place, or in a backup, is out of reach.
 */
export async function openNoticeKeys(path: string, now: Now): Promise<NoticeKeys> {
  const file = await open(path, 'a+', 0o600).then(async (made) => (await made.close(), open(path, 'r+')))
  const store: Store = { file, slots: await readAll(file), now }
  const turn = turns<'keys'>()
  if (live(store).length === 0) await rotate(store)
  return {
    all: () => [...store.slots.values()].map(({ key }) => key).sort((a, b) => b.madeAt.getTime() - a.madeAt.getTime()),
    rotate: () => turn('keys', () => rotate(store)),
    dropOld: () => turn('keys', () => dropOld(store)),
    close: async () => {
      for (const { key } of store.slots.values()) key.secret.fill(0)
      await file.close()
    },
  }
}

function live({ slots }: Store): Slot[] {
  return [...slots.values()].filter(({ key }) => key.until === undefined)
}

/** The new one is on the disk first: a crash leaves two that open, and the next turn ends both. */
async function rotate(store: Store): Promise<NoticeKey> {
  const before = live(store)
  const key = keyOf(randomSecret(), store.now(), undefined)
  const place = freePlace(store)
  await write(store.file, { place, key })
  for (const old of before) {
    const ended = { ...old, key: { ...old.key, until: after(store.now(), GOES_ON) } }
    await write(store.file, ended)
    store.slots.set(ended.place, ended)
  }
  store.slots.set(place, { place, key })
  return key
}

function freePlace({ slots }: Store): number {
  let place = 0
  while (slots.has(place)) place += 1
  return place
}

async function dropOld({ file, slots, now }: Store): Promise<number> {
  const old = [...slots.values()].filter(({ key }) => key.until !== undefined && key.until <= now())
  for (const { place, key } of old) {
    key.secret.fill(0)
    await file.write(Buffer.alloc(SIZE), 0, SIZE, place * SIZE)
    slots.delete(place)
  }
  if (old.length > 0) await file.datasync()
  return old.length
}

/** Shape: a number that is one of the curve's. */
function randomSecret(): Buffer {
  const secret = randomBytes(SECRET)
  try {
    createECDH('prime256v1').setPrivateKey(secret)
    return secret
  } catch {
    return randomSecret()
  }
}

function keyOf(secret: Buffer, madeAt: Date, until: Date | undefined): NoticeKey {
  const curve = createECDH('prime256v1')
  curve.setPrivateKey(secret)
  const point = curve.getPublicKey()
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url')) as [
    string,
    string,
  ]
  return { kid: thumbprint(x, y), secret, madeAt, until, x, y }
}

/** Source: RFC 7638. */
function thumbprint(x: string, y: string): string {
  return createHash('sha256').update(`{"crv":"P-256","kty":"EC","x":"${x}","y":"${y}"}`).digest('base64url')
}

async function write(file: FileHandle, { place, key }: Slot): Promise<void> {
  const bytes = Buffer.alloc(SIZE)
  bytes.writeBigUInt64BE(BigInt(key.madeAt.getTime()), 0)
  bytes.writeBigUInt64BE(BigInt(key.until?.getTime() ?? 0), 8)
  bytes.set(key.secret, 16)
  sum(bytes.subarray(0, BODY)).copy(bytes, BODY)
  await file.write(bytes, 0, SIZE, place * SIZE)
  await file.datasync()
  bytes.fill(0)
}

async function readAll(file: FileHandle): Promise<Map<number, Slot>> {
  const { size } = await file.stat()
  const bytes = Buffer.alloc(size)
  await file.read(bytes, 0, size, 0)
  const slots = new Map<number, Slot>()
  for (let place = 0; (place + 1) * SIZE <= size; place += 1) {
    const slot = bytes.subarray(place * SIZE, (place + 1) * SIZE)
    if (!sum(slot.subarray(0, BODY)).equals(slot.subarray(BODY))) continue
    const [madeAt, until] = [Number(slot.readBigUInt64BE(0)), Number(slot.readBigUInt64BE(8))]
    const secret = Buffer.alloc(SECRET)
    slot.copy(secret, 0, 16, BODY)
    const end = until === 0 ? undefined : instantFromSeconds(until / 1000)
    slots.set(place, { place, key: keyOf(secret, instantFromSeconds(madeAt / 1000), end) })
  }
  bytes.fill(0)
  return slots
}

function sum(body: Uint8Array): Buffer {
  return createHash('sha256').update(body).digest().subarray(0, SUM)
}

import { createHash, randomBytes } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'

/** The key of one day, in a file of its own. */
export type DayKey = {
  /** Answers the key of a day, and destroys that of the day before when a later one is asked for; undefined for a day that is over. */
  readonly of: (day: string) => Uint8Array | undefined
  /** Resolves when the newest key is on the disk, where it stands over the one before. */
  readonly kept: () => Promise<void>
  readonly close: () => Promise<void>
}

type Held = { readonly day: string; readonly key: Buffer }

const DAY = 10
const KEY = 32
const BODY = DAY + KEY
const SIZE = 64

/**
 * Opens the file of the day's key. It has one place, so that a new key always overwrites the old one where it lies.
 * A file that was cut off is taken for an empty one: what it opened was of one day only.
 */
export async function openDayKey(path: string): Promise<DayKey> {
  const file = await open(path, 'a+', 0o600).then(async (made) => (await made.close(), open(path, 'r+')))
  let held = await read(file)
  let onDisk = held?.day
  let last: Promise<void> = Promise.resolve()
  const kept = (): Promise<void> => {
    const next = last.then(async () => {
      if (!held || onDisk === held.day) return
      const { day } = held
      await write(file, held)
      onDisk = day
    })
    last = next.catch(() => {})
    return next
  }
  const of: DayKey['of'] = (day) => {
    if (held && day < held.day) return undefined
    if (held?.day === day) return held.key
    held?.key.fill(0)
    held = { day, key: randomBytes(KEY) }
    kept().catch(() => {}) // whoever stores something under this key waits for `kept`, and hears of it there
    return held.key
  }
  return {
    of,
    kept,
    close: async () => {
      await last
      held?.key.fill(0)
      await file.close()
    },
  }
}

async function read(file: FileHandle): Promise<Held | undefined> {
  const bytes = Buffer.alloc(SIZE)
  await file.read(bytes, 0, SIZE, 0)
  const whole = sum(bytes.subarray(0, BODY)).equals(bytes.subarray(BODY))
  const held = whole
    ? { day: bytes.toString('latin1', 0, DAY), key: Buffer.from(bytes.subarray(DAY, BODY)) }
    : undefined
  bytes.fill(0)
  return held
}

async function write(file: FileHandle, { day, key }: Held): Promise<void> {
  const bytes = Buffer.alloc(SIZE)
  bytes.write(day, 'latin1')
  key.copy(bytes, DAY)
  sum(bytes.subarray(0, BODY)).copy(bytes, BODY)
  await file.write(bytes, 0, SIZE, 0)
  await file.datasync()
  bytes.fill(0)
}

function sum(body: Uint8Array): Buffer {
  return createHash('sha256')
    .update(body)
    .digest()
    .subarray(0, SIZE - BODY)
}

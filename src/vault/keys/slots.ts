import { hash } from 'node:crypto'
import { readSync, type PathLike } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'

/** What one slot holds. Shape: `kind` and `mark` are bytes, `at` an instant in milliseconds, `person` 16 bytes, `value` 32 bytes. */
export type Slot = {
  readonly kind: number
  readonly mark: number
  readonly at: number
  readonly person: Buffer
  readonly value: Buffer
}

/** A file of slots that are written once and overwritten with nothing when they go. */
export type SlotFile = {
  /** Resolves with the numbers of the slots when they are on the disk. */
  readonly put: (slots: readonly Slot[]) => Promise<number[]>
  /** Reads one slot from the file; undefined when it is empty. */
  readonly read: (index: number) => Slot | undefined
  /** Resolves when a person's slots are overwritten on the disk. A slot that names somebody else is left as it is. */
  readonly wipe: (indexes: readonly number[], person: Buffer) => Promise<void>
  readonly close: () => Promise<void>
}

const SIZE = 128
const BODY = 112
const EMPTY = Buffer.alloc(SIZE)

/** In one step: an object for each of a hundred thousand slots would be felt when the file is read. */
function sum(body: Uint8Array): Buffer {
  return hash('sha256', body, 'buffer').subarray(0, SIZE - BODY)
}

function encode(slot: Slot): Buffer {
  const bytes = Buffer.alloc(SIZE)
  bytes[0] = slot.kind
  bytes[1] = slot.mark
  bytes.writeUIntBE(slot.at, 2, 6)
  slot.person.copy(bytes, 8)
  slot.value.copy(bytes, 24)
  sum(bytes.subarray(0, BODY)).copy(bytes, BODY)
  return bytes
}

/** Shape: `person` and `value` are views of the bytes given. Errors: undefined for an empty slot, `torn` for one that was being written or overwritten when the power went. */
function decode(bytes: Buffer): Slot | undefined | 'torn' {
  if (bytes.equals(EMPTY)) return undefined
  if (bytes.length < SIZE || !sum(bytes.subarray(0, BODY)).equals(bytes.subarray(BODY))) return 'torn'
  const [kind, mark] = [bytes[0] ?? 0, bytes[1] ?? 0]
  return { kind, mark, at: bytes.readUIntBE(2, 6), person: bytes.subarray(8, 24), value: bytes.subarray(24, 56) }
}

type Write = { readonly index: number; readonly bytes: Buffer }

/**
 * Opens a file of slots and shows each one that is filled to `each`, which must copy what it keeps. Writes that are asked for at once share one sync of the disk.
 * A torn slot was never acknowledged, or was on its way out: it is emptied, so that no half of a key stays behind.
 */
export async function openSlots(path: PathLike, each: (index: number, slot: Slot) => void): Promise<SlotFile> {
  const file = await open(path, 'a+', 0o600).then(async (made) => (await made.close(), open(path, 'r+')))
  const write = groupCommit(file)
  const places = placesOf()
  const torn: Write[] = []
  for await (const { index, slot } of readAll(file)) {
    if (slot === 'torn') torn.push({ index, bytes: EMPTY })
    if (slot === undefined || slot === 'torn') places.free([index])
    else each(index, slot)
    places.reach(index)
  }
  if (torn.length > 0) await write(torn)
  return {
    put: async (slots) => {
      const writes = slots.map((slot) => ({ index: places.take(), bytes: encode(slot) }))
      try {
        await write(writes)
      } catch (error) {
        places.free(writes.map(({ index }) => index))
        throw error
      } finally {
        for (const { bytes } of writes) bytes.fill(0)
      }
      return writes.map(({ index }) => index)
    },
    read: (index) => readSlot(file, index),
    wipe: async (indexes, person) => {
      const own = indexes.filter((index) => readSlot(file, index)?.person.equals(person) ?? true)
      if (own.length === 0) return
      await write(own.map((index) => ({ index, bytes: EMPTY })))
      places.free(own)
    },
    close: () => file.close(),
  }
}

const AT_ONCE = 4096

/** Reads a file slot by slot, without ever holding more than a part of it. */
async function* readAll(file: FileHandle): AsyncGenerator<{ index: number; slot: Slot | undefined | 'torn' }> {
  const part = Buffer.alloc(AT_ONCE * SIZE)
  for (let first = 0; ; first += AT_ONCE) {
    const { bytesRead } = await file.read(part, 0, part.length, first * SIZE)
    for (let order = 0; order * SIZE < bytesRead; order += 1)
      yield { index: first + order, slot: decode(part.subarray(order * SIZE, Math.min((order + 1) * SIZE, bytesRead))) }
    if (bytesRead < part.length) break
  }
  part.fill(0)
}

/** Which places are free: a set, so that none is ever given out twice. */
function placesOf() {
  const free = new Set<number>()
  let end = 0
  return {
    take: (): number => {
      const [place = end++] = free
      free.delete(place)
      return place
    },
    free: (places: readonly number[]): void => {
      for (const place of places) free.add(place)
    },
    /** Says that the file goes on to here at least. */
    reach: (index: number): void => {
      end = Math.max(end, index + 1)
    },
  }
}

function readSlot(file: FileHandle, index: number): Slot | undefined {
  const bytes = Buffer.alloc(SIZE)
  readSync(file.fd, bytes, 0, SIZE, index * SIZE)
  const slot = decode(bytes)
  return slot === 'torn' ? undefined : slot
}

/** Collects what is asked for while the disk is busy, and syncs once for all of it. */
function groupCommit(file: FileHandle): (writes: readonly Write[]) => Promise<void> {
  let waiting: { writes: readonly Write[]; resolve: () => void; reject: (error: unknown) => void }[] = []
  let busy = false
  const turn = async (): Promise<void> => {
    busy = true
    while (waiting.length > 0) {
      const group = waiting.splice(0)
      try {
        for (const { index, bytes } of group.flatMap(({ writes }) => writes))
          await file.write(bytes, 0, SIZE, index * SIZE)
        await file.datasync()
        for (const { resolve } of group) resolve()
      } catch (error) {
        for (const { reject } of group) reject(error)
      }
    }
    busy = false
  }
  return (writes) =>
    new Promise((resolve, reject) => {
      waiting = [...waiting, { writes, resolve, reject }]
      if (!busy) void turn()
    })
}

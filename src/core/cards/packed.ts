import { createInflateRaw } from 'node:zlib'
import { headsIn, isPackedOtherwise } from './heads.ts'
import type { Unseen } from './report.ts'
import { openReader, type Reader, type Window } from './reader.ts'

/**
 * What bounds a look into archives. Shape: `unpacked` bytes are left for this file, and `within` archives that are within another, since heads
 * that lie within one another multiply with each depth; `depth` is how often an archive may be within another.
 */
export type Bounds = { unpacked: number; within: number; readonly depth: number }

/** What a look tells. Shape: `at` is a place in the file; within an archive the place where that begins. */
export type Told = {
  readonly card: (at: number, brand: string, isPacked: boolean) => void
  readonly unseen: (because: Unseen) => void
}

/** An archive that is open. Shape: `next` is the place of the byte that it gets next; `feed` answers whether it wants more. */
type Member = {
  next: number
  readonly feed: (bytes: Uint8Array) => Promise<boolean>
  readonly end: () => Promise<void>
}

const SIZE = 256 * 1024
const SIZE_WITHIN = 64 * 1024
/** Archives that are open at once; bytes that only look like one soon break off. */
const MOST_OPEN = 16

/** Reads a file, and what is packed in it, and what is packed in that. Shape: `size` is how long it is; no more memory is taken for it. */
export function readerOf(told: Told, bounds: Bounds, size: number): Reader {
  return layer(told, bounds, { depth: 0, origin: undefined, size: Math.min(size, SIZE) })
}

type Layer = { readonly depth: number; readonly origin: number | undefined; readonly size: number }

function layer(told: Told, bounds: Bounds, { depth, origin, size }: Layer): Reader {
  let members: Member[] = []
  const also = async (window: Window): Promise<void> => {
    if (window.from === 0 && isPackedOtherwise(window.bytes)) told.unseen('packedOtherwise')
    members = await fed(members, window)
    for (const head of headsIn(window)) {
      const because = head.unseen ?? fullBecause(bounds, depth, members.length)
      if (because !== '') {
        told.unseen(because)
        continue
      }
      const within = { depth: depth + 1, origin: origin ?? head.at, size: SIZE_WITHIN }
      const member = openMember(told, bounds, { within, next: head.body, isWhole: head.at === 0 })
      members.push(...(await fed([member], window)))
    }
  }
  const card = (hit: { at: number; brand: string }): void => told.card(origin ?? hit.at, hit.brand, depth > 0)
  const reader = openReader(size, card, also)
  return {
    push: reader.push,
    end: async () => {
      await reader.end()
      for (const member of members) await member.end()
    },
  }
}

/** Why no more archives are opened. */
function fullBecause(bounds: Bounds, depth: number, open: number): Unseen | '' {
  if (depth >= bounds.depth) return 'tooDeep'
  if (depth > 0 && bounds.within <= 0) return 'tooMany'
  return open >= MOST_OPEN ? 'tooMany' : ''
}

/** Hands every open archive what it has not had of a window. Answers those that want more. */
async function fed(members: readonly Member[], { bytes, at }: Window): Promise<Member[]> {
  const open: Member[] = []
  for (const member of members) {
    const wantsMore = await member.feed(bytes.subarray(member.next - at))
    member.next = at + bytes.length
    if (wantsMore) open.push(member)
  }
  return open
}

type Opening = { readonly within: Layer; readonly next: number; readonly isWhole: boolean }

/** Bytes that only look like an archive break off before this much was unpacked. */
const CHANCE = 4096

function openMember(told: Told, bounds: Bounds, { within, next, isWhole }: Opening): Member {
  const inflate = createInflateRaw({ chunkSize: SIZE_WITHIN })
  const inner = layer(told, bounds, within)
  let unpacked = 0
  if (within.depth > 1) bounds.within -= 1
  const read = async (): Promise<void> => {
    for await (const piece of inflate as AsyncIterable<Uint8Array>) {
      unpacked += piece.length
      bounds.unpacked -= piece.length
      if (bounds.unpacked < 0) return told.unseen('tooMuch')
      await inner.push(piece)
    }
  }
  let isOpen = true
  const done = read()
    .catch(() => (isWhole || unpacked > CHANCE ? told.unseen('brokenOff') : undefined))
    .then(inner.end)
    .finally(() => (isOpen = false))
  let given = 0
  const feed = async (bytes: Uint8Array): Promise<boolean> => {
    const own = Buffer.from(bytes) // the window's memory is used again
    given += own.length
    await Promise.race([done, new Promise<void>((taken) => inflate.write(own, () => taken()))])
    if (inflate.bytesWritten < given) await done // it took no more than its own, and is at its end
    return isOpen
  }
  const end = (): Promise<void> => {
    if (isOpen) inflate.end()
    return done
  }
  return { next, feed, end }
}

import type { Hit } from './look/bytes.ts'
import { cardsIn } from './look/spellings.ts'

/** What a number, its neighbours and the head of an archive fit into. */
const OVERLAP = 4096

/** Reads what comes in pieces. Shape: places are counted from the first byte. */
export type Reader = {
  readonly push: (piece: Uint8Array) => Promise<void>
  readonly end: () => Promise<void>
}

/** Is shown the bytes from a place on, and between which places it is its turn to answer for what begins there. */
export type Window = {
  readonly bytes: Uint8Array
  readonly at: number
  readonly from: number
  readonly to: number
}

/**
 * Reads bytes through a window that slides on, so that memory stays bounded and nothing is torn by the border of two pieces:
 * each window begins with the end of the one before. Shape: `also` is shown every window after its cards were looked for.
 */
export function openReader(size: number, found: (hit: Hit) => void, also: (window: Window) => Promise<void>): Reader {
  const buffer = new Uint8Array(size + 2 * OVERLAP)
  let [at, held, done] = [0, 0, 0]
  const look = async (to: number): Promise<void> => {
    const window = { bytes: buffer.subarray(0, held), at, from: done, to }
    const places = new Set<number>()
    for (const hit of cardsIn(window.bytes)) {
      const place = at + hit.at
      if (place < done || place >= to || places.has(place)) continue
      places.add(place)
      found({ at: place, brand: hit.brand })
    }
    await also(window)
    done = to
    const kept = Math.min(held, 2 * OVERLAP)
    buffer.copyWithin(0, held - kept, held)
    at += held - kept
    held = kept
  }
  return {
    push: async (piece) => {
      for (let taken = 0; taken < piece.length;) {
        const part = piece.subarray(taken, taken + buffer.length - held)
        buffer.set(part, held)
        held += part.length
        taken += part.length
        if (held === buffer.length) await look(at + held - OVERLAP)
      }
    },
    end: () => look(at + held + 1),
  }
}

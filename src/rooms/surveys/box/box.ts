import { createCipheriv, createDecipheriv, randomBytes, randomInt } from 'node:crypto'
import type { Answers } from '../form/read.ts'

/**
 * One anonymous answer in the box. Shape: `receipt` is the hash of a code that only its giver has; `passed` are the places of
 * texts that staff looked at and let stand; `held` marks one that is left out of the results so that another could be taken back.
 */
export type Ballot = {
  readonly said: Answers
  readonly receipt: string
  readonly passed?: readonly number[]
  readonly held?: true
}

/** The two halves of a survey's box: a small one that every answer rewrites, and the rest. */
export type Half = 'fresh' | 'rest'

/** What a half is bound to: moved to another survey it does not open. */
export type BoxName = { readonly survey: string; readonly half: Half }

/** Draws a number from 0 up to, and without, `below`. */
export type Draw = (below: number) => number

/** Draws that nobody can foresee. */
export const drawn: Draw = (below) => randomInt(below)

const NONCE = 12
const TAG = 16
const STEP = 8192

const bound = ({ survey, half }: BoxName): Buffer => Buffer.from(`survey|${survey}|${half}`)

/** The size that a text is filled up to: the next power of two, so that a box that grew does not tell by how much. */
function roomFor(bytes: number): number {
  let room = STEP
  while (room < bytes) room *= 2
  return room
}

/** Seals ballots with AES-256-GCM, filled up with blanks. Shape: nonce of 12 bytes, ciphertext, tag of 16 bytes. */
export function sealBox(key: Uint8Array, name: BoxName, ballots: readonly Ballot[]): Buffer {
  const text = Buffer.from(JSON.stringify(ballots))
  const filled = Buffer.alloc(roomFor(text.length), ' ')
  text.copy(filled)
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(bound(name))
  return Buffer.concat([nonce, cipher.update(filled), cipher.final(), cipher.getAuthTag()])
}

/** Opens what was sealed. Errors: throws when the key, the name or a single byte is not the one that sealed it. */
export function openBox(key: Uint8Array, name: BoxName, sealed: Uint8Array): Ballot[] {
  const bytes = Buffer.from(sealed)
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE)).setAAD(bound(name))
  decipher.setAuthTag(bytes.subarray(-TAG))
  return JSON.parse(
    Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]).toString('utf8'),
  ) as Ballot[]
}

/** The same things in an order that says nothing about the one before. Source: Fisher and Yates. */
export function shuffled<T>(things: readonly T[], draw: Draw): T[] {
  const mixed = [...things]
  for (let left = mixed.length; left > 1; left -= 1) {
    const other = draw(left)
    const last = mixed[left - 1] as T
    mixed[left - 1] = mixed[other] as T
    mixed[other] = last
  }
  return mixed
}

/** Both halves opened. */
export type Ballots = { readonly fresh: readonly Ballot[]; readonly rest: readonly Ballot[] }

/** How much a small half may hold before it is mixed into the rest, and how much then stays behind in it. */
const MOST_FRESH = 96
const MOST_FRESH_SIZE = 256 * 1024
const STAY_BEHIND = 32
const STAY_BEHIND_SIZE = 64 * 1024

/** Beyond this a survey takes no more answers. Shape: letters of both halves as JSON. */
const MOST_SIZE = 4 * 1024 * 1024

/** What putting a ballot in came to. Shape: `mixed` is true when both halves changed. */
export type Put =
  { readonly outcome: 'in'; readonly box: Ballots; readonly mixed: boolean } | { readonly outcome: 'full' }

/**
 * Puts one ballot in and mixes. While there are few, all lie in the small half and every answer mixes all of them. When it is
 * full everything is mixed, and some drawn from all stay in the small half, so that the next answer again lies among many.
 */
export function put(box: Ballots, ballot: Ballot, draw: Draw): Put {
  const fresh = shuffled([...box.fresh, ballot], draw)
  const size = sizeOf(fresh)
  if (fresh.length <= MOST_FRESH && size <= MOST_FRESH_SIZE)
    return { outcome: 'in', box: { fresh, rest: box.rest }, mixed: false }
  if (size + sizeOf(box.rest) > MOST_SIZE) return { outcome: 'full' }
  return { outcome: 'in', box: mix([...fresh, ...box.rest], draw), mixed: true }
}

/** Spreads ballots over both halves, drawn by lot. */
export function mix(ballots: readonly Ballot[], draw: Draw): Ballots {
  const all = shuffled(ballots, draw)
  if (all.length <= MOST_FRESH && sizeOf(all) <= MOST_FRESH_SIZE) return { fresh: all, rest: [] }
  const stay = howManyStay(all)
  return { fresh: all.slice(0, stay), rest: all.slice(stay) }
}

const sizeOf = (ballots: readonly Ballot[]): number => JSON.stringify(ballots).length

function howManyStay(all: readonly Ballot[]): number {
  let [size, stay] = [0, 0]
  while (stay < STAY_BEHIND && size <= STAY_BEHIND_SIZE) size += sizeOf(all.slice(stay, (stay += 1)))
  return stay
}

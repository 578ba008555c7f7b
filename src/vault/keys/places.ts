import { retentionClasses, type RetentionClass } from '../../policy/index.ts'
import type { Slot } from './slots.ts'
import type { BlindEntry, PersonId } from './store.ts'

/** The kind of a slot that holds a key. */
export const KEY = 1
/** The kind of a slot that holds a look-up entry. */
export const BLIND = 2

const FIELDS: readonly BlindEntry['field'][] = [
  'email',
  'telephone',
  'orderNumber',
  'stopMail',
  'stopPost',
  'stopTelephone',
]

const FIRST_STOP = FIELDS.indexOf('stopMail')

/** A look-up entry and the slot in which it lies. */
export type BlindPlace = { readonly entry: BlindEntry; readonly place: number }

/** A key's class and the slot in which it lies. */
export type KeyPlace = { readonly class: RetentionClass; readonly place: number }

/**
 * Where everybody's slots are, in memory; never a key itself. It is held for every person, so each takes little: one short
 * list of places, one of look-up entries.
 */
export type Places = {
  readonly note: (place: number, slot: Slot) => void
  readonly keysOf: (person: PersonId) => readonly KeyPlace[]
  readonly blindOf: (person: PersonId) => readonly BlindPlace[]
  readonly find: (entry: BlindEntry) => readonly PersonId[]
  readonly forgetKey: (person: PersonId, of: KeyPlace) => void
  readonly forgetBlind: (person: PersonId, of: BlindPlace) => void
  readonly madeBefore: (at: Date) => readonly PersonId[]
  readonly knows: (person: PersonId) => boolean
  readonly isEmpty: () => boolean
}

/**
 * All of one person in one list, just as long as it has to be, since a list that grows keeps room for many more.
 * Shape: the minute in which the first slot was made, then pairs: a class's number or an entry's name, and the place of its slot.
 */
type Known = readonly (number | string)[]
type Index = { readonly persons: Map<PersonId, Known>; readonly finds: Map<string, PersonId | readonly PersonId[]> }

const NONE: readonly PersonId[] = []
const MINUTE_MS = 60_000

/** Makes an empty index. */
export function openPlaces(): Places {
  const index: Index = { persons: new Map(), finds: new Map() }
  const { persons, finds } = index
  const madeBefore = (at: Date): PersonId[] =>
    [...persons].flatMap(([person, [minute]]) => (Number(minute) * MINUTE_MS < at.getTime() ? [person] : []))
  return {
    note: (place, slot) => note(index, place, slot),
    keysOf: (person) => keysOf(persons.get(person)),
    blindOf: (person) => blindOf(persons.get(person)),
    find: (entry) => list(finds.get(nameOf(entry))),
    forgetKey: (person, { class: retention }) => forget(index, person, retentionClasses.indexOf(retention)),
    forgetBlind: (person, { entry }) => forgetBlind(index, person, nameOf(entry)),
    madeBefore,
    knows: (person) => persons.has(person),
    isEmpty: () => persons.size === 0,
  }
}

function note(index: Index, place: number, slot: Slot): void {
  const person = personOf(slot.person)
  const known = index.persons.get(person) ?? [Math.floor(slot.at / MINUTE_MS)]
  const first =
    slot.kind === KEY ? slot.mark : nameOf({ field: FIELDS[slot.mark] as BlindEntry['field'], mac: slot.value })
  index.persons.set(person, without(known, first).concat([first, place]))
  // Nobody is looked up by the mark of a no, so those need no way back.
  if (typeof first === 'number' || first.charCodeAt(0) >= FIRST_STOP) return
  const others = list(index.finds.get(first)).filter((one) => one !== person)
  index.finds.set(first, others.length === 0 ? person : [...others, person])
}

function pairsOf(known: Known | undefined): (readonly [number | string, number])[] {
  const all = known ?? []
  return Array.from({ length: Math.floor(all.length / 2) }, (_, order) => {
    const at = order * 2 + 1
    return [all[at] as number | string, all[at + 1] as number] as const
  })
}

function without(known: Known, first: number | string): Known {
  const rest = pairsOf(known).filter(([one]) => one !== first)
  return [known[0] as number].concat(rest.flat() as never)
}

function keysOf(known: Known | undefined): KeyPlace[] {
  return pairsOf(known).flatMap(([first, place]) =>
    typeof first === 'number' ? [{ class: retentionClasses[first] as RetentionClass, place }] : [],
  )
}

function blindOf(known: Known | undefined): BlindPlace[] {
  return pairsOf(known).flatMap(([first, place]) =>
    typeof first === 'string' ? [{ entry: entryOf(first), place }] : [],
  )
}

function forgetBlind(index: Index, person: PersonId, name: string): void {
  const others = list(index.finds.get(name)).filter((one) => one !== person)
  if (others.length === 0) index.finds.delete(name)
  else index.finds.set(name, others)
  forget(index, person, name)
}

function forget({ persons }: Index, person: PersonId, first: number | string): void {
  const known = persons.get(person)
  if (!known) return
  const left = without(known, first)
  if (left.length > 1) persons.set(person, left)
  else persons.delete(person)
}

function list(found: PersonId | readonly PersonId[] | undefined): readonly PersonId[] {
  if (found === undefined) return NONE
  return typeof found === 'string' ? [found] : found
}

/** One character for the field, then the 32 bytes as characters of one byte each. */
function nameOf({ field, mac }: BlindEntry): string {
  return Buffer.from([FIELDS.indexOf(field), ...mac]).toString('latin1')
}

function entryOf(name: string): BlindEntry {
  return { field: FIELDS[name.charCodeAt(0)] as BlindEntry['field'], mac: Buffer.from(name.slice(1), 'latin1') }
}

/** The number under which a field is written in a slot. */
export function markOf(field: BlindEntry['field']): number {
  return FIELDS.indexOf(field)
}

function personOf(bytes: Buffer): PersonId {
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-') as PersonId
}

import { retentionClasses, type RetentionClass } from '../../policy/index.ts'
import type { Slot } from './slots.ts'
import type { BlindEntry, PersonId } from './store.ts'

/** The kinds of slot. */
export const KEY = 1
export const BLIND = 2

const FIELDS: readonly BlindEntry['field'][] = [
  'email',
  'telephone',
  'orderNumber',
  'stopMail',
  'stopPost',
  'stopTelephone',
]

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

/** Shape: `keys` pairs of a class's number and a place, `blind` pairs of an entry's name and a place. */
type Known = { readonly at: number; keys: number[]; blind: (string | number)[] }
type Index = { readonly persons: Map<PersonId, Known>; readonly finds: Map<string, PersonId | readonly PersonId[]> }

const NONE: readonly PersonId[] = []

/** Makes an empty index. */
export function openPlaces(): Places {
  const index: Index = { persons: new Map(), finds: new Map() }
  const { persons, finds } = index
  return {
    note: (place, slot) => note(index, place, slot),
    keysOf: (person) => keysOf(persons.get(person)),
    blindOf: (person) => blindOf(persons.get(person)),
    find: (entry) => list(finds.get(nameOf(entry))),
    forgetKey: (person, { class: retention }) => {
      const known = persons.get(person)
      if (known) known.keys = without(known.keys, retentionClasses.indexOf(retention))
      dropEmpty(index, person)
    },
    forgetBlind: (person, { entry }) => forgetBlind(index, person, nameOf(entry)),
    madeBefore: (at) => [...persons].flatMap(([person, known]) => (known.at < at.getTime() ? [person] : [])),
    knows: (person) => persons.has(person),
    isEmpty: () => persons.size === 0,
  }
}

function note(index: Index, place: number, slot: Slot): void {
  const person = personOf(slot.person)
  const known: Known = index.persons.get(person) ?? { at: slot.at, keys: [], blind: [] }
  index.persons.set(person, known)
  // Lists are made anew, just as long as they have to be: one that grows keeps room for many more.
  if (slot.kind === KEY) {
    known.keys = without(known.keys, slot.mark).concat([slot.mark, place])
    return
  }
  const name = nameOf({ field: FIELDS[slot.mark] as BlindEntry['field'], mac: slot.value })
  known.blind = known.blind.concat([name, place])
  const others = index.finds.get(name)
  index.finds.set(name, others === undefined ? person : [...list(others).filter((one) => one !== person), person])
}

function keysOf(known: Known | undefined): KeyPlace[] {
  const all = known?.keys ?? []
  return Array.from({ length: all.length / 2 }, (_, order) => ({
    class: retentionClasses[all[order * 2] as number] as RetentionClass,
    place: all[order * 2 + 1] as number,
  }))
}

/** A list of pairs without the one that begins with a value. */
function without<T>(pairs: T[], first: T): T[] {
  const at = pairs.findIndex((value, index) => index % 2 === 0 && value === first)
  return at < 0 ? pairs : [...pairs.slice(0, at), ...pairs.slice(at + 2)]
}

function blindOf(known: Known | undefined): BlindPlace[] {
  const all = known?.blind ?? []
  return Array.from({ length: all.length / 2 }, (_, order) => ({
    entry: entryOf(all[order * 2] as string),
    place: all[order * 2 + 1] as number,
  }))
}

function forgetBlind(index: Index, person: PersonId, name: string): void {
  const known = index.persons.get(person)
  if (known) known.blind = without(known.blind, name)
  const others = list(index.finds.get(name)).filter((one) => one !== person)
  if (others.length === 0) index.finds.delete(name)
  else index.finds.set(name, others)
  dropEmpty(index, person)
}

function dropEmpty({ persons }: Index, person: PersonId): void {
  const known = persons.get(person)
  if (known && known.blind.length === 0 && known.keys.length === 0) persons.delete(person)
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

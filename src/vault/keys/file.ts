import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { takeLock } from '../../db/index.ts'
import { Broken, type Now } from '../../lib/index.ts'
import { retentionClasses, type RetentionClass } from '../../policy/index.ts'
import { openDayKey } from './dayKey.ts'
import { openLedger } from './ledger.ts'
import { openSecrets } from './secrets.ts'
import { openSlots, type Slot, type SlotFile } from './slots.ts'
import type { BlindEntry, BlindField, KeyStore, PersonId } from './store.ts'
import { turns } from './turns.ts'

const KEY = 1
const BLIND = 2
const FIELDS: readonly BlindEntry['field'][] = [
  'email',
  'telephone',
  'orderNumber',
  'stopMail',
  'stopPost',
  'stopTelephone',
]

/** Where a person's slots are; never a key itself. */
type Entry = { readonly at: number; readonly keys: Map<RetentionClass, number>; readonly blind: Map<string, number> }
type Index = { readonly persons: Map<PersonId, Entry>; readonly finds: Map<string, Set<PersonId>> }

/**
 * The key store in a folder of its own: `slots` (keys and look-up entries, overwritten when they go), `secrets.json`, `erasures.log`, `day`.
 * Errors: rejects with a sentence when another process has the folder, or when a file in it is damaged.
 */
export async function openFileKeys(dir: string, now: Now): Promise<KeyStore> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const lock = await takeLock(dir)
  if (lock.outcome === 'held')
    throw new Broken(`Another Avow uses the keys in ${dir}. Stop it first, or set AVOW_KEYS to another folder.`)
  try {
    return await opened(dir, now, lock.release)
  } catch (error) {
    await lock.release()
    throw error
  }
}

async function opened(dir: string, now: Now, release: () => Promise<void>): Promise<KeyStore> {
  const slots = await openSlots(join(dir, 'slots'))
  const index: Index = { persons: new Map(), finds: new Map() }
  const found = slots.all()
  for (const { index: place, slot } of found) note(index, place, slot)
  const secrets = await openSecrets(join(dir, 'secrets.json'), found.length === 0)
  const ledger = await openLedger(join(dir, 'erasures.log'))
  const today = await openDayKey(join(dir, 'day'))
  const turn = turns<PersonId>()
  return {
    create: (person, classes, blind) => turn(person, () => create({ slots, index, now }, person, { classes, blind })),
    get: (_log, person, classes) => Promise.resolve(keysOf({ slots, index }, person, classes)),
    destroy: (person, classes, blind) => turn(person, () => destroy({ slots, index }, person, { classes, blind })),
    reindex: (person, entries) => turn(person, () => reindex({ slots, index, now }, person, entries)),
    entries: (person, field) => entriesOf(index, person, field),
    find: (entry) => [...(index.finds.get(findKey(entry)) ?? [])],
    alike: (person, field) => alike(index, person, field),
    madeBefore: (at) => [...index.persons].flatMap(([person, entry]) => (entry.at < at.getTime() ? [person] : [])),
    dayKey: today.of,
    dayKept: today.kept,
    secret: (name) => secrets.get(name) as Uint8Array,
    beginErasure: ledger.begin,
    endErasure: ledger.end,
    openErasures: ledger.open,
    close: async () => {
      await today.close()
      await ledger.close()
      await slots.close()
      await release()
    },
  }
}

type Made = { readonly classes: readonly RetentionClass[]; readonly blind: readonly BlindEntry[] }

async function create(
  { slots, index, now }: { slots: SlotFile; index: Index; now: Now },
  person: PersonId,
  { classes, blind }: Made,
): Promise<ReadonlyMap<RetentionClass, Buffer>> {
  const keys = new Map(classes.map((retention) => [retention, randomBytes(32)]))
  const shared = { at: now().getTime(), person: bytesOf(person) }
  const all: Slot[] = [
    ...[...keys].map(([retention, value]) => ({
      ...shared,
      kind: KEY,
      mark: retentionClasses.indexOf(retention),
      value,
    })),
    ...blind.map((entry) => blindSlot(shared, entry)),
  ]
  const places = await slots.put(all)
  for (const [order, place] of places.entries()) note(index, place, all[order] as Slot)
  return keys
}

function blindSlot(shared: Pick<Slot, 'at' | 'person'>, { field, mac }: BlindEntry): Slot {
  return { ...shared, kind: BLIND, mark: FIELDS.indexOf(field), value: Buffer.from(mac) }
}

/** The new ones are on the disk before the old ones go: whoever asks meanwhile finds the person by either. */
async function reindex(
  { slots, index, now }: { slots: SlotFile; index: Index; now: Now },
  person: PersonId,
  entries: readonly BlindEntry[],
): Promise<void> {
  const known = index.persons.get(person)
  if (!known) return
  const kinds = new Set(entries.map(({ field }) => field))
  const wanted = new Set(entries.map(findKey))
  const old = [...known.blind].filter(([key]) => kinds.has(fieldOf(key)) && !wanted.has(key))
  const fresh = entries.filter((entry) => !known.blind.has(findKey(entry)))
  const places = await slots.put(
    fresh.map((entry) => blindSlot({ at: now().getTime(), person: bytesOf(person) }, entry)),
  )
  for (const [order, place] of places.entries())
    noteBlind(index, { person, key: findKey(fresh[order] as BlindEntry), place })
  for (const [key] of old) forget(index, key, person)
  await slots.wipe(
    old.map(([, place]) => place),
    bytesOf(person),
  )
}

function entriesOf({ persons }: Index, person: PersonId, field: BlindEntry['field']): BlindEntry[] {
  const keys = [...(persons.get(person)?.blind.keys() ?? [])].filter((key) => fieldOf(key) === field)
  return keys.map((key) => ({ field, mac: Buffer.from(key.slice(field.length + 1), 'base64') }))
}

function fieldOf(key: string): BlindEntry['field'] {
  return key.slice(0, key.indexOf(' ')) as BlindEntry['field']
}

/** A slot says whose it is, so that one that went and was used again is never taken for the old one. */
function keysOf(
  { slots, index }: { slots: SlotFile; index: Index },
  person: PersonId,
  classes: readonly RetentionClass[],
): Map<RetentionClass, Buffer> {
  const keys = new Map<RetentionClass, Buffer>()
  for (const retention of classes) {
    const place = index.persons.get(person)?.keys.get(retention)
    const slot = place === undefined ? undefined : slots.read(place)
    if (slot?.kind === KEY && slot.person.equals(bytesOf(person))) keys.set(retention, slot.value)
  }
  return keys
}

type Going = { readonly classes: readonly RetentionClass[]; readonly blind: boolean }

/** Forgotten first, so that nobody else is led to a place that is going; known again when the disk refuses, so that it can be repeated. */
async function destroy(
  { slots, index }: { slots: SlotFile; index: Index },
  person: PersonId,
  going: Going,
): Promise<void> {
  const entry = index.persons.get(person)
  if (!entry) return
  const keys = [...entry.keys].filter(([retention]) => going.classes.includes(retention))
  const blind = going.blind ? [...entry.blind] : []
  for (const [retention] of keys) entry.keys.delete(retention)
  for (const [key] of blind) forget(index, key, person)
  if (entry.keys.size === 0 && entry.blind.size === 0) index.persons.delete(person)
  try {
    await slots.wipe(
      [...keys, ...blind].map(([, place]) => place),
      bytesOf(person),
    )
  } catch (error) {
    index.persons.set(person, entry)
    for (const [retention, place] of keys) entry.keys.set(retention, place)
    for (const [key, place] of blind) noteBlind(index, { person, key, place })
    throw error
  }
}

function forget({ persons, finds }: Index, key: string, person: PersonId): void {
  persons.get(person)?.blind.delete(key)
  const others = finds.get(key)
  others?.delete(person)
  if (others?.size === 0) finds.delete(key)
}

function note(index: Index, place: number, slot: Slot): void {
  const person = personOf(slot.person)
  const entry = index.persons.get(person) ?? { at: slot.at, keys: new Map(), blind: new Map() }
  index.persons.set(person, entry)
  if (slot.kind === KEY) entry.keys.set(retentionClasses[slot.mark] as RetentionClass, place)
  else
    noteBlind(index, {
      person,
      key: findKey({ field: FIELDS[slot.mark] as BlindEntry['field'], mac: slot.value }),
      place,
    })
}

function noteBlind(
  { persons, finds }: Index,
  { person, key, place }: { person: PersonId; key: string; place: number },
): void {
  persons.get(person)?.blind.set(key, place)
  finds.set(key, (finds.get(key) ?? new Set()).add(person))
}

function alike({ persons, finds }: Index, person: PersonId, field: BlindField): PersonId[] {
  const keys = [...(persons.get(person)?.blind.keys() ?? [])].filter((key) => fieldOf(key) === field)
  return [...new Set(keys.flatMap((key) => [...(finds.get(key) ?? [])]))]
}

function findKey({ field, mac }: BlindEntry): string {
  return `${field} ${Buffer.from(mac).toString('base64')}`
}

function bytesOf(person: PersonId): Buffer {
  return Buffer.from(person.replaceAll('-', ''), 'hex')
}

function personOf(bytes: Buffer): PersonId {
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-') as PersonId
}

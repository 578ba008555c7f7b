import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { takeLock } from '../../db/index.ts'
import { Broken, type Now } from '../../lib/index.ts'
import { retentionClasses, type RetentionClass } from '../../policy/index.ts'
import { openDayKey } from './dayKey.ts'
import { openLedger } from './ledger.ts'
import { BLIND, KEY, markOf, openPlaces, type Places } from './places.ts'
import { openNoticeKeys } from './noticeKeys.ts'
import { openSecrets } from './secrets.ts'
import { openSlots, type Slot, type SlotFile } from './slots.ts'
import type { BlindEntry, KeyStore, PersonId } from './store.ts'
import { turns } from './turns.ts'

/**
 * The key store in a folder of its own: `slots` (keys and look-up entries, overwritten when they go), `secrets.json`, `erasures.log`, `day`, `notices` (the keys for sealed notices).
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
  const places = openPlaces()
  const slots = await openSlots(join(dir, 'slots'), places.note)
  const secrets = await openSecrets(join(dir, 'secrets.json'), places.isEmpty())
  const ledger = await openLedger(join(dir, 'erasures.log'))
  const today = await openDayKey(join(dir, 'day'))
  const noticeKeys = await openNoticeKeys(join(dir, 'notices'), now)
  const turn = turns<PersonId>()
  return {
    create: (person, classes, blind) => turn(person, () => create({ slots, places, now }, person, { classes, blind })),
    get: (_log, person, classes) => Promise.resolve(keysOf({ slots, places }, person, classes)),
    destroy: (person, classes, blind) => turn(person, () => destroy({ slots, places }, person, { classes, blind })),
    reindex: (person, entries, kinds) =>
      turn(person, () => reindex({ slots, places, now }, person, { entries, kinds })),
    entries: (person, field) => entriesOf(places, person, field),
    find: places.find,
    alike: (person, field) => [...new Set(entriesOf(places, person, field).flatMap(places.find))],
    madeBefore: places.madeBefore,
    dayKey: today.of,
    dayKept: today.kept,
    secret: (name) => secrets.get(name) as Uint8Array,
    noticeKeys,
    beginErasure: ledger.begin,
    endErasure: ledger.end,
    openErasures: ledger.open,
    close: async () => {
      await noticeKeys.close()
      await today.close()
      await ledger.close()
      await slots.close()
      await release()
    },
  }
}

type Made = { readonly classes: readonly RetentionClass[]; readonly blind: readonly BlindEntry[] }

type Store = { readonly slots: SlotFile; readonly places: Places }

async function create(
  { slots, places, now }: Store & { readonly now: Now },
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
  noteAll(places, all, await slots.put(all))
  return keys
}

function noteAll(places: Places, all: readonly Slot[], at: readonly number[]): void {
  for (const [order, slot] of all.entries()) places.note(at[order] as number, slot)
}

function blindSlot(shared: Pick<Slot, 'at' | 'person'>, { field, mac }: BlindEntry): Slot {
  return { ...shared, kind: BLIND, mark: markOf(field), value: Buffer.from(mac) }
}

/** The new ones are on the disk before the old ones go: whoever asks meanwhile finds the person by either. */
async function reindex(
  { slots, places, now }: Store & { readonly now: Now },
  person: PersonId,
  { entries, kinds }: { entries: readonly BlindEntry[]; kinds: readonly BlindEntry['field'][] },
): Promise<void> {
  if (!places.knows(person)) return
  const mine = places.blindOf(person).filter(({ entry }) => kinds.includes(entry.field))
  const old = mine.filter(({ entry }) => !entries.some((wanted) => same(wanted, entry)))
  const shared = { at: now().getTime(), person: bytesOf(person) }
  const fresh = entries
    .filter((wanted) => !mine.some(({ entry }) => same(wanted, entry)))
    .map((entry) => blindSlot(shared, entry))
  noteAll(places, fresh, await slots.put(fresh))
  for (const one of old) places.forgetBlind(person, one)
  await slots.wipe(
    old.map(({ place }) => place),
    shared.person,
  )
}

function same(a: BlindEntry, b: BlindEntry): boolean {
  return a.field === b.field && Buffer.from(a.mac).equals(b.mac)
}

function entriesOf(places: Places, person: PersonId, field: BlindEntry['field']): BlindEntry[] {
  const all = places.blindOf(person).map(({ entry }) => entry)
  return all.filter((entry) => entry.field === field)
}

/** A slot says whose it is, so that one that went and was used again is never taken for the old one. */
function keysOf(
  { slots, places }: Store,
  person: PersonId,
  classes: readonly RetentionClass[],
): Map<RetentionClass, Buffer> {
  const keys = new Map<RetentionClass, Buffer>()
  for (const { class: retention, place } of places.keysOf(person)) {
    const slot = classes.includes(retention) ? slots.read(place) : undefined
    if (slot?.kind === KEY && slot.person.equals(bytesOf(person))) keys.set(retention, slot.value)
  }
  return keys
}

type Going = { readonly classes: readonly RetentionClass[]; readonly blind: boolean }

/** Forgotten first, so that nobody else is led to a place that is going; known again when the disk refuses, so that it can be repeated. */
async function destroy({ slots, places }: Store, person: PersonId, going: Going): Promise<void> {
  const keys = places.keysOf(person).filter((one) => going.classes.includes(one.class))
  const blind = going.blind ? places.blindOf(person) : []
  const all = [...keys, ...blind].map(({ place }) => place)
  const before = all.flatMap((place) => {
    const slot = slots.read(place)
    return slot?.person.equals(bytesOf(person)) ? [{ place, slot }] : []
  })
  for (const one of keys) places.forgetKey(person, one)
  for (const one of blind) places.forgetBlind(person, one)
  try {
    await slots.wipe(all, bytesOf(person))
  } catch (error) {
    for (const { place, slot } of before) places.note(place, slot)
    throw error
  } finally {
    for (const { slot } of before) slot.value.fill(0)
  }
}

function bytesOf(person: PersonId): Buffer {
  return Buffer.from(person.replaceAll('-', ''), 'hex')
}

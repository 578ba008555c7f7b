import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { open as openFile, type FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { earlier, later, newId, systemNow } from '../../lib/index.ts'
import { openFileKeys } from './file.ts'
import type { BlindEntry, CommittedLog, KeyStore, PersonId } from './store.ts'

const log = { logId: newId<'log'>(systemNow()) } as unknown as CommittedLog
const ada: BlindEntry = { field: 'email', mac: Buffer.alloc(32, 7) }
const dirs: string[] = []
const opened: KeyStore[] = []

afterEach(async () => {
  vi.restoreAllMocks()
  for (const store of opened.splice(0)) await store.close().catch(() => {})
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true })
})

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'avow-keys-'))
  dirs.push(dir)
  return dir
}

async function open(dir: string): Promise<KeyStore> {
  const store = await openFileKeys(dir, systemNow)
  opened.push(store)
  return store
}

async function restart(store: KeyStore, dir: string): Promise<KeyStore> {
  await store.close()
  return open(dir)
}

/** What every open file of Node shares, so that a disk can refuse. */
async function files(dir: string): Promise<FileHandle> {
  const file = await openFile(join(dir, 'other'), 'a')
  await file.close()
  return Object.getPrototypeOf(file) as FileHandle
}

async function expectOwnKeys(store: KeyStore, made: ReadonlyMap<PersonId, ReadonlyMap<string, Buffer>>): Promise<void> {
  for (const [who, keys] of made) expect(await store.get(log, who, ['contract', 'relation', 'tax'])).toEqual(keys)
  const all = [...made.values()].flatMap((keys) => [...keys.values()].map((key) => key.toString('hex')))
  expect(new Set(all).size).toBe(all.length)
}

async function createMany(store: KeyStore, many: number): Promise<Map<PersonId, ReadonlyMap<string, Buffer>>> {
  const people = Array.from({ length: many }, person)
  return new Map(
    await Promise.all(
      people.map(async (who) => [who, await store.create(who, ['contract', 'relation', 'tax'], [ada])] as const),
    ),
  )
}

const person = (): PersonId => newId<'person'>(systemNow())

test('keys, look-ups and secrets are the same after a restart', async () => {
  const dir = folder()
  const before = await open(dir)
  const who = person()
  const made = await before.create(who, ['contract', 'tax'], [ada])
  const secret = before.secret('link')
  const after = await restart(before, dir)
  expect(await after.get(log, who, ['contract', 'tax'])).toEqual(made)
  expect(after.find(ada)).toEqual([who])
  expect(after.secret('link')).toEqual(secret)
  expect(after.secret('cart')).not.toEqual(secret)
})

test('a destroyed key is nowhere in the folder, at once and after a restart, and others keep theirs', async () => {
  const dir = folder()
  const store = await open(dir)
  const [gone, stays] = [person(), person()]
  const lost = Buffer.from((await store.create(gone, ['contract', 'relation'], [ada])).get('contract') ?? '')
  const kept = await store.create(stays, ['contract'], [ada])
  expect(readFileSync(join(dir, 'slots')).includes(lost)).toBe(true)
  await store.destroy(gone, ['contract', 'relation'], true)
  expect(readFileSync(join(dir, 'slots')).includes(lost)).toBe(false)
  expect(readFileSync(join(dir, 'slots')).includes(Buffer.from(gone.replaceAll('-', ''), 'hex'))).toBe(false)
  const again = await restart(store, dir)
  expect((await again.get(log, gone, ['contract', 'relation'])).size).toBe(0)
  expect(await again.get(log, stays, ['contract'])).toEqual(kept)
  expect(again.find(ada)).toEqual([stays])
})

test('a place that became free is used again and never answers for its former person', async () => {
  const store = await open(folder())
  const [first, second] = [person(), person()]
  await store.create(first, ['contract'], [])
  await store.destroy(first, ['contract'], true)
  const keys = await store.create(second, ['contract'], [])
  expect(await store.get(log, second, ['contract'])).toEqual(keys)
  expect((await store.get(log, first, ['contract'])).size).toBe(0)
})

test('only the classes that were named are destroyed', async () => {
  const store = await open(folder())
  const who = person()
  const made = await store.create(who, ['contract', 'relation', 'tax'], [ada])
  await store.destroy(who, ['contract', 'relation'], true)
  expect([...(await store.get(log, who, ['contract', 'relation', 'tax'])).entries()]).toEqual([
    ['tax', made.get('tax')],
  ])
  expect(store.find(ada)).toEqual([])
})

test('many at once are all there', async () => {
  const dir = folder()
  const store = await open(dir)
  const people = Array.from({ length: 200 }, person)
  const made = await Promise.all(people.map((who) => store.create(who, ['contract', 'relation', 'tax'], [ada])))
  const again = await restart(store, dir)
  for (const [order, who] of people.entries())
    expect(await again.get(log, who, ['tax'])).toEqual(new Map([['tax', made[order]?.get('tax')]]))
  expect(again.find(ada)).toHaveLength(200)
})

test('a slot that the power cut off is emptied, and all others are whole', async () => {
  const dir = folder()
  const store = await open(dir)
  const [whole, torn] = [person(), person()]
  await store.create(whole, ['contract'], [])
  const half = (await store.create(torn, ['contract'], [])).get('contract') ?? Buffer.alloc(0)
  const part = Buffer.from(half.subarray(0, 16))
  await store.close()
  const bytes = readFileSync(join(dir, 'slots'))
  writeFileSync(
    join(dir, 'slots'),
    Buffer.concat([bytes.subarray(0, 128 + 60), Buffer.alloc(68), Buffer.from('cut off')]),
  )
  const again = await open(dir)
  expect((await again.get(log, whole, ['contract'])).size).toBe(1)
  expect((await again.get(log, torn, ['contract'])).size).toBe(0)
  expect(readFileSync(join(dir, 'slots')).includes(part)).toBe(false)
})

test('a second process is refused with a sentence and harms nothing', async () => {
  const dir = folder()
  const store = await open(dir)
  const who = person()
  await store.create(who, ['contract'], [])
  await expect(openFileKeys(dir, systemNow)).rejects.toThrow('Another Avow uses the keys')
  expect((await store.get(log, who, ['contract'])).size).toBe(1)
})

test('an erasure stays open until it ends, whatever restarts in between; a line that was cut off never began', async () => {
  const dir = folder()
  const store = await open(dir)
  const erasure = { id: 'e1', person: person(), classes: ['contract'] as const, role: 'person', actor: 'link' } as const
  await store.beginErasure(erasure)
  await store.beginErasure({ ...erasure, id: 'e2' })
  await store.endErasure('e1')
  await store.close()
  appendFileSync(join(dir, 'erasures.log'), '{"began":{"id":"e3"')
  const again = await open(dir)
  expect(again.openErasures().map(({ id }) => id)).toEqual(['e2'])
  await again.endErasure('e2')
  expect((await restart(again, dir)).openErasures()).toEqual([])
})

test('damage is said in a sentence and nothing is started over it', async () => {
  const dir = folder()
  const store = await open(dir)
  await store.create(person(), ['contract'], [])
  await store.close()
  rmSync(join(dir, 'secrets.json'))
  await expect(openFileKeys(dir, systemNow)).rejects.toThrow('Bring back a whole copy')
  writeFileSync(join(dir, 'secrets.json'), '{"link":"AAAA"}')
  await expect(openFileKeys(dir, systemNow)).rejects.toThrow('is damaged')
})

test('persons are listed by when their keys were made', async () => {
  const store = await open(folder())
  const who = person()
  await store.create(who, ['contract'], [])
  expect(store.madeBefore(earlier(systemNow(), 60_000))).toEqual([])
  expect(store.madeBefore(later(systemNow(), 60_000))).toEqual([who])
})

test('persons of one address are found by one of them, and by nobody who does not hold it', async () => {
  const store = await open(folder())
  const [first, second, other] = [person(), person(), person()]
  await store.create(first, ['contract'], [ada])
  await store.create(second, ['contract'], [ada])
  await store.create(other, ['contract'], [{ field: 'telephone', mac: ada.mac }])
  expect([...store.alike(first, 'email')].sort()).toEqual([first, second].sort())
  expect(store.alike(other, 'email')).toEqual([])
  await store.destroy(first, ['contract'], true)
  expect([store.alike(first, 'email'), store.alike(second, 'email')]).toEqual([[], [second]])
})

test('erasing one person several times at once, beside others who come, gives no two persons one place', async () => {
  const dir = folder()
  const store = await open(dir)
  const gone = [...(await createMany(store, 20)).keys()]
  const erasing = gone.flatMap((who) => [1, 2, 3].map(() => store.destroy(who, ['contract', 'relation', 'tax'], true)))
  const [beside] = await Promise.all([createMany(store, 30), ...erasing])
  const afterwards = await createMany(store, 100)
  const all = new Map([...beside, ...afterwards])
  await expectOwnKeys(store, all)
  const again = await restart(store, dir)
  await expectOwnKeys(again, all)
  expect(again.find(ada).length).toBe(130)
  for (const who of gone) expect((await again.get(log, who, ['contract', 'relation', 'tax'])).size).toBe(0)
})

test('keys that come for a person while others of that person go are kept', async () => {
  const store = await open(folder())
  const who = person()
  await store.create(who, ['contract'], [ada])
  const [, made] = await Promise.all([store.destroy(who, ['contract'], true), store.create(who, ['contract'], [ada])])
  expect(await store.get(log, who, ['contract'])).toEqual(made)
  expect(store.find(ada)).toEqual([who])
})

test('an erasure that the disk refuses says so to everybody who asked, and is done when it is repeated', async () => {
  const dir = folder()
  const store = await open(dir)
  const who = person()
  const made = await store.create(who, ['contract'], [ada])
  const full = Object.assign(new Error('no space'), { code: 'ENOSPC' })
  vi.spyOn(await files(dir), 'write')
    .mockRejectedValueOnce(full)
    .mockRejectedValueOnce(full)
  const twice = [1, 2].map(() => store.destroy(who, ['contract'], true))
  expect((await Promise.allSettled(twice)).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(store.find(ada)).toEqual([who])
  expect(await store.get(log, who, ['contract'])).toEqual(made)
  await store.destroy(who, ['contract'], true)
  expect(readFileSync(join(dir, 'slots')).includes(made.get('contract') ?? '')).toBe(false)
  await expectOwnKeys(store, await createMany(store, 10))
})

test('a place whose writing failed is used again by one person only', async () => {
  const dir = folder()
  const store = await open(dir)
  vi.spyOn(await files(dir), 'datasync').mockRejectedValueOnce(new Error('no space'))
  await expect(store.create(person(), ['contract', 'tax'], [ada])).rejects.toThrow('no space')
  const made = await createMany(store, 10)
  await expectOwnKeys(await restart(store, dir), made)
  expect(readFileSync(join(dir, 'slots')).length).toBe(10 * 4 * 128)
})

test('after a line that the disk took in part, the record of erasures goes on and the next start reads it', async () => {
  const dir = folder()
  const store = await open(dir)
  const erasure = { id: 'e1', person: person(), classes: ['contract'] as const, role: 'person', actor: 'link' } as const
  await store.beginErasure(erasure)
  const shared = await files(dir)
  vi.spyOn(shared, 'appendFile').mockImplementationOnce(async function half(this: FileHandle, text) {
    await this.write(String(text).slice(0, 20))
    throw new Error('no space')
  })
  await expect(store.beginErasure({ ...erasure, id: 'e2' })).rejects.toThrow('no space')
  await store.beginErasure({ ...erasure, id: 'e3' })
  const again = await restart(store, dir)
  expect(again.openErasures().map(({ id }) => id)).toEqual(['e1', 'e3'])
})

test('when not even cutting the part off succeeds, it is cut off before the next line', async () => {
  const dir = folder()
  const store = await open(dir)
  const erasure = { id: 'e1', person: person(), classes: ['contract'] as const, role: 'person', actor: 'link' } as const
  const shared = await files(dir)
  vi.spyOn(shared, 'datasync').mockRejectedValueOnce(new Error('no space'))
  vi.spyOn(shared, 'truncate').mockRejectedValueOnce(new Error('no disk'))
  await expect(store.beginErasure(erasure)).rejects.toThrow('no space')
  await store.beginErasure({ ...erasure, id: 'e2' })
  const again = await restart(store, dir)
  expect(again.openErasures().map(({ id }) => id)).toEqual(['e2'])
})

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { open as openFile, type FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openDayKey, type DayKey } from './dayKey.ts'

const [monday, tuesday] = ['2026-11-23', '2026-11-24']
let dir = ''
let path = ''
const opened: DayKey[] = []
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'avow-day-'))
  path = join(dir, 'day')
})
afterEach(async () => {
  vi.restoreAllMocks()
  for (const key of opened.splice(0)) await key.close().catch(() => {})
  rmSync(dir, { recursive: true, force: true })
})

async function open(): Promise<DayKey> {
  const key = await openDayKey(path)
  opened.push(key)
  return key
}

const copy = (key: Uint8Array | undefined): Buffer => Buffer.from(key ?? [])

test('a day has one key, in memory and after a restart', async () => {
  const day = await open()
  const key = copy(day.of(monday))
  expect([key.length, copy(day.of(monday)).equals(key)]).toEqual([32, true])
  await day.kept()
  await day.close()
  expect(copy((await open()).of(monday)).equals(key)).toBe(true)
})

test('when the next day is asked for, the key of the one before is nowhere: not in memory, not in the file', async () => {
  const day = await open()
  const held = day.of(monday)
  const key = copy(held)
  await day.kept()
  expect(readFileSync(path).includes(key)).toBe(true)
  const next = copy(day.of(tuesday))
  expect([...(held ?? [])].every((byte) => byte === 0)).toBe(true)
  await day.kept()
  expect([readFileSync(path).includes(key), readFileSync(path).includes(next), next.equals(key)]).toEqual([
    false,
    true,
    false,
  ])
  expect([day.of(monday), readFileSync(path).length]).toEqual([undefined, 64])
})

test('a key that lay there over midnight goes when the next day is asked for', async () => {
  const before = await open()
  const key = copy(before.of(monday))
  await before.kept()
  await before.close()
  const after = await open()
  after.of(tuesday)
  await after.kept()
  expect(readFileSync(path).includes(key)).toBe(false)
})

test('a file that was cut off, or changed, is taken for an empty one', async () => {
  const day = await open()
  const key = copy(day.of(monday))
  await day.kept()
  await day.close()
  const bytes = readFileSync(path)
  bytes[20] = (bytes[20] ?? 0) ^ 1
  for (const damaged of [bytes, bytes.subarray(0, 30)]) {
    writeFileSync(path, damaged)
    const again = await open()
    expect(copy(again.of(monday)).equals(key)).toBe(false)
    await again.kept()
    await again.close()
  }
})

test('when the disk refuses, whoever waits hears of it, and the next who waits has it written', async () => {
  const file = await openFile(join(dir, 'other'), 'a')
  const shared = Object.getPrototypeOf(file) as FileHandle
  await file.close()
  const day = await open()
  vi.spyOn(shared, 'datasync').mockRejectedValueOnce(new Error('no space')).mockRejectedValueOnce(new Error('no space'))
  const key = copy(day.of(monday))
  await expect(day.kept()).rejects.toThrow('no space')
  await day.kept()
  await day.close()
  expect(copy((await open()).of(monday)).equals(key)).toBe(true)
})

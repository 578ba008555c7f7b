import { expect, test } from 'vitest'
import { keepOpen } from './keepOpen.ts'

type Opened = { id: number; policyIsDue: () => Promise<boolean>; stop: () => Promise<void> }

/** Opens things that count, the first of which is due at once; opening fails as often as it is told to. */
function opener(failing: number) {
  const seen: string[] = []
  let [opened, fails] = [0, failing]
  const open = async (): Promise<Opened> => {
    if (opened > 0 && fails-- > 0) throw new Error('no database')
    const id = ++opened
    const stop = async (): Promise<void> => void seen.push(`stop ${id}`)
    return { id, policyIsDue: async () => id === 1, stop }
  }
  const log = (event: string): void => void seen.push(event)
  return { seen, open, log }
}

async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setImmediate(resolve))
}

test('what cannot be opened on the day is tried again, and whoever asks meanwhile waits for it', async () => {
  const { seen, ...how } = opener(3)
  const kept = await keepOpen({ ...how, lookMs: 1, retryMs: 1 })
  await until(() => seen.includes('policy.failed'))
  expect((await kept.now()).id).toBe(2)
  expect(seen).toEqual(['stop 1', 'policy.failed', 'policy.failed', 'policy.failed'])
  await kept.stop()
  expect(seen.at(-1)).toBe('stop 2')
})

test('a program that stops does not wait for what cannot be opened', async () => {
  const { seen, ...how } = opener(Infinity)
  const kept = await keepOpen({ ...how, lookMs: 1, retryMs: 3_600_000 })
  await until(() => seen.includes('policy.failed'))
  await kept.stop()
  expect(seen).toEqual(['stop 1', 'policy.failed'])
})

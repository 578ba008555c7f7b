import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, expect, test } from 'vitest'
import { claimFolder } from './claim.ts'
import { takeLock } from './lock.ts'

const dirs: string[] = []
const children: ChildProcess[] = []

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true })
})

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'avow-lock-'))
  dirs.push(dir)
  return dir
}

type Holder = { readonly child: ChildProcess; readonly says: string; readonly gone: Promise<unknown> }

/** Another process that tries to take the directory, says what came of it, and lives until it is ended. */
async function inAnotherProcess(
  dir: string,
  how: { by: 'takeLock' | 'claimFolder'; apart?: boolean },
): Promise<Holder> {
  const file = resolve(how.by === 'takeLock' ? 'src/db/lock.ts' : 'src/db/claim.ts')
  const script = `import { ${how.by} } from ${JSON.stringify(file)}
    const lock = await ${how.by}(${JSON.stringify(dir)})
    console.log(lock.outcome)
    setInterval(() => {}, 1_000)`
  const node = [process.execPath, '--import', 'tsx', '--input-type=module', '-e', script]
  const [command = '', ...rest] = how.apart ? ['unshare', '-n', ...node] : node
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const gone = new Promise((done) => child.once('exit', done))
  const says = await new Promise<string>((found, failed) => {
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).once('line', found)
    void gone.then(() => failed(new Error('it ended without a word')))
  })
  return { child, says, gone }
}

function canStandApart(): boolean {
  try {
    execFileSync('unshare', ['-n', 'true'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

test('a directory is taken once, and again when it is released', async () => {
  const dir = folder()
  const first = await takeLock(dir)
  expect([first.outcome, (await takeLock(dir)).outcome]).toEqual(['taken', 'held'])
  if (first.outcome === 'taken') await first.release()
  expect(readdirSync(dir)).toEqual([])
  const again = await takeLock(dir)
  expect(again.outcome).toBe('taken')
  if (again.outcome === 'taken') await again.release()
})

test('a holder in another process is never stolen from, not even when it is stopped, and leaves nothing to a kill', async () => {
  const dir = folder()
  const holder = await inAnotherProcess(dir, { by: 'claimFolder' })
  expect(holder.says).toBe('taken')
  expect((await claimFolder(dir)).outcome).toBe('held')
  holder.child.kill('SIGSTOP')
  expect((await claimFolder(dir)).outcome).toBe('held')
  holder.child.kill('SIGKILL')
  await holder.gone
  expect(readdirSync(dir)).toHaveLength(1)
  const next = await claimFolder(dir)
  expect([next.outcome, readdirSync(dir).length]).toEqual(['taken', 1])
  if (next.outcome === 'taken') await next.release()
})

test('of many that come at once exactly one has the directory, even over what dead ones left', async () => {
  const dir = folder()
  for (let round = 0; round < 20; round += 1) {
    const locks = await Promise.all(Array.from({ length: 8 }, () => claimFolder(dir)))
    const taken = locks.flatMap((lock) => (lock.outcome === 'taken' ? [lock] : []))
    expect(taken).toHaveLength(1)
    for (const { release } of taken) await release()
  }
  expect(readdirSync(dir)).toEqual([])
})

test('of several processes that come at once over a dead claim exactly one has the directory', async () => {
  const dir = folder()
  const dead = await inAnotherProcess(dir, { by: 'claimFolder' })
  dead.child.kill('SIGKILL')
  await dead.gone
  const all = await Promise.all([1, 2, 3, 4].map(() => inAnotherProcess(dir, { by: 'claimFolder' })))
  expect(all.map(({ says }) => says).sort()).toEqual(['held', 'held', 'held', 'taken'])
  expect(readdirSync(dir)).toHaveLength(1)
})

test('a directory with a long name is held as any other', async () => {
  const dir = join(folder(), 'long'.repeat(30))
  mkdirSync(dir)
  const holder = await inAnotherProcess(dir, { by: 'claimFolder' })
  expect([holder.says, (await claimFolder(dir)).outcome]).toEqual(['taken', 'held'])
})

test.runIf(canStandApart())(
  'a process in a network of its own, as a container is, does not get a directory that is held',
  async () => {
    const dir = folder()
    const first = await inAnotherProcess(dir, { by: 'takeLock', apart: true })
    const second = await inAnotherProcess(dir, { by: 'takeLock', apart: true })
    expect([first.says, second.says, (await takeLock(dir)).outcome]).toEqual(['taken', 'held', 'held'])
    first.child.kill('SIGKILL')
    await first.gone
    const third = await takeLock(dir)
    expect(third.outcome).toBe('taken')
    if (third.outcome === 'taken') await third.release()
  },
)

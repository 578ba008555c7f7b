import { randomUUID } from 'node:crypto'
import { readdirSync, renameSync, rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { socketFile } from './socketFile.ts'

/** Whether this process now has a directory to itself. */
export type Lock = { readonly outcome: 'taken'; readonly release: () => Promise<void> } | { readonly outcome: 'held' }

const CLAIM = /^lock-[\da-f-]{36}\.sock$/
const UNFINISHED = /^lock-[\da-f-]{36}\.new$/
/** A holder that lives but is stopped says nothing for ever; it is not stolen from. */
const SILENCE_MS = 5_000

/**
 * Claims a directory by a socket file of one's own in it, which every process of this machine reaches, whatever container it is in.
 * Each shows its own claim first and then asks all others, so of two that come at once the later to ask sees the other.
 * A claim whose process is gone refuses the connection, and goes.
 */
export async function claimFolder(dir: string): Promise<Lock> {
  const name = `lock-${randomUUID()}.sock`
  const claim = await show(dir, name)
  if (!claim) return { outcome: 'held' }
  try {
    if (await anotherHolds(dir, name)) {
      await claim.withdraw()
      return { outcome: 'held' }
    }
  } catch (error) {
    await claim.withdraw()
    throw error
  }
  claim.hold()
  for (const other of readdirSync(dir)) if (UNFINISHED.test(other)) rmSync(join(dir, other), { force: true })
  return { outcome: 'taken', release: claim.withdraw }
}

type Claim = { readonly hold: () => void; readonly withdraw: () => Promise<void> }

/** Shown under its name only once it listens: before, it would look like the claim of a process that is gone. */
async function show(dir: string, name: string): Promise<Claim | undefined> {
  const unfinished = name.replace(/sock$/, 'new')
  const { path, leave } = socketFile(dir, unfinished)
  const asking = new Set<Socket>()
  let held = false
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.once('close', () => asking.delete(socket))
    if (held) socket.end('held')
    else asking.add(socket)
  })
  const withdraw = async (): Promise<void> => {
    rmSync(join(dir, name), { force: true })
    for (const socket of asking) socket.destroy()
    await new Promise((done) => server.close(done))
    leave()
  }
  try {
    await listening(server, path)
    renameSync(join(dir, unfinished), join(dir, name))
  } catch (error) {
    await withdraw()
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined // swept by one that holds the directory since
    throw error
  }
  const hold = (): void => {
    held = true
    for (const socket of asking) socket.end('held')
  }
  return { hold, withdraw }
}

function listening(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    const mask = process.umask(0o077)
    server.listen(path, () => {
      server.unref()
      resolve()
    })
    process.umask(mask)
  })
}

/** Of those that have not decided yet the first by name goes on; it waits for those after it, which may hold already. */
async function anotherHolds(dir: string, name: string): Promise<boolean> {
  for (const other of readdirSync(dir).filter((file) => CLAIM.test(file) && file !== name)) {
    const answer = await ask(dir, other, other > name)
    if (answer === 'alive') return true
    if (answer === 'gone') rmSync(join(dir, other), { force: true })
  }
  return false
}

/** Whether a claim's process lives; with `toEnd`, whether it holds the directory in the end or has withdrawn. */
function ask(dir: string, name: string, toEnd: boolean): Promise<'alive' | 'gone' | 'withdrawn'> {
  const { path, leave } = socketFile(dir, name)
  return new Promise((resolve) => {
    const socket = connect(path)
    const timer = setTimeout(() => say('alive'), SILENCE_MS)
    const say = (answer: 'alive' | 'gone' | 'withdrawn'): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(answer)
    }
    socket.once('close', () => leave())
    socket.on('error', ({ code }: NodeJS.ErrnoException) =>
      say(code === 'ECONNREFUSED' ? 'gone' : code === 'ENOENT' || code === 'ECONNRESET' ? 'withdrawn' : 'alive'),
    )
    socket.once('connect', () => !toEnd && say('alive'))
    socket.once('data', () => say('alive'))
    socket.once('end', () => say('withdrawn'))
  })
}

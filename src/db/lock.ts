import { createHash } from 'node:crypto'
import { mkdirSync, realpathSync, rmSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Whether this process now has a directory to itself. */
export type Lock = { readonly outcome: 'taken'; readonly release: () => Promise<void> } | { readonly outcome: 'held' }

/**
 * Takes a directory for this process alone. The lock is a socket name that the kernel frees when its holder dies,
 * so nobody guesses whether an old process still lives. Linux has names without a file; elsewhere a file is probed.
 */
export async function takeLock(dir: string): Promise<Lock> {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const name = `avow-${createHash('sha256').update(realpathSync(dir)).digest('hex').slice(0, 32)}`
  if (process.platform === 'linux') return listen(`\0${name}`)
  const path = process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), name)
  const first = await listen(path)
  if (first.outcome === 'taken' || process.platform === 'win32' || (await answers(path))) return first
  rmSync(path, { force: true })
  return listen(path)
}

function listen(path: string): Promise<Lock> {
  const server: Server = createServer((socket) => socket.destroy())
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve({ outcome: 'held' }) : reject(error),
    )
    server.listen(path, () => {
      server.unref()
      resolve({ outcome: 'taken', release: () => new Promise((done) => server.close(() => done())) })
    })
  })
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path, () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

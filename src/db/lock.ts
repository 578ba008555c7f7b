import { createHash } from 'node:crypto'
import { mkdirSync, realpathSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { claimFolder, type Lock } from './claim.ts'

/**
 * Takes a directory for this process alone. The lock is a socket that the kernel frees when its holder dies, so nobody
 * guesses whether an old process still lives. Linux has names without a file, which nobody can delete, but each container
 * has its own; a claim in the directory itself is seen from all of them.
 */
export async function takeLock(dir: string): Promise<Lock> {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const name = `avow-${createHash('sha256').update(realpathSync(dir)).digest('hex').slice(0, 32)}`
  if (process.platform === 'win32') return listen(`\\\\.\\pipe\\${name}`)
  if (process.platform !== 'linux') return claimFolder(dir)
  const named = await listen(`\0${name}`)
  if (named.outcome === 'held') return named
  const claim = await claimFolder(dir).catch(async (error: unknown) => {
    await named.release()
    throw error
  })
  if (claim.outcome === 'held') {
    await named.release()
    return claim
  }
  const release = async (): Promise<void> => {
    await claim.release()
    await named.release()
  }
  return { outcome: 'taken', release }
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

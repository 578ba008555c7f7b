import { rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { socketFile } from './socketFile.ts'

const NAME = 'control.sock'

// A piece of a report at most; what is longer is no question of ours.
const MOST = 8_000_000

/**
 * A question from the command line to the running program. Shape: one JSON line each way; `rows` is a piece of a list, each row as
 * its columns; `report` a piece of a report of sales, which its room reads.
 */
export type ControlRequest = {
  readonly ask: string
  readonly label?: string
  readonly role?: string
  readonly rows?: readonly (readonly string[])[]
  readonly report?: unknown
}

/** Lets the command line reach the running program through a socket file that only its owner may open. */
export function listenControl(
  dir: string,
  answer: (request: ControlRequest) => Promise<unknown>,
): Promise<() => Promise<void>> {
  const { path, leave } = socketFile(dir, NAME)
  const callers = new Set<Socket>()
  const stop = async (): Promise<void> => {
    const ended = new Promise((done) => server.close(done))
    for (const caller of callers) caller.destroy()
    await ended
    rmSync(join(dir, NAME), { force: true })
    leave()
  }
  rmSync(join(dir, NAME), { force: true }) // the directory is locked by us, so a file that is there has no holder
  const server = createServer((socket) => {
    let text = ''
    callers.add(socket)
    socket.once('close', () => callers.delete(socket))
    socket.on('error', () => socket.destroy())
    socket.setEncoding('utf8') // a letter of several bytes may come in two pieces
    socket.on('data', (chunk: string) => {
      text += chunk
      if (text.length > MOST) return void socket.end('{"error":"not understood"}\n')
      if (!text.endsWith('\n')) return
      void reply(text, answer).then((line) => socket.end(`${line}\n`))
    })
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    const mask = process.umask(0o077)
    server.listen(path, () => resolve(stop))
    process.umask(mask)
  })
}

async function reply(text: string, answer: (request: ControlRequest) => Promise<unknown>): Promise<string> {
  try {
    return JSON.stringify(await answer(JSON.parse(text) as ControlRequest))
  } catch {
    return JSON.stringify({ error: 'not understood' })
  }
}

/** Asks the running program. Errors: rejects when none is running on that directory. */
export function callControl(dir: string, request: ControlRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const { path, leave } = socketFile(dir, NAME)
    const socket = connect(path)
    let text = ''
    socket.once('close', leave)
    socket.once('error', reject)
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => (text += chunk))
    socket.on('end', () => resolve(JSON.parse(text)))
    socket.write(`${JSON.stringify(request)}\n`)
  })
}

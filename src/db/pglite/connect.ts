import { existsSync } from 'node:fs'
import { Duplex } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import pg from 'pg'
import { Broken } from '../../lib/index.ts'
import { outliveLostClients } from '../lostClients.ts'

type FromWorker = { ready?: true; ended?: true; to?: number; data?: Uint8Array; broken?: true }

/** One client's line to the worker, in the form that `pg` expects of a network socket. */
class Line extends Duplex {
  readonly #worker: Worker
  readonly #id: number
  readonly #listen = (message: FromWorker): void => {
    if (message.to !== this.#id) return
    if (message.broken) this.destroy(new Error('pglite'))
    else if (message.data) this.push(Buffer.from(message.data))
  }

  constructor(worker: Worker, id: number) {
    super()
    this.#worker = worker
    this.#id = id
    worker.on('message', this.#listen)
  }

  connect(): this {
    this.#worker.postMessage({ open: this.#id })
    queueMicrotask(() => this.emit('connect'))
    return this
  }

  setNoDelay(): this {
    return this
  }

  setKeepAlive(): this {
    return this
  }

  ref(): this {
    return this
  }

  unref(): this {
    return this
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#worker.postMessage({ from: this.#id, data: new Uint8Array(chunk) })
    done()
  }

  override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), 'binary' as BufferEncoding, done)
  }

  override _final(done: () => void): void {
    this.push(null)
    done()
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#worker.off('message', this.#listen)
    this.#worker.postMessage({ close: this.#id })
    done(error)
  }
}

/** Where the worker's file lies: beside the bundle, else beside this source. */
function workerFile(): string {
  const beside = fileURLToPath(new URL('./pgliteWorker.js', import.meta.url))
  return existsSync(beside) ? beside : fileURLToPath(new URL('./worker.js', import.meta.url))
}

/**
 * Opens PGlite on a directory and gives a pool of one client that speaks to it as to any PostgreSQL.
 * A new directory is made in a thread of its own that then ends: making one takes several times the memory that using one does.
 * Errors: rejects when the directory cannot be opened, for instance after another major version wrote it.
 */
export async function openPglite(dir: string): Promise<{ pool: pg.Pool; close: () => Promise<void> }> {
  if (!existsSync(dir)) await ended(await started(dir))
  const worker = await started(dir)
  let lines = 0
  const stream = (): Line => new Line(worker, ++lines)
  const pool = outliveLostClients(
    new pg.Pool({ max: 1, user: 'postgres', database: 'postgres', idleTimeoutMillis: 0, stream: stream as never }),
  )
  const close = async (): Promise<void> => {
    await pool.end()
    await ended(worker)
  }
  return { pool, close }
}

async function started(dir: string): Promise<Worker> {
  const worker = new Worker(workerFile(), { workerData: { dir } })
  worker.setMaxListeners(0)
  await firstMessage(worker, 'ready').catch((error: unknown) => {
    throw new Broken(
      `The database in ${dir} cannot be opened: it is damaged, or another version wrote it. Nothing was changed.`,
      { cause: error },
    )
  })
  return worker
}

async function ended(worker: Worker): Promise<void> {
  const last = firstMessage(worker, 'ended')
  worker.postMessage({ end: true })
  await last
  await worker.terminate()
}

function firstMessage(worker: Worker, kind: 'ready' | 'ended'): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject)
    worker.on('message', function listen(message: FromWorker) {
      if (!message[kind]) return
      worker.off('message', listen)
      worker.off('error', reject)
      resolve()
    })
  })
}

// Runs PGlite in a thread of its own, so that a slow query never stops the program from answering.
// Plain JavaScript, since a worker thread is loaded by file and must run from source, from tests and from the bundle alike.
// Speaks to one client at a time: { open: n } and { close: n } frame it, { data } carries PostgreSQL's wire protocol.
import { PGlite } from '@electric-sql/pglite'
import { parentPort, workerData } from 'node:worker_threads'

const db = await PGlite.create({ dataDir: workerData.dir, relaxedDurability: false })
let current
let work = Promise.resolve()

const wipe = async () => {
  await db.exec('rollback').catch(() => {})
  await db.exec('discard all').catch(() => {})
}

/** A client that goes leaves nothing behind: no open transaction, no role, no setting. */
const leave = async (client) => {
  if (client === undefined || client !== current) return
  current = undefined
  await wipe()
}

const TERMINATE = 'X'.charCodeAt(0)

const turn = async (message) => {
  if (message.open !== undefined) {
    await leave(current)
    current = message.open
  } else if (message.close !== undefined) await leave(message.close)
  else if (message.data?.[0] === TERMINATE) await leave(message.from)
  else if (message.end) {
    await db.close()
    parentPort.postMessage({ ended: true })
  } else if (message.from === current) {
    const reply = await db.execProtocolRaw(message.data)
    parentPort.postMessage({ to: message.from, data: reply })
  }
}

parentPort.on('message', (message) => {
  work = work.then(() => turn(message)).catch(() => parentPort.postMessage({ to: message.from, broken: true }))
})
parentPort.postMessage({ ready: true })

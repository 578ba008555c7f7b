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

const turn = async (message) => {
  if (message.open !== undefined) current = message.open
  else if (message.close !== undefined) {
    if (message.close === current) await wipe()
    current = undefined
  } else if (message.end) {
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

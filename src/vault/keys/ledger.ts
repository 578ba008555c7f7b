import { open, type FileHandle } from 'node:fs/promises'
import { Broken } from '../../lib/index.ts'
import type { Erasure } from './store.ts'

/** The record of erasures: which began, which ended. Opaque ids and words only, and it is never shortened. */
export type Ledger = {
  readonly begin: (erasure: Erasure) => Promise<void>
  readonly end: (id: string) => Promise<void>
  readonly open: () => readonly Erasure[]
  readonly close: () => Promise<void>
}

type Line = { readonly began: Erasure } | { readonly ended: string }

/**
 * Opens the ledger of erasures. Each line is on the disk before its promise resolves.
 * Errors: throws with a sentence when a line in the middle cannot be read; a last line that was cut off was never acknowledged and goes.
 */
export async function openLedger(path: string): Promise<Ledger> {
  const file = await open(path, 'a+', 0o600)
  const text = await file.readFile('utf8')
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  if (whole.length < text.length) await file.truncate(Buffer.byteLength(whole))
  const known = new Map<string, Erasure>()
  for (const line of whole.split('\n').filter(Boolean)) note(known, read(line))
  const append = appendTo(file, Buffer.byteLength(whole))
  let last: Promise<unknown> = Promise.resolve()
  const write = (line: Line): Promise<void> => {
    const next = last.then(async () => {
      await append(`${JSON.stringify(line)}\n`)
      note(known, line)
    })
    last = next.catch(() => {})
    return next
  }
  return {
    begin: (began) => write({ began }),
    end: (ended) => write({ ended }),
    open: () => [...known.values()],
    close: async () => {
      await last
      await file.close()
    },
  }
}

/** A line that the disk took in part was never acknowledged: it is cut off, at the latest before the next one. */
function appendTo(file: FileHandle, start: number): (line: string) => Promise<void> {
  let length = start
  let torn = false
  const mend = async (): Promise<void> => {
    if (!torn) return
    await file.truncate(length)
    torn = false
  }
  return async (line) => {
    await mend()
    try {
      await file.appendFile(line)
      await file.datasync()
      length += Buffer.byteLength(line)
    } catch (error) {
      torn = true
      await mend().catch(() => {})
      throw error
    }
  }
}

function note(known: Map<string, Erasure>, line: Line): void {
  if ('began' in line) known.set(line.began.id, line.began)
  else known.delete(line.ended)
}

function read(text: string): Line {
  try {
    return JSON.parse(text) as Line
  } catch {
    throw new Broken(
      'The record of erasures in the key folder is damaged. Bring back a whole copy of the folder before you start.',
    )
  }
}

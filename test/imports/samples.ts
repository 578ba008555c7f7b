import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { config } from '../../examples/higosoft/config.ts'
import { readCatalogue } from '../../src/core/orders/index.ts'

/** A report that was made here, by the mapping that reads it. */
export function sampleFile(id: string): string {
  return resolve('examples/imports', `${id}.${['swreg', 'paddle'].includes(id) ? 'tsv' : 'csv'}`)
}

/** What stands in it. */
export function sampleReport(id: string): Uint8Array {
  return readFileSync(sampleFile(id))
}

/** What the example vendor sells. */
export function sampleCatalogue() {
  const read = readCatalogue(config.catalogue)
  if (!read.ok) throw new Error(read.faults.join('\n'))
  return read.catalogue
}

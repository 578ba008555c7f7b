import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Reads the vendor's downloads: only plain files that were there at start, so no address can name another file. */
export async function downloadsOf(
  dir: string,
): Promise<(name: string) => Promise<Uint8Array<ArrayBuffer> | undefined>> {
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => [])
  const names = new Set(entries.filter((entry) => entry.isFile()).map((entry) => entry.name))
  return async (name) => (names.has(name) ? new Uint8Array(await readFile(join(dir, name))) : undefined)
}

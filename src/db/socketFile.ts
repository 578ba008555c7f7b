import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The address of a socket file. The kernel takes about a hundred bytes and Node cuts a longer one without a word;
 * where it is longer, Linux lends an open directory a short name until `leave` is called.
 */
export function socketFile(dir: string, name: string): { readonly path: string; readonly leave: () => void } {
  const path = join(dir, name)
  if (Buffer.byteLength(path) <= 100 || process.platform !== 'linux') return { path, leave: () => {} }
  const open = openSync(dir, 'r')
  return { path: `/proc/self/fd/${open}/${name}`, leave: () => closeSync(open) }
}

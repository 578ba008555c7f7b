import { randomBytes } from 'node:crypto'
import { open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Broken } from '../../lib/index.ts'
import type { SecretName } from './store.ts'

const NAMES = {
  blindEmail: 1,
  blindTelephone: 1,
  blindOrderNumber: 1,
  link: 1,
  cart: 1,
  action: 1,
  licence: 1,
  mailId: 1,
  stop: 1,
  survey: 1,
  message: 1,
  import: 1,
} satisfies Record<SecretName, 1>

/**
 * Reads the program's own secrets and makes those that are missing. Shape: 32 random bytes each, written before they are used.
 * Errors: throws with a sentence when the file is damaged, or is missing where keys lie already: look-ups would find nobody.
 */
export async function openSecrets(path: string, isNew: boolean): Promise<ReadonlyMap<SecretName, Uint8Array>> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined && !isNew)
    throw new Broken('The key folder has keys but no file “secrets.json”. Bring back a whole copy of the folder.')
  const known = text === undefined ? {} : parse(text)
  const names = Object.keys(NAMES) as SecretName[]
  const missing = names.filter((name) => !known[name])
  for (const name of missing) known[name] = randomBytes(32).toString('base64')
  if (missing.length > 0) await writeWhole(path, JSON.stringify(known, null, 1))
  return new Map(names.map((name) => [name, new Uint8Array(Buffer.from(known[name] ?? '', 'base64'))]))
}

function parse(text: string): Partial<Record<SecretName, string>> {
  try {
    const read = JSON.parse(text) as Partial<Record<SecretName, string>>
    if (Object.values(read).every((value) => Buffer.from(value, 'base64').length === 32)) return read
  } catch {
    // the sentence below says it
  }
  throw new Broken('The file “secrets.json” in the key folder is damaged. Bring back a whole copy of the folder.')
}

/** Replaces a file so that a crash leaves the old one or the new one, never half of either. */
async function writeWhole(path: string, text: string): Promise<void> {
  const file = await open(`${path}.new`, 'w', 0o600)
  await file.writeFile(text)
  await file.sync()
  await file.close()
  await rename(`${path}.new`, path)
  const folder = await open(dirname(path), 'r')
  await folder.sync()
  await folder.close()
}

import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Source } from './source.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The files of the program as they are now: its code, the simulator's, the scripts, and the migrations. */
export function realTree(): Source[] {
  return ['src', 'sim', 'scripts'].flatMap((folder) => filesUnder(root, folder))
}

/** The sinful files of one rule. Shape: a line that must be reported ends in the word `red` after a comment sign. */
export function redTree(rule: string): Source[] {
  return filesUnder(join(root, 'test/house/red', rule), '.')
}

function filesUnder(base: string, folder: string): Source[] {
  return readdirSync(join(base, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.([tj]sx?|sql)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ path: relative(base, file).split(sep).join('/'), text: readFileSync(file, 'utf8') }))
}

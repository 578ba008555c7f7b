import type { Context } from 'hono'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** The style, the font and the drawings, under names that change with their content. */
export type Assets = {
  /** The address of an asset by its plain name, for instance `app.css`. Errors: throws for a name that was not built. */
  readonly url: (name: string) => string
  readonly has: (name: string) => boolean
  /** The answer to a request for a hashed name; undefined when there is none of that name. */
  readonly serve: (c: Context, file: string) => Response | undefined
}

type Loaded = {
  readonly type: string
  readonly plain: Uint8Array<ArrayBuffer>
  readonly packed: Uint8Array<ArrayBuffer> | undefined
}

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  woff2: 'font/woff2',
}

const PACKED = new Set([TYPES['css'], TYPES['svg']])

/**
 * Reads every built asset into memory, so that no request ever names a file of the disk.
 * Shape: `dir` is where the build wrote `assets.json` (plain name → hashed name) and `assets/`. Errors: rejects when it was not built.
 */
export async function openAssets(dir: string): Promise<Assets> {
  const names = JSON.parse(await readFile(join(dir, 'assets.json'), 'utf8')) as Record<string, string>
  const files = await Promise.all(
    Object.values(names).map(async (file) => [file, await load(join(dir, 'assets', file))] as const),
  )
  return assetsOf(new Map(Object.entries(names)), new Map(files))
}

async function load(path: string): Promise<Loaded> {
  const plain = new Uint8Array(await readFile(path))
  const type = TYPES[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream'
  return { type, plain, packed: PACKED.has(type) ? new Uint8Array(gzipSync(plain)) : undefined }
}

function assetsOf(names: ReadonlyMap<string, string>, files: ReadonlyMap<string, Loaded>): Assets {
  const url: Assets['url'] = (name) => {
    const file = names.get(name)
    if (!file) throw new Error('an asset that was not built')
    return `/assets/${file}`
  }
  const serve: Assets['serve'] = (c, file) => {
    const found = files.get(file)
    if (!found) return undefined
    const headers = {
      'Content-Type': found.type,
      'Cache-Control': 'public, max-age=31536000, immutable',
      Vary: 'Accept-Encoding',
    }
    if (!found.packed || !acceptsGzip(c)) return c.body(found.plain, 200, headers)
    return c.body(found.packed, 200, { ...headers, 'Content-Encoding': 'gzip' })
  }
  return { url, serve, has: (name) => names.has(name) }
}

/** Assets under their plain names that serve nothing, for tests and tools that draw pages without a build. */
export const unbuiltAssets: Assets = { url: (name) => `/assets/${name}`, serve: () => undefined, has: () => true }

/** Whether the browser said that it can unpack gzip. */
export function acceptsGzip(c: Context): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(c.req.header('accept-encoding') ?? '')
}

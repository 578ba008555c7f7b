import type { Context } from 'hono'
import type { HtmlEscapedString } from 'hono/utils/html'
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { acceptsGzip } from './assets.ts'

/** A page before it is written out. */
export type Drawing = HtmlEscapedString | Promise<HtmlEscapedString>

/** A page that is the same for everybody: `version` is that of what it shows, `key` its address or its part of it. */
export type SharedPage = { readonly version: string; readonly key: string; readonly render: () => Drawing }

/** Serves a page that is the same for everybody, drawn once for each version. */
export type PageCache = (c: Context, page: SharedPage) => Promise<Response> | Response

type Drawn = {
  readonly version: string
  readonly etag: string
  readonly plain: Uint8Array<ArrayBuffer>
  readonly packed: Uint8Array<ArrayBuffer>
}

const MOST_PAGES = 500

/** Opens a cache of drawn pages. They are drawn anew when their version or the policy's changes; browsers ask each time and mostly hear 304. */
export function openPageCache(policyVersion: () => number): PageCache {
  const pages = new Map<string, Drawn>()
  return (c, { version: shown, key, render }) => {
    const version = `${policyVersion()} ${shown}`
    const known = pages.get(key)
    if (known?.version === version) return answer(c, known)
    return draw(version, render).then((drawn) => {
      if (pages.size >= MOST_PAGES) pages.clear()
      pages.set(key, drawn)
      return answer(c, drawn)
    })
  }
}

async function draw(version: string, render: () => Drawing): Promise<Drawn> {
  const text = String(await render())
  const plain = new TextEncoder().encode(text)
  const etag = `W/"${createHash('sha256').update(plain).digest('base64url').slice(0, 16)}"`
  return { version, etag, plain, packed: new Uint8Array(gzipSync(plain)) }
}

function answer(c: Context, { etag, plain, packed }: Drawn): Response {
  const headers = {
    'Content-Type': 'text/html; charset=UTF-8',
    'Cache-Control': 'private, no-cache',
    ETag: etag,
    Vary: 'Accept-Encoding',
  }
  if (c.req.header('if-none-match') === etag) return c.body(null, 304, headers)
  if (acceptsGzip(c)) return c.body(packed, 200, { ...headers, 'Content-Encoding': 'gzip' })
  return c.body(plain, 200, headers)
}

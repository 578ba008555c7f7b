import { z } from 'zod'
import { Broken } from '../../../lib/index.ts'
import { apiOrigin } from '../processors.ts'

const answer = z.object({ data: z.unknown(), meta: z.object({ pagination: z.unknown() }).partial().nullish() })
const pagination = z.object({ has_more: z.boolean(), next: z.url() })
const failure = z.object({ error: z.object({ code: z.string().regex(/^[a-z0-9_]{1,60}$/) }) })

/** What a list is asked for. */
export type Query = Readonly<Record<string, string>>

/** The processor's API as far as it is used here. Errors: each throws when it does not answer or refuses. */
export type Client = {
  readonly get: (path: string, query?: Query) => Promise<unknown>
  /** Things of a list, page by page. Shape: ends by itself after so many pages. */
  readonly list: (path: string, query: Query) => AsyncGenerator<unknown>
  readonly send: (method: 'POST' | 'PATCH', path: string, body: object) => Promise<unknown>
}

/** Where the API is, and who asks. Shape: `api` an address below which all its paths are. */
export type Access = { readonly api: string; readonly apiKey: string; readonly live: boolean }

const MOST_PAGES = 500

/** A thin client: the official package is a contract test and no part of the program. Source: decision 025. */
export function client({ api, apiKey, live }: Access): Client {
  const base = apiOrigin(api, live).href.replace(/\/$/, '')
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', 'paddle-version': '1' }
  const ask = async (url: URL, init: RequestInit = {}): Promise<z.infer<typeof answer>> => {
    const signal = AbortSignal.timeout(10_000)
    const response = await fetch(url, { ...init, headers, signal, redirect: 'error' })
    const body: unknown = await response.json().catch(() => undefined)
    if (!response.ok) throw new Broken(codeOf(response.status, body))
    return answer.parse(body)
  }
  const urlOf = (path: string, query: Query = {}): URL =>
    new URL(`${base}${path}${Object.keys(query).length > 0 ? `?${new URLSearchParams(query).toString()}` : ''}`)
  return {
    get: async (path, query) => (await ask(urlOf(path, query))).data,
    list: (path, query) => pages(ask, urlOf(path, query)),
    send: async (method, path, body) => (await ask(urlOf(path), { method, body: JSON.stringify(body) })).data,
  }
}

async function* pages(ask: (url: URL) => Promise<z.infer<typeof answer>>, first: URL): AsyncGenerator<unknown> {
  let url: URL | undefined = first
  for (let page = 0; url && page < MOST_PAGES; page += 1) {
    const { data, meta }: z.infer<typeof answer> = await ask(url)
    yield* z.array(z.unknown()).parse(data)
    const more = pagination.safeParse(meta?.pagination)
    url = more.success && more.data.has_more ? follow(first, more.data.next) : undefined
  }
  if (url) throw new Broken('paddle-too-many-pages')
}

/** The next page. Only what it asks for is taken from the answer, never where: the key goes to one address. */
function follow(first: URL, next: string): URL {
  const url = new URL(first)
  url.search = new URL(next).search
  return url
}

function codeOf(status: number, body: unknown): string {
  const read = failure.safeParse(body)
  return `paddle-${read.success ? read.data.error.code.replaceAll('_', '-') : String(status)}`
}

/** What a question answers, or undefined when the processor knows nothing of that name. */
export async function ifThere<T>(question: Promise<T>): Promise<T | undefined> {
  try {
    return await question
  } catch (error) {
    if (error instanceof Broken && ['paddle-not-found', 'paddle-404'].includes(error.code)) return undefined
    throw error
  }
}

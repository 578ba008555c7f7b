import { movableClock, type Log, type LogValue } from '../src/lib/index.ts'
import { makeWeb, shell, unbuiltAssets, type ShellContext, type Web, type WebParts } from '../src/web/index.ts'
import { higosoft } from './policy.ts'

/** The countries that test shops sell to. */
export const countries = [
  { code: 'BE', name: 'Belgium' },
  { code: 'JP', name: 'Japan' },
] as const

/** Where test shops answer. */
export const baseUrl = 'http://shop.test'

/** What a page needs, of the example vendor, drawn without a build. */
export function testWeb(edits: Partial<WebParts> = {}): Web {
  return makeWeb({
    baseUrl,
    brand: { name: 'Higosoft' },
    example: true,
    timeZone: 'Europe/Brussels',
    assets: unbuiltAssets,
    actionKey: new Uint8Array(32).fill(7),
    cookies: higosoft().cookies,
    policyVersion: () => 3,
    rates: {},
    now: movableClock(new Date('2026-11-22T10:00:00Z')).now,
    ...edits,
  })
}

type Line = { event: string; values: Readonly<Record<string, LogValue>> }

/** An empty shop with every rule of the shell, and what it logged. */
export function testShell(edits: Partial<ShellContext> = {}) {
  const lines: Line[] = []
  const log: Log = (event, values = {}) => void lines.push({ event, values })
  const web = edits.web ?? testWeb()
  const app = shell({
    web,
    log,
    now: movableClock(new Date('2026-11-22T10:00:00Z')).now,
    inbound: [],
    trustedProxies: 0,
    ...edits,
  })
  const ask = (path: string, init?: RequestInit): Promise<Response> =>
    Promise.resolve(app.request(`${baseUrl}${path}`, init))
  /** Sends a form as a browser does from a page of this shop. */
  const send = (
    path: string,
    form: Record<string, string>,
    headers: Record<string, string> = { 'sec-fetch-site': 'same-origin' },
  ) => ask(path, { method: 'POST', body: new URLSearchParams(form), headers })
  return { app, web, ask, send, lines }
}

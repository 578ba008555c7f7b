import { expect } from 'vitest'
import type { Shop } from './openShop.ts'

type Typed = Readonly<Record<string, string>>
type Scan = { readonly bytes: Uint8Array; readonly name: string; readonly type: string }

/** A writer of letters, with values that occur nowhere else. */
export const bela = {
  email: 'bela.kovacs.51d2@mail.example',
  name: 'Bela Kovács-Wagenaar',
  street: 'Rue des Tanneurs 4471',
  postcode: '1000 QXB',
  city: 'Bruxelles-Marolles',
  country: 'BE',
}

/** Sam at the tray of letters. Shape: a letter is known by the path of its page. */
export type LetterDesk = Awaited<ReturnType<typeof letterDesk>>

/** Signs Sam in for the tray of letters. */
export async function letterDesk(shop: Shop) {
  const sent = { method: 'POST', headers: { origin: shop.baseUrl } }
  const link = (await shop.desk().staffLink({ label: 'sam', role: 'desk' })) ?? ''
  const cookie = (await shop.ask(link, sent)).headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const headers = { cookie, origin: shop.baseUrl }
  const ask = (path: string, form?: Typed): Promise<Response> =>
    shop.ask(path, { headers, ...(form && { method: 'POST', body: new URLSearchParams(form) }) })
  const page = async (path: string): Promise<string> => (await ask(path)).text()
  const today = (): string => shop.now().toISOString().slice(0, 10)
  const send = (typed: Typed, scan?: Scan): Promise<Response> => {
    const body = new FormData()
    const all = { cameBy: 'letter', receivedOn: today(), notice: '1', ...typed }
    for (const [name, value] of Object.entries(all)) body.append(name, value)
    if (scan) body.append('scan', new File([new Uint8Array(scan.bytes)], scan.name, { type: scan.type }))
    return shop.ask('/desk/letters', { method: 'POST', body, headers })
  }
  return {
    ask,
    page,
    send,
    headers,
    arrived: async (typed: Typed, scan?: Scan): Promise<string> => {
      const answer = await send(typed, scan)
      expect(answer.status, await answer.clone().text()).toBe(303)
      return answer.headers.get('location') ?? ''
    },
    /** The references of the letters that wait. */
    waiting: async (): Promise<string> =>
      /<h2 id="waiting">[\s\S]*?<\/section>\s*<section/.exec(await page('/desk/letters'))?.[0] ?? '',
    /** Writes an answer. Answers with the path that prints it. */
    answered: async (path: string, way = 'post', text = 'Dear Bela,\n\nplease load 3.2.'): Promise<string> => {
      expect((await ask(`${path}/answer`, { answer: text, way })).status).toBe(303)
      return [...(await page(path)).matchAll(/action="(\S+\/print)"/g)].at(-1)?.[1] ?? ''
    },
  }
}

/** The id of a letter. */
export const idOf = (path: string): string => path.split('/').at(-1) ?? ''
/** What is printed as our reference. */
export const refOf = (path: string): string => `L-${path.slice(-8).toUpperCase()}`

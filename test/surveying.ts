import { everyRow, rowCounts } from './asApp.ts'
import type { Shop } from './openShop.ts'
import { formsOf, textOf, type Seen } from './walker.ts'

type Typed = Readonly<Record<string, string>>
type Tables = ReadonlyMap<string, string>

/** A survey that was published. Shape: `path` is the desk's, `open` the link that everybody can use. */
export type Published = { readonly path: string; readonly open: string; readonly title: string }

/** What staff and those who answer do with surveys. */
export type Surveying = {
  /** Asks as a member of staff, who signs in anew when the clock has moved on. */
  readonly desk: (path: string, form?: Typed) => Promise<Response>
  /** Staff take a survey in from a file and publish it. */
  readonly published: (mode: 'anonymous' | 'named', term?: string) => Promise<Published>
  readonly invited: (survey: Published) => Promise<string>
  /** Closes a survey. Answers the page of its results. */
  readonly closed: (survey: Published) => Promise<string>
  readonly invitationOf: (email: string) => Promise<string>
  /** Fills a survey in; what is not given stays at *No answer*. */
  readonly answer: (url: string, typed: Typed) => Promise<Seen>
  /** Sends the form of a page as a browser would: what is not ticked is not sent. */
  readonly send: (page: Seen, typed: Typed) => Promise<Seen>
  readonly withdrawn: (code: string) => Promise<Seen>
  /** How many rows each table has. Visits are left out: they are counted all the time. */
  readonly counted: () => Promise<Tables>
  readonly stored: () => Promise<Tables>
}

/** A survey with one question of each kind. */
export const questions = [
  { kind: 'choice', text: 'Which version do you use?', options: ['The newest', 'An older one', 'I do not know'] },
  { kind: 'choices', text: 'What do you use it for?', options: ['Invoices', 'Stock', 'Tax'] },
  { kind: 'scale', text: 'How easy is it?' },
  { kind: 'recommend', text: 'Would you recommend it?' },
  { kind: 'text', text: 'What is missing?' },
]

/** The code that a page of thanks shows. */
export const codeIn = (page: Seen): string => /class="key">([^<]+)</.exec(page.html)?.[1] ?? ''

/** The numbers that a results page shows, by the words of the option. */
export function counts(html: string): Record<string, string> {
  const rows = [...html.matchAll(/<th scope="row"[^>]*><bdi>([^<]*)<\/bdi><\/th><td[^>]*>([\s\S]*?)<\/td>/g)]
  return Object.fromEntries(rows.map(([, option = '', cell = '']) => [option, /^\d+$/.test(cell) ? cell : 'hidden']))
}

const withoutVisits = (tables: Tables): Tables =>
  new Map([...tables].filter(([name]) => !name.startsWith('public.visit_')))

/** The ways in which surveys are used in an open shop. */
export function surveying(shop: Shop): Surveying {
  let titles = 0
  let signedIn: Awaited<ReturnType<Shop['staff']>> | undefined
  const desk: Surveying['desk'] = async (path, form) => {
    const answer = await signedIn?.(path, form)
    if (answer && answer.status !== 401) return answer
    signedIn = await shop.staff()
    return signedIn(path, form)
  }
  const text = async (path: string): Promise<string> => (await desk(path)).text()
  const send: Surveying['send'] = async (page, typed) => {
    const [form] = formsOf(page.html)
    if (!form) throw new Error(`no form: ${textOf(page)}`)
    const { act = '', once = '', notice = '' } = form.fields
    const body = new URLSearchParams({ act, once, notice, ...typed })
    const sent = await shop.ask(page.url, { method: 'POST', body })
    return { url: page.url, status: sent.status, html: await sent.text(), headers: sent.headers }
  }
  return {
    desk,
    send,
    published: async (mode, term = 'P14D') => {
      const title = `Survey number ${(titles += 1)}`
      const made = await desk('/desk/surveys/import', { file: JSON.stringify({ title, intro: '', questions }) })
      const path = made.headers.get('location') ?? ''
      const seen = /name="seen" value="([^"]*)"/.exec(await text(path))?.[1] ?? ''
      await desk(`${path}/publish`, { mode, term, seen })
      const open = /href="(\/surveys\/[^"]+)"/.exec(await text(path))?.[1] ?? ''
      return { path, title, open: `${shop.baseUrl}${open}` }
    },
    invited: async ({ path }) => {
      const page = await (await desk(`${path}/invite`, { product: 'tally' })).text()
      await shop.settled()
      return page
    },
    closed: async ({ path }) => {
      await desk(`${path}/close`, {})
      return text(path)
    },
    invitationOf: async (email) =>
      (await shop.mails(email)).map((mail) => /http\S+\/q\/\S+/.exec(mail.text)?.[0]).findLast(Boolean) ?? '',
    answer: async (url, typed) => send(await shop.walk().get(url), typed),
    withdrawn: async (code) => {
      const walk = shop.walk()
      return walk.submit(await walk.get(`${shop.baseUrl}/surveys/withdraw`), { code }, { button: /back/ })
    },
    counted: async () => withoutVisits(await rowCounts(shop)),
    stored: async () => withoutVisits(await everyRow(shop)),
  }
}

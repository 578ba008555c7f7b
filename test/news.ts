import { expect } from 'vitest'
import type { Shop } from './openShop.ts'
import { textOf, type Seen } from './walker.ts'

type Typed = Readonly<Record<string, string>>

/** What readers of news and staff with a campaign do. */
export type Newsroom = {
  readonly url: (path: string) => string
  /** A page of the desk as Sam sees it; a form makes it a POST, and a redirect is followed. */
  readonly page: (path: string, form?: Typed) => Promise<Seen>
  /** As `page`, without following a redirect. */
  readonly send: (path: string, form: Typed) => Promise<Response>
  /** Signs Sam in again, for tests that move the time. */
  readonly signIn: () => Promise<void>
  /** Asks for news by e-mail and answers the mailed link. */
  readonly askFor: (email: string, name?: string) => Promise<string>
  /** Asks for news by e-mail and confirms it. */
  readonly subscribe: (email: string, name?: string) => Promise<void>
  /** Asks for news by post or telephone. */
  readonly askBy: (channel: 'post' | 'telephone', typed: Typed) => Promise<void>
  /** Writes a campaign and starts it. Answers where it is. */
  readonly campaign: (typed?: Typed) => Promise<string>
  /** Waits until a campaign has nothing left to do, and answers its page. */
  readonly gone: (path: string) => Promise<Seen>
  readonly newsTo: (email: string) => Promise<string[]>
  /** How many mails of news went to an address, whoever can still read them. */
  readonly sentTo: (email: string) => Promise<number>
  /** The link that stops the news, from the newest mail to an address. */
  readonly stopLink: (email: string) => Promise<string>
}

/** A campaign by mail as Sam writes it. */
export const tally5 = {
  channel: 'mail',
  heading: 'Tally 5 is here',
  words: 'Hello {name},\n\nTally 5 reads your files twice as fast.',
}

/** The newsroom of a shop. */
export async function newsroom(shop: Shop): Promise<Newsroom> {
  let desk = await shop.staff()
  const url = (path: string): string => new URL(path, shop.baseUrl).href
  const page: Newsroom['page'] = async (path, form) => {
    const answer = await desk(path, form)
    const to = answer.headers.get('location')
    if (to) return page(new URL(to, shop.baseUrl).pathname)
    return { url: url(path), status: answer.status, html: await answer.text(), headers: answer.headers }
  }
  const ask = async (channel: string, typed: Typed): Promise<string> => {
    const walk = shop.walk()
    const said = await walk.submit(
      await walk.get(url(`/news/${channel}`)),
      { ...typed, agree: 'yes' },
      { button: /^Ask/ },
    )
    expect(said.status).toBe(200)
    await shop.settled()
    return textOf(said)
  }
  const askFor: Newsroom['askFor'] = async (email, name = '') => {
    expect(await ask('mail', { email, name })).toContain('look in your mail')
    return /http\S+\/n\/\S+/.exec((await shop.mails(email)).map(({ text }) => text).join('\n'))?.[0] ?? ''
  }
  const newsTo: Newsroom['newsTo'] = async (email) =>
    (await shop.mails(email)).filter(({ kind }) => kind === 'news').map(({ text }) => text)
  return {
    url,
    page,
    askFor,
    newsTo,
    send: (path, form) => desk(path, form),
    signIn: async () => void (desk = await shop.staff()),
    subscribe: async (email, name) => {
      const walk = shop.walk()
      await walk.submit(await walk.get(await askFor(email, name)), {}, { button: /^Yes/ })
    },
    askBy: async (channel, typed) => void (await ask(channel, typed)),
    campaign: async (typed = tally5) => {
      const made = await desk('/desk/campaigns', { product: '', country: '', ...typed })
      const path = made.headers.get('location') ?? ''
      await desk(`${path}/start`, {})
      return path
    },
    gone: async (path) => {
      await shop.settled()
      return page(path)
    },
    sentTo: async (email) => {
      const persons = await shop.desk().vault.find('email', email)
      const list = persons.map((person) => `'${person}'`).join(',') || 'null'
      const sent = `select 1 from contact_ledger where kind = 'news' and outcome = 'handed-over' and person_id in (${list})`
      return (await shop.rows(sent)).length
    },
    stopLink: async (email) => /http\S+\/u\/\S+/.exec((await newsTo(email))[0] ?? '')?.[0] ?? '',
  }
}

/**
 * Finds a telephone number in whatever spelling, or its first digits alone; never three digits that happen to stand in a hash or a time.
 * Shape: digits only, those of the network apart.
 */
export function numberIn(network: string, rest: string): RegExp {
  return new RegExp(`(?<![\\w.:])${network}(?!\\w)|${(network + rest).split('').join('\\D?')}`)
}

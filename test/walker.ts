/** Walks a site as curl would: no cookie jar, no script, only links and forms that the page really has. */
export type Walker = {
  /** Pages reached by a form or a link so far; redirects are not counted. */
  readonly pages: () => number
  readonly cookies: () => readonly string[]
  readonly get: (url: string) => Promise<Seen>
  readonly follow: (page: Seen, text: RegExp) => Promise<Seen>
  readonly submit: (
    page: Seen,
    fill: Readonly<Record<string, string>>,
    options?: { readonly button?: RegExp; readonly headers?: Readonly<Record<string, string>> },
  ) => Promise<Seen>
}

/** A page that was reached. */
export type Seen = { readonly url: string; readonly status: number; readonly html: string; readonly headers: Headers }

/** A form as the page has it. */
export type SeenForm = {
  readonly action: string
  readonly method: string
  readonly fields: Readonly<Record<string, string>>
  readonly html: string
}

type Fetch = (url: string, init?: RequestInit) => Promise<Response>

/** Starts a walk. Shape: `fetchPage` may be an app's own `request`, so that no socket is needed. */
export function walker(fetchPage: Fetch = (url, init) => fetch(url, init)): Walker {
  let pages = 0
  const cookies: string[] = []
  const load = async (url: string, init: RequestInit, hops = 0): Promise<Seen> => {
    const answer = await fetchPage(url, { ...init, redirect: 'manual' })
    cookies.push(...answer.headers.getSetCookie())
    const to = answer.headers.get('location')
    if (to && answer.status >= 300 && answer.status < 400 && hops < 10)
      return load(new URL(to, url).href, { headers: init.headers ?? {} }, hops + 1)
    return { url, status: answer.status, html: await answer.text(), headers: answer.headers }
  }
  const visit = (url: string, init: RequestInit = {}): Promise<Seen> => {
    pages += 1
    return load(url, init)
  }
  return {
    pages: () => pages,
    cookies: () => cookies,
    get: (url) => visit(url),
    follow: (page, text) => visit(new URL(linkOf(page.html, text), page.url).href),
    submit: (page, fill, { button, headers = {} } = {}) => {
      const form = formWith(page.html, button ?? /./)
      const fields = { ...form.fields, ...pressed(form.html, button), ...fill }
      const body = new URLSearchParams(fields)
      const url = new URL(form.action || page.url, page.url).href
      if (form.method === 'get') return visit(`${url}?${body.toString()}`)
      return visit(url, {
        method: 'POST',
        body: body.toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      })
    },
  }
}

const plain = (html: string): string =>
  decode(
    html
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  )

function decode(text: string): string {
  return text
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
}

function linkOf(html: string, text: RegExp): string {
  for (const [, attributes = '', inside = ''] of html.matchAll(/<a\b([^>]*)>([\s\S]*?)<\/a>/g)) {
    if (text.test(plain(inside))) return decode(/href="([^"]*)"/.exec(attributes)?.[1] ?? '')
  }
  throw new Error(`no link ${String(text)} on the page "${titleOf(html)}"`)
}

/** The forms of a page. */
export function formsOf(html: string): SeenForm[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, attributes = '', inside = '']) => ({
    action: decode(/action="([^"]*)"/.exec(attributes)?.[1] ?? ''),
    method: (/method="([^"]*)"/.exec(attributes)?.[1] ?? 'get').toLowerCase(),
    fields: fieldsOf(inside),
    html: inside,
  }))
}

function formWith(html: string, button: RegExp): SeenForm {
  const form = formsOf(html).find((one) =>
    [...one.html.matchAll(/<button\b[^>]*>([\s\S]*?)<\/button>/g)].some(([, inside = '']) =>
      button.test(plain(inside)),
    ),
  )
  if (!form)
    throw new Error(
      `no form with a button ${String(button)} on the page "${titleOf(html)}": ${plain(html).slice(0, 300)}`,
    )
  return form
}

function pressed(html: string, button: RegExp | undefined): Record<string, string> {
  for (const [, attributes = '', inside = ''] of html.matchAll(/<button\b([^>]*)>([\s\S]*?)<\/button>/g)) {
    const name = /\bname="([^"]*)"/.exec(attributes)?.[1]
    if (name && button?.test(plain(inside))) return { [name]: decode(/\bvalue="([^"]*)"/.exec(attributes)?.[1] ?? '') }
  }
  return {}
}

function fieldsOf(html: string): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [, attributes = ''] of html.matchAll(/<input\b([^>]*?)\/?>/g)) {
    const name = /\bname="([^"]*)"/.exec(attributes)?.[1]
    if (!name || (/\btype="radio"/.test(attributes) && !/\bchecked\b/.test(attributes))) continue
    fields[name] = decode(/\bvalue="([^"]*)"/.exec(attributes)?.[1] ?? '')
  }
  for (const [, attributes = '', inside = ''] of html.matchAll(/<textarea\b([^>]*)>([\s\S]*?)<\/textarea>/g))
    fields[/\bname="([^"]*)"/.exec(attributes)?.[1] ?? ''] = decode(inside)
  for (const [, attributes = '', inside = ''] of html.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) {
    const chosen = [...inside.matchAll(/<option\b([^>]*)>/g)].find(([, option = '']) => /\bselected\b/.test(option))
    fields[/\bname="([^"]*)"/.exec(attributes)?.[1] ?? ''] = decode(
      /\bvalue="([^"]*)"/.exec(chosen?.[1] ?? '')?.[1] ?? '',
    )
  }
  return fields
}

/** The title of a page. */
export function titleOf(html: string): string {
  return plain(/<title>([\s\S]*?)<\/title>/.exec(html)?.[1] ?? '')
}

/** The words of a page as people read them. */
export function textOf(page: Seen): string {
  return plain(page.html.replace(/<style[\s\S]*?<\/style>/g, ''))
}

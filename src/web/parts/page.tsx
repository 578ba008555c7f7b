import type { Child } from 'hono/jsx'
import { raw } from 'hono/html'
import { places, publicPages, type Place, type Web } from '../web.ts'
import { en } from '../words.ts'
import { Link } from './actions.tsx'

const FONT = 'archivo-latin-wdth-normal.woff2'

/** What a page says about itself. `wrong` is set when a form came back with errors, so that the title tells it first. */
export type PageProps = {
  readonly web: Web
  readonly title: string
  readonly nav?: Place | undefined
  readonly kind?: 'shop' | 'plain'
  readonly description?: string | undefined
  readonly noindex?: boolean
  readonly wrong?: boolean | undefined
  readonly children?: Child
}

/** A page of the shop: doctype, band, masthead with brand and navigation, content, footer. `plain` has no navigation. */
export function Page({ web, title, nav, kind = 'shop', description, noindex, wrong, children }: PageProps) {
  const full = `${wrong ? `${en.pleaseCheck}: ` : ''}${title} | ${web.brand.name}`
  return (
    <Document web={web} title={full} description={description} noindex={noindex}>
      <header class="mast">
        <ExampleLine web={web} />
        <div class="wrap">
          <BrandLink href={places.store} name={web.brand.name} />
          {kind === 'shop' ? <MainNav here={nav} more={web.more} /> : null}
        </div>
      </header>
      <main id="main">
        <div class="wrap stack g6">{children}</div>
      </main>
      <Foot web={web} />
    </Document>
  )
}

type SayProps = Pick<PageProps, 'web' | 'title' | 'nav' | 'children'> & { readonly text: string }

/** A page with one message, and with what can be done next. */
export function SayPage({ web, title, nav, text, children }: SayProps) {
  return (
    <Page web={web} title={title} nav={nav} noindex>
      <div class="stack">
        <h1>{title}</h1>
        <p class="lede">{text}</p>
      </div>
      {children}
    </Page>
  )
}

/** The shell of every page, the desk's too. */
export function Document(props: {
  web: Web
  title: string
  description?: string | undefined
  noindex?: boolean | undefined
  children?: Child
}) {
  const { web, title, description, noindex, children } = props
  return (
    <>
      {raw('<!doctype html>')}
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <title>{title}</title>
          {description ? <meta name="description" content={description} /> : null}
          {noindex ? <meta name="robots" content="noindex" /> : null}
          <link rel="icon" href={web.assets.url('icon.svg')} type="image/svg+xml" />
          <link rel="preload" href={web.assets.url(FONT)} as="font" type="font/woff2" crossorigin="anonymous" />
          <link rel="stylesheet" href={web.assets.url('app.css')} />
        </head>
        <body>
          <a class="skip" href="#main">
            {en.skip}
          </a>
          <div class="band" aria-hidden="true"></div>
          {children}
        </body>
      </html>
    </>
  )
}

/** The line that says that a shop is an example; nothing in a live one. */
export function ExampleLine({ web }: { web: Web }) {
  return web.example ? <p class="example">{en.example}</p> : null
}

/** The brand's mark and name. */
export function BrandLink({ href, name }: { href: string; name: string }) {
  return (
    <a class="brand" href={href}>
      <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
        <path class="ink" d="M4 5h24v6H4zM4 14h15v6H4z" />
        <path class="tick" d="M13 23.5l5.5 5L29 16.5" />
      </svg>
      <span>{name}</span>
    </a>
  )
}

function MainNav({ here, more }: { here: Place | undefined; more: Web['more'] }) {
  const help = more.includes('help') ? ([['help', publicPages.help]] as const) : []
  const [store, ...rest] = Object.entries(places) as [keyof typeof places, string][]
  const all = [...(store ? [store] : []), ...help, ...rest]
  return (
    <nav class="nav" aria-label={en.mainNav}>
      {all.map(([place, href]) => (
        <Link href={href} current={place === here}>
          {en[place]}
        </Link>
      ))}
    </nav>
  )
}

function Foot({ web }: { web: Web }) {
  return (
    <footer class="foot">
      <div class="wrap">
        <p>{en.footer}</p>
        <p class="row">
          <a href={places.privacy}>{en.policyVersion(web.policyVersion())}</a>
          <a href={places.promises}>{en.promisesKept}</a>
          {web.more.map((page) => (page === 'help' ? null : <a href={publicPages[page]}>{en[page]}</a>))}
        </p>
      </div>
    </footer>
  )
}

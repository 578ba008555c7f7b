import type { Child } from 'hono/jsx'
import type { Web } from '../web.ts'
import { en } from '../words.ts'
import { Btn, Link, PostForm } from './actions.tsx'
import { BrandLink, Document, ExampleLine } from './page.tsx'

/** One entry of the desk's rail; `count` is what waits there. */
export type RailItem = { readonly href: string; readonly label: string; readonly count?: number | undefined }

/** What a page of the desk says about itself. `who` is the signed-in member of staff; `may` says in words what they may open. */
export type DeskProps = {
  readonly web: Web
  readonly title: string
  readonly here: string
  readonly rail: readonly RailItem[]
  readonly who: { readonly label: string; readonly may?: Child; readonly signOut: string }
  readonly children?: Child
}

/** A page of the staff desk: a rail at the side, or on top of a narrow screen, and the work beside it. */
export function DeskPage({ web, title, here, rail, who, children }: DeskProps) {
  return (
    <Document web={web} title={`${title} | Avow`} noindex>
      <div class="desk">
        <header class="rail">
          <BrandLink href={rail[0]?.href ?? '/'} name="Avow" />
          <nav aria-label={en.deskNav}>
            <ul>
              {rail.map((item) => (
                <li>
                  <RailLink item={item} here={here} />
                </li>
              ))}
            </ul>
          </nav>
          <div class="who">
            <span>
              <strong>{who.label}</strong>
            </span>
            {who.may ? <span class="may">{who.may}</span> : null}
            <PostForm web={web} action={who.signOut}>
              <Btn weight="quiet">{en.signOut}</Btn>
            </PostForm>
            <ExampleLine web={web} />
          </div>
        </header>
        <main id="main" class="stack g6">
          {children}
        </main>
      </div>
    </Document>
  )
}

function RailLink({ item, here }: { item: RailItem; here: string }) {
  return (
    <Link href={item.href} current={item.href === here}>
      <span>{item.label}</span>
      {item.count ? (
        <span class="num">
          {item.count}
          <span class="vh"> {en.waiting}</span>
        </span>
      ) : null}
    </Link>
  )
}

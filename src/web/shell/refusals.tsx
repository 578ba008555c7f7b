import type { Context } from 'hono'
import { LinkBtn } from '../parts/actions.tsx'
import { Page } from '../parts/page.tsx'
import { places, type Web } from '../web.ts'
import { en, type RefusalStatus } from '../words.ts'

/** The page for a request that is not answered otherwise. It repeats nothing of what was sent, not even the address. */
export function RefusalPage({ web, status }: { web: Web; status: RefusalStatus }) {
  const { title, text } = en.refusal[status]
  return (
    <Page web={web} title={title} kind="plain" noindex>
      <div class="stack">
        <h1>{title}</h1>
        <p class="lede">{text}</p>
        <p>
          <LinkBtn href={places.store} weight="quiet">
            {en.toStore}
          </LinkBtn>
        </p>
      </div>
    </Page>
  )
}

/** Answers with the page of a refusal. */
export async function refuse(c: Context, web: Web, status: RefusalStatus): Promise<Response> {
  c.header('Cache-Control', 'no-store')
  return c.html(await RefusalPage({ web, status }), status)
}

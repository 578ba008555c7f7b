import type { Child } from 'hono/jsx'
import type { MyCopy } from '../../core/licences/index.ts'
import { Btn, Link, LinkBtn, Mono, Notice, Page, Pii, PostForm, Table } from '../../web/index.ts'
import type { CopiesContext } from './context.ts'
import { en } from './words.ts'

type Props = {
  readonly ctx: CopiesContext
  readonly path: string
  readonly copies: readonly MyCopy[]
  readonly keys?: ReadonlyMap<string, string>
}

/** The copies of an owner: since when, until when supported, and the keys when they were opened. */
export function MyCopiesPage({ ctx, path, copies, keys }: Props) {
  const rows = copies.map((copy) => [
    copy.productName,
    keyOf(copy, keys),
    ctx.web.dates.day(copy.since),
    supportOf(ctx, copy),
    <Link href={`${path}/leave/${copy.id}`}>
      {en.leaveLink}
      <span class="vh"> {copy.productName}</span>
    </Link>,
  ])
  const { product, key, since, support, act } = en.head
  return (
    <Page web={ctx.web} title={en.mineTitle} noindex>
      <h1>{en.mineTitle}</h1>
      {copies.length === 0 ? <p class="lede">{en.mineNone}</p> : null}
      {keys ? <Notice>{en.keysNote}</Notice> : null}
      {copies.length > 0 ? <Table label={en.mineTable} head={[product, key, since, support, act]} rows={rows} /> : null}
      {copies.length > 0 && !keys ? (
        <p>
          <LinkBtn href={`${path}/keys`}>{en.showKeys}</LinkBtn>
        </p>
      ) : null}
    </Page>
  )
}

function keyOf(copy: MyCopy, keys: ReadonlyMap<string, string> | undefined): Child {
  const key = keys?.get(copy.id)
  if (key)
    return (
      <Pii>
        <Mono>{key}</Mono>
      </Pii>
    )
  return keys ? en.noKey : en.endsWith(copy.keyTail)
}

function supportOf({ web, now }: CopiesContext, { supportedUntil, revokedAt }: MyCopy): string {
  if (revokedAt) return en.withdrawn
  if (!supportedUntil) return en.noEnd
  const day = web.dates.day(supportedUntil)
  return supportedUntil <= now() ? en.ended(day) : en.until(day)
}

/** What giving up means, before it is done. */
export function LeavePage({ ctx, path, copies, leaving }: Props & { leaving: string }) {
  return (
    <Page web={ctx.web} title={en.leaveTitle} noindex>
      <div class="stack">
        <h1>{en.leaveTitle}</h1>
        <p class="lede">{en.leaveLede(copies.map((copy) => copy.productName).join(', '))}</p>
        <ul>
          <li>{en.leaveWhat}</li>
          <li>{en.leaveStays}</li>
        </ul>
      </div>
      <PostForm web={ctx.web} action={`${path}/leave/${leaving}`} class="row">
        <Btn weight="danger">{en.leaveButton}</Btn>
        <LinkBtn weight="quiet" href={path}>
          {en.keep}
        </LinkBtn>
      </PostForm>
    </Page>
  )
}

import type { Context } from 'hono'
import type { FormField } from '../../policy/index.ts'
import { Btn, ErrorSummary, Fields, LinkBtn, Mono, Notice, Page, PostForm, SayPage } from '../../web/index.ts'
import type { PrivacyContext } from './context.ts'
import type { Certificate } from './queries.ts'
import { en } from './words.ts'

type AskProps = {
  ctx: PrivacyContext
  form: readonly FormField[]
  values?: Readonly<Record<string, string | undefined>>
  errors?: Readonly<Record<string, string>>
}

/** Ask for the link to everything that is held under an address. */
export function AskPage({ ctx, form, values = {}, errors = {} }: AskProps) {
  return (
    <Page web={ctx.web} title={en.askTitle} nav="data" wrong={Object.keys(errors).length > 0} description={en.askLede}>
      <ErrorSummary errors={errors} />
      <div class="stack">
        <h1>{en.askTitle}</h1>
        <p class="lede">{en.askLede}</p>
      </div>
      <PostForm web={ctx.web} action="/your-data" class="stack g5 narrow">
        <Fields notice={ctx.web.policyVersion()} form={form} values={values} errors={errors} />
        <Btn>{en.askButton}</Btn>
      </PostForm>
    </Page>
  )
}

/** Answers that a link no longer works. */
export function closed(ctx: PrivacyContext, c: Context): Response | Promise<Response> {
  return c.html(
    <SayPage web={ctx.web} nav="data" title={en.closedTitle} text={en.closed}>
      <p>
        <LinkBtn weight="quiet" href="/your-data">
          {en.askAgain}
        </LinkBtn>
      </p>
    </SayPage>,
    410,
  )
}

/** The mailed link was opened: nothing is shown before the button is pressed. */
export function OpenPage({ ctx, path }: { ctx: PrivacyContext; path: string }) {
  return (
    <Page web={ctx.web} title={en.openTitle} nav="data" noindex>
      <h1>{en.openTitle}</h1>
      <p class="lede">{en.openLede}</p>
      <PostForm web={ctx.web} action={path}>
        <Btn>{en.openButton}</Btn>
      </PostForm>
    </Page>
  )
}

type EraseProps = {
  ctx: PrivacyContext
  path: string
  openOrders: readonly string[]
  pending: readonly string[]
  stays: string | undefined
  wrong?: boolean
}

/** What goes and what stays, before anything is erased. */
export function ErasePage({ ctx, path, openOrders, pending, stays, wrong = false }: EraseProps) {
  return (
    <Page web={ctx.web} title={en.eraseTitle} nav="data" noindex wrong={wrong}>
      <ErrorSummary errors={wrong ? { form: en.choose } : {}} />
      <div class="stack">
        <h1>{en.eraseTitle}</h1>
        <p class="lede">{en.eraseLede}</p>
        <ul>
          <li>{en.eraseGone}</li>
          <li>{stays ?? en.eraseNothingStays}</li>
          <li>{en.eraseCopies}</li>
        </ul>
      </div>
      {pending.length > 0 ? (
        <Notice kind="wait">
          <strong>{en.pendingTitle}</strong> {en.pending(pending.join(', '))}
        </Notice>
      ) : null}
      {openOrders.length > 0 ? (
        <Notice kind="wait">
          <strong>{en.openBoxTitle}</strong> {en.openBox(openOrders.join(', '))}
        </Notice>
      ) : null}
      <PostForm web={ctx.web} action={`${path}/erase`} class="row">
        {openOrders.length > 0 ? (
          <>
            <Btn weight="danger" name="choice" value="after">
              {en.eraseAfter}
            </Btn>
            <Btn weight="danger" name="choice" value="cancel">
              {en.eraseCancel}
            </Btn>
          </>
        ) : (
          <Btn weight="danger">{en.eraseNow}</Btn>
        )}
        <LinkBtn weight="quiet" href={path}>
          {en.keepAll}
        </LinkBtn>
      </PostForm>
    </Page>
  )
}

/** The certificate: what was done, without naming anybody. */
export function ErasedPage({ ctx, certificate }: { ctx: PrivacyContext; certificate: Certificate }) {
  const now = certificate.erasures.length > 0
  return (
    <Page web={ctx.web} title={now ? en.erasedTitle : en.laterTitle} nav="data" noindex>
      <div class="stack">
        <h1>{now ? en.erasedTitle : en.laterTitle}</h1>
        {now ? <p class="lede">{en.erasedLede}</p> : null}
        {certificate.laterOrders > 0 ? <p class="lede">{en.later}</p> : null}
      </div>
      {now ? (
        <Notice>
          <strong>{en.keysDestroyed(ctx.web.dates.minute(certificate.madeAt))}</strong>{' '}
          {certificate.taxKept ? en.checkedButTax : en.checked} {en.toldLine}
        </Notice>
      ) : null}
      {now ? (
        <p class="small">
          {en.erasureNumber} <Mono>{certificate.erasures.join(' ')}</Mono>
        </p>
      ) : null}
    </Page>
  )
}

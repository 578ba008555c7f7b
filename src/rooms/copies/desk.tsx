import { Hono, type Context } from 'hono'
import { copyByHash, ownerOf, register, spelt, type Copy, type RegisterOutcome } from '../../core/licences/index.ts'
import { keyedHash } from '../../lib/index.ts'
import {
  Btn,
  ErrorSummary,
  Fields,
  fill,
  formOf,
  Ledger,
  Notice,
  PostForm,
  Sheet,
  type AtDesk,
  oneText,
} from '../../web/index.ts'
import type { RailItem } from '../../web/index.ts'
import type { CopiesContext } from './context.ts'
import { registerForm } from './form.ts'
import { en } from './words.ts'

const PATH = '/desk/copies'

/** The desk's page about copies: find one by its key, and type in what a letter says. */
export function deskRoutes(ctx: CopiesContext): Hono {
  return new Hono()
    .get(PATH, (c) => ctx.desk.at(c, (at) => show(ctx, c, { at })))
    .post(PATH, (c) => ctx.desk.at(c, (at) => takeLetter(ctx, c, at)))
    .get(`${PATH}/letter/:outcome`, (c) => ctx.desk.at(c, (at) => show(ctx, c, { at, done: outcomeOf(c) })))
    .post(`${PATH}/find`, (c) => ctx.desk.at(c, (at) => find(ctx, c, at)))
}

/** The rail's entry of this room. */
export function copiesRail(): Promise<RailItem> {
  return Promise.resolve({ href: PATH, label: en.railLabel })
}

type FoundCopy = { readonly copy: Copy; readonly since: Date | undefined }
type Shown = {
  readonly at: AtDesk
  readonly found?: FoundCopy | 'none'
  readonly done?: RegisterOutcome | undefined
  readonly values?: Readonly<Record<string, string | undefined>>
  readonly errors?: Readonly<Record<string, string>>
}

function show(ctx: CopiesContext, c: Context, shown: Shown): Promise<Response> {
  const wrong = shown.errors ? 422 : 200
  return Promise.resolve(c.html(<CopiesDeskPage ctx={ctx} {...shown} />, shown.found === 'none' ? 404 : wrong))
}

function outcomeOf(c: Context): RegisterOutcome | undefined {
  const said = c.req.param('outcome') ?? ''
  return Object.hasOwn(en.letterDone, said) ? (said as RegisterOutcome) : undefined
}

/** What a letter says goes the same way as the form: the mailed link decides. */
async function takeLetter(ctx: CopiesContext, c: Context, at: AtDesk): Promise<Response> {
  const notice = ctx.web.policyVersion()
  const filled = fill(registerForm(ctx.policy), formOf(c), { notice })
  if (!filled.ok) return show(ctx, c, { at, values: filled.values, errors: filled.errors })
  const { licenceKey: key = '', email = '', name } = filled.value
  const errors = { licenceKey: en.mistyped }
  if (spelt(key).form === 'mistyped') return show(ctx, c, { at, values: filled.value, errors })
  const done = await register(ctx.licences, { key, email, name, notice, channel: 'letter' })
  return c.redirect(`${PATH}/letter/${done}`, 303)
}

/** A search is a form, so that no key stands in an address. */
async function find(ctx: CopiesContext, c: Context, at: AtDesk): Promise<Response> {
  const { licences } = ctx
  const hash = keyedHash(licences.licenceKey, spelt(oneText(formOf(c), 'key')).text)
  const copy = await copyByHash(licences.db.query, hash)
  if (!copy) return show(ctx, c, { at, found: 'none' })
  const owner = await ownerOf(licences.db.query, copy.id)
  return show(ctx, c, { at, found: { copy, since: owner?.since } })
}

function CopiesDeskPage({ ctx, at, found, done, values = {}, errors = {} }: Shown & { ctx: CopiesContext }) {
  return (
    <ctx.desk.Page at={at} title={en.deskTitle} here={PATH} may={en.may} purpose="registration">
      <ErrorSummary errors={errors} />
      <h1>{en.deskTitle}</h1>
      {done ? (
        <Notice kind={done === 'asked' || done === 'yours' ? 'kept' : 'wait'}>{en.letterDone[done]}</Notice>
      ) : null}
      <Sheet id="find" title={en.findTitle}>
        <PostForm web={ctx.web} action={`${PATH}/find`} class="search">
          <label class="vh" for="key">
            {en.find}
          </label>
          <input id="key" name="key" type="search" class="find" placeholder={en.find} autocomplete="off" />
          <Btn weight="quiet">{en.findButton}</Btn>
        </PostForm>
        {found === 'none' ? <Notice kind="wait">{en.notFound}</Notice> : null}
        {found && found !== 'none' ? <FoundCopyPart ctx={ctx} {...found} /> : null}
      </Sheet>
      <Sheet id="letter" title={en.letterTitle}>
        <p>{en.letterLede}</p>
        <PostForm web={ctx.web} action={PATH} class="stack g5 narrow">
          <Fields notice={ctx.web.policyVersion()} form={registerForm(ctx.policy)} values={values} errors={errors} />
          <Btn>{en.letterButton}</Btn>
        </PostForm>
      </Sheet>
    </ctx.desk.Page>
  )
}

function FoundCopyPart({ ctx, copy, since }: FoundCopy & { ctx: CopiesContext }) {
  const { product, sold, key, owner, state } = en.found
  return (
    <Ledger
      rows={[
        { term: product, text: copy.productName },
        { term: sold, text: copy.source ? en.sold[copy.source] : en.soldHere },
        { term: key, text: en.endsWith(copy.keyTail) },
        { term: owner, text: since ? en.hasOwner(ctx.web.dates.day(since)) : en.noOwner },
        { term: state, text: copy.revokedAt ? en.stateRevoked : en.stateGood },
      ]}
    />
  )
}

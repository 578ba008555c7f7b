import { Hono, type Context } from 'hono'
import { keyedHash } from '../../../lib/index.ts'
import type { PersonId } from '../../../vault/index.ts'
import { fill, formOf, linkPaths, openLink, oneText } from '../../../web/index.ts'
import type { PrivacyContext } from '../context.ts'
import { closed } from '../requestPages.tsx'
import { correct, correctable } from './correct.ts'
import { CorrectPage, DonePage } from './deedPages.tsx'
import { endUse, stopNews } from './endUse.ts'
import { eraseRoutes } from './eraseRoutes.tsx'
import { ExportPage } from './exportPage.tsx'
import { heldOf, textIn, type Held } from './held.ts'
import { HeldPage } from './heldPage.tsx'
import { en } from './words.ts'

/** What a person sees of what is held, and can do with it, on the page that the mailed link opened. */
export function heldRoutes(ctx: PrivacyContext): Hono {
  const base = '/p/open/:token'
  return new Hono()
    .get(base, (c) => withPersons(ctx, c, (open) => showHeld(ctx, c, open)))
    .get(`${base}/export.json`, (c) => withPersons(ctx, c, (open) => giveExport(ctx, c, open)))
    .get(`${base}/export`, (c) => withPersons(ctx, c, (open) => showExport(ctx, c, open)))
    .get(`${base}/done/:what`, (c) => withPersons(ctx, c, (open) => showDone(ctx, c, open)))
    .post(`${base}/no-news`, (c) => withPersons(ctx, c, (open) => doStopNews(ctx, c, open)))
    .route('/', eraseRoutes(ctx, withPersons))
    .get(`${base}/:mark/correct`, (c) => withOne(ctx, c, (one) => askCorrect(ctx, c, one)))
    .post(`${base}/:mark/correct`, (c) => withOne(ctx, c, (one) => doCorrect(ctx, c, one)))
    .post(`${base}/:mark/end`, (c) => withOne(ctx, c, (one) => doEnd(ctx, c, one)))
}

/** The persons that an opened link shows, and its path. */
export type Open = { readonly persons: readonly PersonId[]; readonly path: string }
type One = { readonly person: PersonId; readonly path: string; readonly own: string }

/** Runs a page for whoever holds an opened link. */
export async function withPersons(
  ctx: PrivacyContext,
  c: Context,
  use: (open: Open) => Promise<Response>,
): Promise<Response> {
  const token = c.req.param('token') ?? ''
  const link = await openLink(ctx.links.query, { kind: 'privacySession', token, now: ctx.now() })
  return link ? use({ persons: link.persons, path: linkPaths.privacySession + token }) : closed(ctx, c)
}

/**
 * Where the deeds of one person of a link are: a mark stands in the address and no id. It is theirs as long as the link lives, so a
 * page that was opened before somebody of the same address was erased never means another.
 */
function ownPath(path: string, person: PersonId): string {
  return `${path}/${keyedHash(Buffer.from(path), person).toString('hex').slice(0, 16)}`
}

/** One of the persons of a link. */
function withOne(ctx: PrivacyContext, c: Context, use: (one: One) => Promise<Response>): Promise<Response> {
  return withPersons(ctx, c, async ({ persons, path }) => {
    const asked = `${path}/${c.req.param('mark') ?? ''}`
    const person = persons.find((one) => ownPath(path, one) === asked)
    return person ? use({ person, path, own: asked }) : c.redirect(path, 303)
  })
}

async function all(ctx: PrivacyContext, { persons }: Open): Promise<Held[]> {
  const held: Held[] = []
  for (const person of persons) held.push(await heldOf(ctx, person))
  return held
}

async function showHeld(ctx: PrivacyContext, c: Context, open: Open): Promise<Response> {
  const own = open.persons.map((person) => ownPath(open.path, person))
  return c.html(<HeldPage ctx={ctx} held={await all(ctx, open)} path={open.path} own={own} />)
}

async function showExport(ctx: PrivacyContext, c: Context, open: Open): Promise<Response> {
  return c.html(<ExportPage ctx={ctx} held={await all(ctx, open)} back={open.path} />)
}

/** One file that a program can read, with everything on the page. */
async function giveExport(ctx: PrivacyContext, c: Context, open: Open): Promise<Response> {
  const about = (await all(ctx, open)).map(({ texts, ...held }) => ({
    ...held,
    texts: texts.map((passage) => ({
      text: passage.text,
      passage: passage.passage,
      content: textIn(passage) ?? { base64: passage.content.toString('base64') },
    })),
  }))
  const file = JSON.stringify(
    { vendor: ctx.policy.controller, madeAt: ctx.now(), policyVersion: ctx.web.policyVersion(), about },
    null,
    2,
  )
  return c.body(file, 200, {
    'content-type': 'application/json',
    'content-disposition': 'attachment; filename="your-data.json"',
  })
}

async function askCorrect(ctx: PrivacyContext, c: Context, { person, path, own }: One): Promise<Response> {
  const { form, values } = await correctable(ctx, person)
  return c.html(<CorrectPage ctx={ctx} path={`${own}/correct`} back={path} form={form} values={values} />)
}

async function doCorrect(ctx: PrivacyContext, c: Context, { person, path, own }: One): Promise<Response> {
  const { form, values: was } = await correctable(ctx, person)
  const filled = fill(form, formOf(c), { notice: ctx.web.policyVersion() })
  const again = (values: Readonly<Record<string, string | undefined>>, errors: Readonly<Record<string, string>>) => (
    <CorrectPage ctx={ctx} path={`${own}/correct`} back={path} form={form} values={values} errors={errors} />
  )
  if (!filled.ok) return c.html(again(filled.values, filled.errors), 422)
  const done = await correct(ctx, person, { was, is: filled.value })
  if (done === 'again') return c.html(again(filled.value, { form: en.correctAgain }), 409)
  return c.redirect(`${path}/done/corrected`, 303)
}

async function doEnd(ctx: PrivacyContext, c: Context, { person, path }: One): Promise<Response> {
  const done = await endUse(ctx, person, oneText(formOf(c), 'purpose'))
  return c.redirect(`${path}/done/${done}`, 303)
}

async function doStopNews(ctx: PrivacyContext, c: Context, { persons, path }: Open): Promise<Response> {
  for (const person of persons) await stopNews(ctx, person)
  return c.redirect(`${path}/done/news`, 303)
}

function showDone(ctx: PrivacyContext, c: Context, { path }: Open): Promise<Response> {
  const what = c.req.param('what') ?? ''
  if (!Object.hasOwn(en.done, what)) return Promise.resolve(c.redirect(path, 303))
  return Promise.resolve(c.html(<DonePage ctx={ctx} back={path} what={what as keyof typeof en.done} />))
}

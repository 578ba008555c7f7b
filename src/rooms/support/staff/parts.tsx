import { Hono, type Context } from 'hono'
import { asDownload, fill, formOf, refuse } from '../../../web/index.ts'
import type { PersonId } from '../../../vault/index.ts'
import { destroy, destroySubject, nameIn } from '../cases/destroy.ts'
import { knownOf, personsOn, readTurns, type ShownFile, type ShownTurn } from '../cases/read.ts'
import type { SupportContext } from '../context.ts'
import { emailForm } from '../form.ts'
import { whyDestroyed, type WhyDestroyed } from '../tables.ts'
import { en } from '../words.ts'
import { PartsPage, type Wrong } from './partsPage.tsx'
import { byStaff, CASES, withTicket, type Work } from './atTicket.ts'

/** The parts of one message, each of which can go alone, and its files. */
export function partsRoutes(ctx: SupportContext): Hono {
  const path = `${CASES}/:number/parts/:turn`
  const files = `${CASES}/:number/files/:file`
  return new Hono()
    .get(path, (c) => withTurn(ctx, c, (part) => showParts(ctx, c, part)))
    .post(`${path}/:passage/destroy`, (c) => withTurn(ctx, c, (part) => destroyPassage(ctx, c, part)))
    .post(`${path}/:passage/give`, (c) => withTurn(ctx, c, (part) => givePassage(ctx, c, part)))
    .get(files, (c) => withFile(ctx, c, (part) => giveFile(ctx, c, part)))
    .post(`${files}/destroy`, (c) => withFile(ctx, c, (part) => destroyFile(ctx, c, part)))
}

type AtTurn = { readonly work: Work; readonly shown: ShownTurn; readonly persons: readonly PersonId[] }

async function opened(ctx: SupportContext, { ticket, actor }: Work) {
  const persons = await personsOn(ctx, ticket)
  return { persons, turns: await readTurns(ctx, ticket, { actor, persons, internal: true }) }
}

function withTurn(ctx: SupportContext, c: Context, use: (part: AtTurn) => Promise<Response>): Promise<Response> {
  return withTicket(ctx, c, async (work) => {
    const { persons, turns } = await opened(ctx, work)
    const shown = turns.find(({ turn }) => turn.id === c.req.param('turn'))
    return shown ? use({ work, shown, persons }) : refuse(c, ctx.web, 404)
  })
}

async function showParts(
  ctx: SupportContext,
  c: Context,
  { work, shown, persons, wrong }: AtTurn & { wrong?: Wrong },
): Promise<Response> {
  const known = await knownOf(ctx, work.ticket, { actor: work.actor, persons })
  return c.html(<PartsPage ctx={ctx} work={work} shown={shown} known={known} wrong={wrong} />, wrong ? 422 : 200)
}

function reasonIn(c: Context): WhyDestroyed | undefined {
  return whyDestroyed.find((why) => why === formOf(c)['because'])
}

const toTicket = (c: Context, { ticket }: Work): Response => c.redirect(`${CASES}/${ticket.number}`, 303)

/** The number of a passage that is there, by its address. */
function passageIn(c: Context, { passages }: ShownTurn): number | undefined {
  return passages.find(({ passage }) => String(passage) === c.req.param('passage'))?.passage
}

async function destroyPassage(ctx: SupportContext, c: Context, part: AtTurn): Promise<Response> {
  const { head, turn } = part.shown
  const isSubject = c.req.param('passage') === '0' && head.subject !== ''
  const passage = isSubject ? 0 : passageIn(c, part.shown)
  const because = reasonIn(c)
  if (passage === undefined) return refuse(c, ctx.web, 404)
  if (!because) return showParts(ctx, c, { ...part, wrong: { field: `because-${passage}`, error: en.chooseReason } })
  if (isSubject) await destroySubject(ctx, byStaff(part.work), { turn, head, because })
  else await destroy(ctx, byStaff(part.work), { turn, passage, because })
  return toTicket(c, part.work)
}

/** Gives a passage to somebody known by an address: a person of the ticket if one has it, else a new one. */
async function givePassage(ctx: SupportContext, c: Context, part: AtTurn): Promise<Response> {
  const { work, shown } = part
  const passage = passageIn(c, shown)
  const from = shown.writer
  if (passage === undefined || !from) return refuse(c, ctx.web, 404)
  const notice = ctx.web.policyVersion()
  const { email: typed } = formOf(c)
  // The address is somebody else's, who is told on their own page, so no notice stood beside it and its error is not asked for.
  const read = fill(emailForm(ctx.policy, work.ticket.purpose), typed === undefined ? {} : { email: typed }, { notice })
  const { email = '' } = read.ok ? read.value : read.values
  const error = read.ok ? undefined : read.errors['email']
  const field = `email-${passage}`
  if (error) return showParts(ctx, c, { ...part, wrong: { field, error, typed: email } })
  const done = await nameIn({ ...ctx, notice }, byStaff(work), { turn: shown.turn, passage, from, email })
  if (done === 'shared') return toTicket(c, work)
  return showParts(ctx, c, { ...(await again(ctx, part)), wrong: { field, error: en.giveRefused, typed: email } })
}

/** The parts as they are now. */
async function again(ctx: SupportContext, part: AtTurn): Promise<AtTurn> {
  const { persons, turns } = await opened(ctx, part.work)
  return { ...part, persons, shown: turns.find(({ turn }) => turn.id === part.shown.turn.id) ?? part.shown }
}

type AtFile = AtTurn & { readonly file: ShownFile; readonly writer: PersonId }

function withFile(ctx: SupportContext, c: Context, use: (part: AtFile) => Promise<Response>): Promise<Response> {
  return withTicket(ctx, c, async (work) => {
    const { persons, turns } = await opened(ctx, work)
    const shown = turns.find(({ files }) => files.some(({ id }) => id === c.req.param('file')))
    const file = shown?.files.find(({ id }) => id === c.req.param('file'))
    return file && shown?.writer ? use({ work, shown, persons, file, writer: shown.writer }) : refuse(c, ctx.web, 404)
  })
}

/** A file is only ever handed over to be saved: no browser opens it on a page of ours. */
async function giveFile(ctx: SupportContext, c: Context, { work, file, writer }: AtFile): Promise<Response> {
  const { ticket, actor } = work
  const look = { person: writer, purpose: ticket.purpose, texts: [file.text], actor } as const
  const found = await ctx.vault.openTexts({ ...look, for: `ticket:${ticket.id}` })
  const bytes = found.outcome === 'shown' ? found.passages[0]?.content : undefined
  return bytes ? asDownload(c, { name: file.name ?? 'file', bytes }) : refuse(c, ctx.web, 404)
}

async function destroyFile(ctx: SupportContext, c: Context, part: AtFile): Promise<Response> {
  const { work, file } = part
  const because = reasonIn(c)
  if (!because) return showParts(ctx, c, { ...part, wrong: { field: `because-${file.id}`, error: en.chooseReason } })
  await destroy(ctx, byStaff(work), { file, because })
  return toTicket(c, work)
}

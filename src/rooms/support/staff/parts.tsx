import { Hono, type Context } from 'hono'
import { asDownload, fill, formOf, refuse } from '../../../web/index.ts'
import type { PersonId, TextId } from '../../../vault/index.ts'
import { destroy, destroySubject, nameIn } from '../cases/destroy.ts'
import { filesOf, type TurnFile } from '../cases/queries.ts'
import { emailOf, readTurn, type ShownTurn } from '../cases/read.ts'
import type { SupportContext } from '../context.ts'
import { emailForm } from '../form.ts'
import { peopleOf, turnsOf, type Turn } from '../queries.ts'
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

type AtTurn = { readonly work: Work; readonly turn: Turn }

/** Finds a turn by its id: what it says is opened by whoever shows it, and by nobody who destroys a part of it. */
function withTurn(ctx: SupportContext, c: Context, use: (part: AtTurn) => Promise<Response>): Promise<Response> {
  return withTicket(ctx, c, async (work) => {
    const turns = await turnsOf(ctx.db.query, work.ticket.id)
    const turn = turns.find(({ id }) => id === c.req.param('turn'))
    return turn ? use({ work, turn }) : refuse(c, ctx.web, 404)
  })
}

async function showParts(
  ctx: SupportContext,
  c: Context,
  { work, turn, shown, wrong }: AtTurn & { shown?: ShownTurn; wrong?: Wrong },
): Promise<Response> {
  const { ticket, actor } = work
  const parts = shown ?? (await readTurn(ctx, ticket, { turn, actor }))
  const emails = await emailsIn(ctx, work, parts)
  return c.html(<PartsPage ctx={ctx} work={work} shown={parts} emails={emails} wrong={wrong} />, wrong ? 422 : 200)
}

/** The addresses of those whom a turn concerns beside its writer. */
async function emailsIn(
  ctx: SupportContext,
  { ticket, actor }: Work,
  { passages, writer }: ShownTurn,
): Promise<ReadonlyMap<PersonId, string>> {
  const others = new Set(passages.flatMap((one) => one.for).filter((person) => person !== writer))
  const emails = new Map<PersonId, string>()
  for (const person of others) {
    const email = await emailOf(ctx, ticket, { actor, person })
    if (email) emails.set(person, email)
  }
  return emails
}

function reasonIn(c: Context): WhyDestroyed | undefined {
  return whyDestroyed.find((why) => why === formOf(c)['because'])
}

const noReason = (part: string): Wrong => ({ field: `because-${part}`, error: en.chooseReason })

const toTicket = (c: Context, { ticket }: Work): Response => c.redirect(`${CASES}/${ticket.number}`, 303)

/** The number of a passage that is there, by its address; nothing is opened. */
async function passageIn(ctx: SupportContext, c: Context, { turn }: AtTurn): Promise<number | undefined> {
  const there = (await ctx.vault.textPersons([turn.text])).filter(({ passage }) => passage > 0)
  return there.find(({ passage }) => String(passage) === c.req.param('passage'))?.passage
}

async function destroyPassage(ctx: SupportContext, c: Context, part: AtTurn): Promise<Response> {
  if (c.req.param('passage') === '0') return dropSubject(ctx, c, part)
  const { work, turn } = part
  const passage = await passageIn(ctx, c, part)
  if (passage === undefined) return refuse(c, ctx.web, 404)
  const because = reasonIn(c)
  if (!because) return showParts(ctx, c, { ...part, wrong: noReason(String(passage)) })
  await destroy(ctx, byStaff(work), { turn, passage, because })
  return toTicket(c, work)
}

/** The subject stands in one passage with what ties the mail to its conversation, so that one text is opened to keep the rest. */
async function dropSubject(ctx: SupportContext, c: Context, part: AtTurn): Promise<Response> {
  const { work, turn } = part
  const shown = await readTurn(ctx, work.ticket, { turn, actor: work.actor })
  const { head } = shown
  if (head.subject === '') return refuse(c, ctx.web, 404)
  const because = reasonIn(c)
  if (!because) return showParts(ctx, c, { ...part, shown, wrong: noReason('0') })
  await destroySubject(ctx, byStaff(work), { turn, head, because })
  return toTicket(c, work)
}

/** Gives a passage to somebody known by an address: a person of the ticket if one has it, else a new one. */
async function givePassage(ctx: SupportContext, c: Context, part: AtTurn): Promise<Response> {
  const { work, turn } = part
  const passage = await passageIn(ctx, c, part)
  const from = await writerOf(ctx, part)
  if (passage === undefined || !from) return refuse(c, ctx.web, 404)
  const notice = ctx.web.policyVersion()
  const { email: typed } = formOf(c)
  // The address is somebody else's, who is told on their own page, so no notice stood beside it and its error is not asked for.
  const read = fill(emailForm(ctx.policy, work.ticket.purpose), typed === undefined ? {} : { email: typed }, { notice })
  const { email = '' } = read.ok ? read.value : read.values
  const error = read.ok ? undefined : read.errors['email']
  const field = `email-${passage}`
  if (error) return showParts(ctx, c, { ...part, wrong: { field, error, typed: email } })
  const done = await nameIn({ ...ctx, notice }, byStaff(work), { turn, passage, from, email })
  if (done === 'shared') return toTicket(c, work)
  return showParts(ctx, c, { ...part, wrong: { field, error: en.giveRefused, typed: email } })
}

async function writerOf(ctx: SupportContext, { work, turn }: AtTurn): Promise<PersonId | undefined> {
  const people = await peopleOf(ctx.db.query, work.ticket.id)
  return people.find((one) => one.turn === turn.id && one.wrote)?.person
}

type AtFile = AtTurn & { readonly file: TurnFile; readonly writer: PersonId }

function withFile(ctx: SupportContext, c: Context, use: (part: AtFile) => Promise<Response>): Promise<Response> {
  return withTicket(ctx, c, async (work) => {
    const file = (await filesOf(ctx.db.query, work.ticket.id)).find(({ id }) => id === c.req.param('file'))
    const turn = (await turnsOf(ctx.db.query, work.ticket.id)).find(({ id }) => id === file?.turn)
    const writer = turn && (await writerOf(ctx, { work, turn }))
    return file && turn && writer ? use({ work, turn, file, writer }) : refuse(c, ctx.web, 404)
  })
}

/** A file is only ever handed over to be saved: no browser opens it on a page of ours. */
async function giveFile(ctx: SupportContext, c: Context, { work, file, writer }: AtFile): Promise<Response> {
  const { ticket, actor } = work
  const look = { person: writer, purpose: ticket.purpose, texts: [file.called, file.text], actor } as const
  const found = await ctx.vault.openTexts({ ...look, for: `ticket:${ticket.id}` })
  const passages = found.outcome === 'shown' ? found.passages : []
  const contentOf = (id: TextId): Buffer | undefined => passages.find(({ text }) => text === id)?.content
  const bytes = contentOf(file.text)
  const name = contentOf(file.called)?.toString('utf8') ?? 'file'
  return bytes ? asDownload(c, { name, bytes }) : refuse(c, ctx.web, 404)
}

async function destroyFile(ctx: SupportContext, c: Context, part: AtFile): Promise<Response> {
  const { work, file } = part
  const because = reasonIn(c)
  if (!because) return showParts(ctx, c, { ...part, wrong: noReason(file.id) })
  await destroy(ctx, byStaff(work), { file, because })
  return toTicket(c, work)
}

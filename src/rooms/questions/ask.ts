import type { Composer } from '../../contact/index.ts'
import { after, cutCards, newId } from '../../lib/index.ts'
import type { Field, Purpose } from '../../policy/index.ts'
import type { PersonId, Sealer, TextId } from '../../vault/index.ts'
import { linkPaths, mintLink, printableLines, type Staff } from '../../web/index.ts'
import { askable, mailPurpose } from './askable.ts'
import type { About, Kind, QuestionContext } from './context.ts'
import { addQuestion, questionById, type Question, type QuestionId } from './queries.ts'
import type { Reason } from './tables.ts'
import { en } from './words.ts'

/** A question as staff put it together. Shape: `about` as `order:<id>`; `period` one of those offered. */
export type NewQuestion = {
  readonly person: PersonId
  readonly about: string
  readonly purpose: Purpose
  readonly fields: readonly Field[]
  readonly reason: Reason
  readonly sentence: string
  readonly period: keyof typeof en.periods
}

/**
 * Asks a person for more, by a mail with a link of its own. Errors: `notAllowed` for a field that the purpose may not have or that is
 * held, declined or asked for already, and for a person who is gone; nothing is written then.
 */
export async function ask(ctx: QuestionContext, typed: NewQuestion, staff: Staff): Promise<'asked' | 'notAllowed'> {
  const asked = { ...typed, sentence: plain(typed.sentence) }
  const open = (await askable(ctx, asked, staff)).find(({ purpose }) => purpose === asked.purpose)
  const allowed = open?.fields.map(({ name }) => name) ?? []
  if (asked.fields.length === 0 || asked.fields.some((field) => !allowed.includes(field))) return 'notAllowed'
  const id = newId<'question'>(ctx.now()) as QuestionId
  const sealer = asked.sentence ? await sentenceSealer(ctx, { asked, id, staff }) : undefined
  if (asked.sentence && !sealer) return 'notAllowed'
  try {
    await write(ctx, { asked, id, staff }, sealer)
  } finally {
    sealer?.wipe()
  }
  ctx.kick()
  return 'asked'
}

/** A sentence without card numbers and without signs that nobody sees. */
function plain(sentence: string): string {
  return cutCards(printableLines(sentence)).text.trim()
}

type Asked = { readonly asked: NewQuestion; readonly id: QuestionId; readonly staff: Staff }

/** What staff write is about the person, so it lies with what is theirs. */
async function sentenceSealer(ctx: QuestionContext, { asked, id, staff }: Asked): Promise<Sealer | undefined> {
  const purpose = mailPurpose(ctx.policy, asked.purpose)
  const retention = ctx.policy.purposes[purpose]?.class ?? 'contract'
  const actor = { role: staff.role, id: staff.id }
  const intent = { person: asked.person, classes: [retention], purpose, part: 'message', actor } as const
  const opened = await ctx.vault.openSealer({ ...intent, for: `question:${id}` })
  return opened.outcome === 'open' ? opened.sealer : undefined
}

async function write(ctx: QuestionContext, { asked, id, staff }: Asked, sealer: Sealer | undefined): Promise<void> {
  const { person, about, purpose, fields, reason } = asked
  const askedAt = ctx.now()
  const text: TextId | null = sealer ? ctx.vault.newText() : null
  const row = { id, person, about, purpose, fields, reason, text, staff: staff.id, askedAt }
  const through = mailPurpose(ctx.policy, purpose)
  const mail = { key: `ask:${id}`, kind: 'askFurther', person, purpose: through, for: `question:${id}` } as const
  await ctx.db.tx(async (tx) => {
    if (sealer && text) {
      const passages = [{ content: Buffer.from(asked.sentence), for: [sealer] }]
      await ctx.vault.writeTexts(tx, { id: text, class: sealer.classes[0] ?? 'contract', passages })
    }
    await addQuestion(tx, { ...row, endsAt: after(askedAt, asked.period) })
    await ctx.contact.send(tx, mail)
  })
}

/** Makes the mail of a question at hand-over; one that ended meanwhile is not sent. */
export function askMail(ctx: QuestionContext): Composer {
  return async (mail) => {
    const question = await questionById(ctx.db.query, mail.for.replace(/^question:/, '') as QuestionId)
    const about = question && (await aboutOf(ctx, question))
    if (!question || question.outcome !== null || !about) return { outcome: 'drop', because: 'over' }
    const link = { kind: 'asked', persons: [question.person], subject: question.id, now: ctx.now() } as const
    const token = await ctx.links.tx((tx) => mintLink(tx, { ...link, expiresAt: question.endsAt }))
    const { policy, web } = ctx
    const text = en.mail({
      vendor: policy.controller.name,
      about: about.title,
      fields: question.fields.map((field) => policy.fields[field].label.en.toLowerCase()).join(', '),
      reason: en.reasons[question.reason],
      purpose: policy.purposes[question.purpose]?.title.en.toLowerCase() ?? question.purpose,
      until: web.dates.day(question.endsAt),
      link: `${web.baseUrl}${linkPaths.asked}${token}`,
    })
    return { subject: en.subject, text }
  }
}

/** What a question is about, as long as its person is known. */
export function aboutOf(
  ctx: Pick<QuestionContext, 'about'>,
  { about }: Pick<Question, 'about'>,
): Promise<About | undefined> {
  const [kind, id = ''] = about.split(':')
  return ctx.about(kind as Kind, id)
}

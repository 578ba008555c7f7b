import type { Composer } from '../../contact/index.ts'
import { newId } from '../../lib/index.ts'
import type { PersonId } from '../../vault/index.ts'
import { linkPaths, mintLink } from '../../web/index.ts'
import { addInvitation, invitationById, invitedTo, type InvitationId } from './answer/queries.ts'
import type { Product, SurveysContext } from './context.ts'
import { saidNo } from './objections.ts'
import { holdOpen, isOpen, surveyById, type Survey } from './queries.ts'
import { en } from './words.ts'

/** What inviting came to. Shape: counts; `notAgain` were invited before, said no, or cannot be written to. */
export type Invited = { readonly invited: number; readonly notAgain: number }

/**
 * Invites the owners of a product by mail, each address once however many copies it owns and however often this is asked.
 * Whoever objected is left out; the door of mails asks again when the mail goes out.
 */
export async function invite(ctx: SurveysContext, survey: Survey, product: Product): Promise<Invited> {
  const owners = await ctx.owners(product)
  const known = new Set(await invitedTo(ctx.db.query, survey.id))
  const seen = new Set<PersonId>()
  let [invited, notAgain] = [0, 0]
  for (const owner of owners) {
    if (seen.has(owner)) continue
    const same = await ctx.vault.alike('email', owner)
    for (const one of [owner, ...same]) seen.add(one)
    const may = same.length > 0 && !same.some((one) => known.has(one)) && !(await isClosedTo(ctx, owner, same))
    if (may && (await inviteOne(ctx, survey, owner))) invited += 1
    else notAgain += 1
  }
  ctx.kick()
  return { invited, notAgain }
}

/** Whoever no mail may go to gets no invitation that would lie there without one. */
async function isClosedTo(ctx: SurveysContext, person: PersonId, same: readonly PersonId[]): Promise<boolean> {
  const persons = [...new Set([person, ...same])]
  const stops = await ctx.contact.many.stops({ persons, channel: 'mail' })
  return stops.has(person) || saidNo(ctx, { persons, stops })
}

function inviteOne(ctx: SurveysContext, survey: Survey, person: PersonId): Promise<boolean> {
  const id: InvitationId = newId<'invitation'>(ctx.now())
  return ctx.db.tx(async (tx) => {
    if (!survey.endsAt || !(await holdOpen(tx, survey.id, ctx.now()))) return false
    if (!(await addInvitation(tx, { id, survey: survey.id, person }))) return false
    await ctx.vault.grant(tx, {
      person,
      purpose: 'survey',
      notice: ctx.web.policyVersion(),
      channel: 'invitation',
      until: survey.endsAt,
    })
    await ctx.contact.send(tx, {
      key: `survey:${id}`,
      kind: 'surveyInvitation',
      person,
      purpose: 'survey',
      for: `survey:${id}`,
    })
    return true
  })
}

/** Makes the mail of an invitation, at hand-over. A survey that ended meanwhile invites nobody. */
export function invitationMail(ctx: SurveysContext): Composer {
  return async (mail) => {
    const invitation = await invitationById(ctx.db.query, mail.for.replace(/^survey:/, ''))
    const survey = invitation && (await surveyById(ctx.db.query, invitation.survey))
    const now = ctx.now()
    if (!invitation || !survey?.endsAt || !isOpen(survey, now) || invitation.used)
      return { outcome: 'drop', because: 'survey-ended' }
    const link = { kind: 'survey', subject: invitation.id, now, expiresAt: survey.endsAt } as const
    const token = await ctx.links.tx((tx) => mintLink(tx, link))
    const { title } = survey.definition
    const text = en.mail({
      title,
      mode: survey.mode === 'named' ? en.mailNamed : en.mailAnonymous,
      link: `${ctx.web.baseUrl}${linkPaths.survey}${token}`,
      ends: ctx.web.dates.minute(survey.endsAt),
      data: `${ctx.web.baseUrl}/your-data`,
    })
    return { subject: en.mailSubject(title), text }
  }
}

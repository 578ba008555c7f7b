import type { PersonId } from '../../../vault/index.ts'
import type { SurveysContext } from '../context.ts'
import { spoken } from '../form/spoken.ts'
import { holdOpen, type Survey } from '../queries.ts'
import { addNamed, invitationById, namedBy, useInvitation, type InvitationId } from './queries.ts'
import { codeOf, receiptOf } from './receipt.ts'
import type { Sent, Taken } from './take.ts'

/** An answer under a name. Shape: `email` as it was typed on the open link; an invited person's is known. */
export type NamedSent = Omit<Sent, 'survey'> & {
  readonly survey: Survey
  readonly email?: string | undefined
  readonly notice: number
}

/** What became of an answer under a name. Shape: `left` when the address of the invitation cannot be opened: nobody could find the answer by it. */
export type NamedTaken = Taken | { readonly outcome: 'left' }

class Undone extends Error {}

/**
 * Takes an answer under a name: it becomes a person's own, with its own ground and clock, found by the address that the
 * invitation went to. The invitation is used up in the same transaction.
 */
export async function takeNamed(ctx: SurveysContext, sent: NamedSent): Promise<NamedTaken> {
  const { survey, invitation } = sent
  const code = codeOf(ctx.boxKey(survey.id), survey.id, sent.once)
  const receipt = receiptOf(code)
  if (await namedBy(ctx.db.query, { survey: survey.id, receipt })) return { outcome: 'taken', code }
  const email = invitation ? await addressOf(ctx, invitation) : sent.email
  if (invitation && !email) return { outcome: 'left' }
  const sealer = await ctx.vault.newPerson(['answer'], { email })
  let outcome: Taken = { outcome: 'taken', code }
  const refuse = (refused: Taken): never => {
    outcome = refused
    throw new Undone()
  }
  const work = ctx.db.tx(async (tx) => {
    if (!(await holdOpen(tx, survey.id, ctx.now()))) refuse({ outcome: 'ended' })
    if (invitation && !(await useInvitation(tx, invitation)))
      // The same form may have used it a moment ago.
      refuse((await namedBy(tx, { survey: survey.id, receipt })) ? outcome : { outcome: 'used' })
    if (!(await addNamed(tx, { survey: survey.id, person: sealer.person, receipt }))) refuse(outcome)
    await ctx.vault.collect(tx, sealer, {
      purposes: ['survey'],
      values: { answers: spoken(survey.definition, sent.answers) },
      notice: sent.notice,
      channel: 'survey',
      keep: true,
    })
    // Collected, it would go to the class that the invitation was written from as well; it belongs to this answer alone.
    if (email) await ctx.vault.add(tx, sealer, [{ class: 'answer', part: 'contact', item: '', values: { email } }])
    await ctx.vault.mark(tx, { person: sealer.person, purposes: ['survey'], event: 'asked', at: ctx.now() })
  })
  await work
    .catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error
    })
    .finally(() => sealer.wipe())
  return outcome
}

/** The address that an invitation went to, opened by the program for this survey alone. */
async function addressOf(ctx: SurveysContext, id: InvitationId): Promise<string | undefined> {
  const invitation = await invitationById(ctx.db.query, id)
  if (!invitation) return undefined
  const shown = await ctx.vault.reveal({
    person: invitation.person as PersonId,
    purpose: 'survey',
    fields: ['email'],
    actor: { role: 'program', id: 'survey' },
    for: `survey:${invitation.id}`,
  })
  return shown.outcome === 'shown' ? shown.values.email : undefined
}

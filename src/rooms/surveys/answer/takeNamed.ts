import type { Tx } from '../../../db/index.ts'
import type { PersonId, Sealer } from '../../../vault/index.ts'
import type { SurveysContext } from '../context.ts'
import { spoken } from '../form/spoken.ts'
import { holdOpen, type Survey } from '../queries.ts'
import type { SurveyTables } from '../tables.ts'
import { addNamed, holdFree, invitationById, namedBy, useInvitation, type InvitationId } from './queries.ts'
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
  try {
    return await write(ctx, { ...sent, email, sealer, receipt }, code)
  } finally {
    sealer.wipe()
  }
}

type Ready = NamedSent & { readonly sealer: Sealer; readonly receipt: Buffer }

/** Nothing is written before all that can refuse was asked, each under a lock: so a refusal is a value and leaves nothing behind. */
function write(ctx: SurveysContext, ready: Ready, code: string): Promise<NamedTaken> {
  const { survey, invitation, sealer, receipt } = ready
  const taken = { outcome: 'taken', code } as const
  return ctx.db.tx(async (tx) => {
    if (!(await holdOpen(tx, survey.id, ctx.now()))) return { outcome: 'ended' }
    if (invitation && !(await holdFree(tx, invitation)))
      // The same form may have used it a moment ago.
      return (await namedBy(tx, { survey: survey.id, receipt })) ? taken : { outcome: 'used' }
    if (!(await addNamed(tx, { survey: survey.id, person: sealer.person, receipt }))) return taken
    if (invitation) await useInvitation(tx, invitation)
    await collect(ctx, tx, ready)
    return taken
  })
}

/** The answer becomes the person's own, with its ground and the beginning of its clock. */
async function collect(ctx: SurveysContext, tx: Tx<SurveyTables>, { survey, sealer, ...sent }: Ready): Promise<void> {
  const { email, notice, answers } = sent
  const values = { answers: spoken(survey.definition, answers) }
  await ctx.vault.collect(tx, sealer, { purposes: ['survey'], values, notice, channel: 'survey', keep: true })
  // Collected, it would go to the class that the invitation was written from as well; it belongs to this answer alone.
  if (email) await ctx.vault.add(tx, sealer, [{ class: 'answer', part: 'contact', item: '', values: { email } }])
  await ctx.vault.mark(tx, { person: sealer.person, purposes: ['survey'], event: 'asked', at: ctx.now() })
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

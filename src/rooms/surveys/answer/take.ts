import type { Tx } from '../../../db/index.ts'
import { put, type Ballot, type Ballots } from '../box/box.ts'
import { lockedBox, sealed } from '../box/opened.ts'
import type { BoxContext } from '../context.ts'
import type { Answers } from '../form/read.ts'
import { holdOpen, type SurveyId } from '../queries.ts'
import type { SurveyTables } from '../tables.ts'
import { setBox, useInvitation, type InvitationId } from './queries.ts'
import { codeOf, receiptOf } from './receipt.ts'

/** An answer that was sent. Shape: `once` is what the form carried; `invitation` is absent on the open link. */
export type Sent = {
  readonly survey: SurveyId
  readonly answers: Answers
  readonly once: string
  readonly invitation?: InvitationId | undefined
}

/** What became of an answer. Shape: `code` takes it back, and is told to nobody else. */
export type Taken =
  | { readonly outcome: 'taken'; readonly code: string }
  | { readonly outcome: 'ended' }
  | { readonly outcome: 'used' }
  | { readonly outcome: 'full' }

/**
 * Takes an anonymous answer: the invitation is used up and the answer lies in the box, both or neither. The same form sent
 * again is the same answer. Nothing but the box is written for it: see decision 018.
 */
export function takeAnswer(ctx: BoxContext, sent: Sent): Promise<Taken> {
  const code = codeOf(ctx.boxKey(sent.survey), sent.survey, sent.once)
  const ballot: Ballot = { said: sent.answers, receipt: receiptOf(code).toString('base64url') }
  return ctx.db.tx(async (tx) => {
    if (!(await holdOpen(tx, sent.survey, ctx.now()))) return { outcome: 'ended' }
    const box = await lockedBox(ctx, tx, sent.survey)
    if (!box) return { outcome: 'ended' }
    if (has(box, ballot.receipt)) return { outcome: 'taken', code }
    const done = put(box, ballot, ctx.draw)
    if (done.outcome === 'full') return { outcome: 'full' }
    if (sent.invitation && !(await useInvitation(tx, sent.invitation))) return { outcome: 'used' }
    await write(ctx, tx, { survey: sent.survey, ...done })
    return { outcome: 'taken', code }
  })
}

function has({ fresh, rest }: Ballots, receipt: string): boolean {
  return [...fresh, ...rest].some((one) => one.receipt === receipt)
}

async function write(
  ctx: BoxContext,
  tx: Tx<SurveyTables>,
  { survey, box, mixed }: { survey: SurveyId; box: Ballots; mixed: boolean },
): Promise<void> {
  const { fresh, rest } = sealed(ctx, survey, box)
  await setBox(tx, survey, mixed ? { fresh, rest } : { fresh })
}

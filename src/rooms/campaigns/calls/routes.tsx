import type { Tx } from '../../../db/index.ts'
import { after, isId } from '../../../lib/index.ts'
import { formOf } from '../../../web/index.ts'
import type { CampaignContext } from '../context.ts'
import { consentOf } from '../news/queries.ts'
import { sayNo } from '../news/sayNo.ts'
import { refOf } from '../refs.ts'
import type { CampaignTables } from '../tables.ts'
import { nextToCall, noteCall, recipientById, type Recipient } from '../send/queries.ts'
import { CallListPage, CallPage, type ToCall } from './pages.tsx'
import { pathOf, type Work } from '../staff/pages.tsx'

const MOST_TRIES = 3
const REST = 'P1D'
const CLAIM = 'PT15M'

/** The call list: how it works and one button. Nobody is shown before it is pressed. */
export async function showCall(ctx: CampaignContext, { c, at, campaign }: Work): Promise<Response> {
  if (!isOpen(campaign)) return c.redirect(pathOf(campaign), 303)
  return c.html(<CallListPage ctx={ctx} at={at} campaign={campaign} />)
}

function isOpen({ channel, state }: Work['campaign']): boolean {
  return channel === 'telephone' && state === 'sending'
}

/** Shows the next person who may be called now, with the number; the look is written down. Who said no since leaves the list here. */
export async function nextCall(ctx: CampaignContext, work: Work): Promise<Response> {
  const { c, at, campaign } = work
  if (!isOpen(campaign)) return c.redirect(pathOf(campaign), 303)
  const next = await whomToCall(ctx, work)
  return next
    ? c.html(<CallPage ctx={ctx} at={at} campaign={campaign} next={next} />)
    : c.html(<CallListPage ctx={ctx} at={at} campaign={campaign} empty />)
}

async function whomToCall(ctx: CampaignContext, work: Work): Promise<ToCall | undefined> {
  const { id } = work.campaign
  for (;;) {
    const at = ctx.now()
    const found = await nextToCall(ctx.db.query, { campaign: id, at, until: after(at, CLAIM) })
    if (!found) return undefined
    const shown = await open(ctx, work, found)
    if (shown) return shown
    await ctx.db.tx((tx) => noteCall(tx, { campaign: id, id: found.id, at: ctx.now(), again: undefined }))
  }
}

async function open(ctx: CampaignContext, { campaign, at }: Work, found: Recipient): Promise<ToCall | undefined> {
  const { person } = found
  if ((await ctx.contact.mayContact(person, 'telephone', 'campaignTelephone')).outcome !== 'may') return undefined
  const consent = await consentOf(ctx.db.query, { person, channel: 'telephone' })
  if (consent?.state !== 'live') return undefined
  const { role, id } = at.staff
  const shown = await ctx.vault.reveal({
    person,
    purpose: 'campaignTelephone',
    fields: ['telephone', 'name'],
    actor: { role, id },
    for: refOf(campaign.id),
  })
  if (shown.outcome === 'refused' || !shown.values.telephone) return undefined
  const { telephone, name } = shown.values
  return { id: found.id, tries: found.tries, telephone, name, askedOn: ctx.web.dates.day(consent.askedAt) }
}

const OUTCOMES = ['reached', 'not-reached', 'said-no', 'wrong-number'] as const
type Outcome = (typeof OUTCOMES)[number]

/** Notes how a call ended. A no is in force before this answers, on every list; nobody is tried more than three times. */
export async function noteOutcome(ctx: CampaignContext, work: Work): Promise<Response> {
  const { c, campaign } = work
  const form = formOf(c)
  const outcome = OUTCOMES.find((one) => one === form['outcome'])
  const id = form['who']
  const found = isId(id) ? await recipientById(ctx.db.query, { campaign: campaign.id, id }) : undefined
  if (found && outcome) await note(ctx, work, { found, outcome })
  return c.redirect(`${pathOf(campaign)}/calls`, 303)
}

async function note(
  ctx: CampaignContext,
  { campaign }: Work,
  { found, outcome }: { found: Recipient; outcome: Outcome },
): Promise<void> {
  const at = ctx.now()
  const { person, tries } = found
  const again = outcome === 'not-reached' && tries + 1 < MOST_TRIES ? after(at, REST) : undefined
  const noted = async (tx: Tx<CampaignTables>): Promise<void> => {
    await noteCall(tx, { campaign: campaign.id, id: found.id, at, again })
    await ctx.contact.record(tx, [
      {
        key: `call:${campaign.id}:${person}:${tries}`,
        kind: 'newsCall',
        channel: 'telephone',
        person,
        purpose: 'campaignTelephone',
        for: refOf(campaign.id),
        outcome: 'handed-over',
        because: outcome,
      },
    ])
  }
  // One transaction: a call that is noted without its no could not be noted again, and the no would be lost.
  if (outcome === 'said-no' || outcome === 'wrong-number')
    return sayNo(ctx, { person, channel: 'telephone', because: outcome }, noted)
  await ctx.db.tx((tx) => noted(tx))
}

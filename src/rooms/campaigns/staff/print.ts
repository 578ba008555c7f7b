import {
  addressLines,
  labelsPdf,
  lettersPdf,
  type Letter,
  type MadeContact,
  type Printed,
} from '../../../contact/index.ts'
import type { Actor, PersonId } from '../../../vault/index.ts'
import type { CampaignContext } from '../context.ts'
import { paged, type Campaign } from '../queries.ts'
import { refOf } from '../refs.ts'
import { named } from '../send/compose.ts'
import { recipients } from '../send/queries.ts'
import { letterWords } from './letterWords.ts'

const PAGE = 500

type Print = { readonly what: 'letters' | 'labels'; readonly actor: Pick<Actor, 'role' | 'id'> }
type Addressed = { readonly person: PersonId; readonly name: string | undefined; readonly lines: readonly string[] }
type Job = { readonly campaign: Campaign; readonly print: Print }

/**
 * Prints letters or labels for those of a campaign who may be written to now. Addresses are opened for it, written down as looks, and
 * kept nowhere. Each person who is printed, or is left out because they said no since or cannot be printed, has a line in the ledger,
 * written once the file is whole: what is not in it went to nobody. Errors: a file that cannot be made is noted for nobody.
 */
export async function printRun(ctx: CampaignContext, campaign: Campaign, print: Print): Promise<Uint8Array> {
  const shown: Addressed[] = []
  const made: MadeContact[] = []
  for await (const page of paged((after) => recipients(ctx.db.query, { campaign: campaign.id, after, most: PAGE }))) {
    const found = await addressed(ctx, { campaign, print }, page)
    shown.push(...found.shown)
    made.push(...found.leftOut)
  }
  const { pdf, left } = fileOf(ctx, { campaign, print }, shown)
  const bytes = Buffer.concat((await pdf.toArray()) as Buffer[])
  const failed = new Map(left.map(({ at, because }) => [at, because]))
  made.push(...shown.map(({ person }, at) => ledgerRow(campaign, person, failed.get(at))))
  await noteMade(ctx, made)
  return bytes
}

type Found = { readonly shown: readonly Addressed[]; readonly leftOut: readonly MadeContact[] }

/** The gate is asked for each at this moment. */
async function addressed(ctx: CampaignContext, { campaign, print }: Job, page: readonly PersonId[]): Promise<Found> {
  const answers = await Promise.all(page.map((person) => ctx.contact.mayContact(person, 'post', 'campaignPost')))
  const may = page.filter((_, index) => answers[index]?.outcome === 'may')
  const { role, id } = print.actor
  const look = { purpose: 'campaignPost', actor: { role, id }, for: refOf(campaign.id), persons: [may] } as const
  const shown: Addressed[] = []
  const fields = ['name', 'street', 'postcode', 'city', 'country'] as const
  for await (const opened of ctx.vault.revealMany({ ...look, fields }))
    for (const { person, values } of opened)
      shown.push({ person, name: values.name, lines: addressLines(values, homeOf(ctx)) })
  const open = new Set(shown.map(({ person }) => person))
  const leftOut = page.flatMap((person, index) => {
    const answer = answers[index]
    const because = answer?.outcome === 'mayNot' ? answer.because : 'erased'
    return open.has(person) ? [] : [ledgerRow(campaign, person, because)]
  })
  return { shown, leftOut }
}

function fileOf(ctx: CampaignContext, { campaign, print }: Job, shown: readonly Addressed[]): Printed {
  const madeAt = ctx.now()
  if (print.what === 'labels')
    return labelsPdf(
      shown.map(({ lines }) => lines),
      'L7160',
      madeAt,
    )
  const { name, address, country } = ctx.policy.controller
  const sender = [name, ...address.split(', '), country]
  const letters = shown.map((one) => letterTo(ctx, campaign, one))
  return lettersPdf(letters, { sender, paper: 'a4', language: 'en', madeAt })
}

/** One transaction, so that a print is noted whole or not at all. */
function noteMade(ctx: Pick<CampaignContext, 'db' | 'contact'>, made: readonly MadeContact[]): Promise<void> {
  return ctx.db.tx(async (tx) => {
    for (let at = 0; at < made.length; at += PAGE) await ctx.contact.record(tx, made.slice(at, at + PAGE))
  })
}

function ledgerRow({ id }: Campaign, person: PersonId, because: string | undefined): MadeContact {
  const row = { kind: 'newsLetter', channel: 'post', person, purpose: 'campaignPost', for: refOf(id) } as const
  return because
    ? { ...row, key: `letter:${id}:${person}:no`, outcome: 'dropped', because }
    : { ...row, key: `letter:${id}:${person}`, outcome: 'handed-over' }
}

/** Where a letter needs no country in its address. */
function homeOf(ctx: Pick<CampaignContext, 'policy' | 'countries'>): string {
  return ctx.countries.find(({ name }) => name === ctx.policy.controller.country)?.code ?? ''
}

function letterTo(ctx: CampaignContext, campaign: Campaign, { name, lines }: Addressed): Letter {
  const { email } = ctx.policy.contact
  return {
    to: lines,
    date: ctx.web.dates.day(ctx.now()),
    reference: campaign.code,
    subject: named(campaign.heading, name),
    paragraphs: named(campaign.words, name).split(/\n{2,}/),
    small: letterWords({ email, shop: ctx.web.baseUrl, code: campaign.code }),
  }
}

import { Readable } from 'node:stream'
import { addressLines, labelsPdf, lettersPdf, type Letter, type MadeContact } from '../../../contact/index.ts'
import type { Actor, PersonId } from '../../../vault/index.ts'
import type { CampaignContext } from '../context.ts'
import type { Campaign } from '../queries.ts'
import { named } from '../send/compose.ts'
import { refOf } from '../send/deeds.ts'
import { recipients } from '../send/queries.ts'
import { letterWords } from './letterWords.ts'

const PAGE = 500

type Print = { readonly what: 'letters' | 'labels'; readonly actor: Pick<Actor, 'role' | 'id'> }
type Addressed = { readonly person: PersonId; readonly name: string | undefined; readonly lines: readonly string[] }

/**
 * Prints letters or labels for those of a campaign who may be written to now. Addresses are opened for it, written down as looks, and
 * kept nowhere. Each person who is printed, or is left out because they said no since, has a line in the ledger.
 */
export async function printRun(
  ctx: CampaignContext,
  campaign: Campaign,
  print: Print,
): Promise<ReadableStream<Uint8Array>> {
  const all: Addressed[] = []
  for await (const page of pages(ctx, campaign.id)) all.push(...(await printable(ctx, { campaign, page, print })))
  const madeAt = ctx.now()
  const { pdf } =
    print.what === 'labels'
      ? labelsPdf(
          all.map(({ lines }) => lines),
          'L7160',
          madeAt,
        )
      : lettersPdf(
          all.map((one) => letterTo(ctx, campaign, one)),
          {
            sender: [
              ctx.policy.controller.name,
              ...ctx.policy.controller.address.split(', '),
              ctx.policy.controller.country,
            ],
            paper: 'a4',
            language: 'en',
            madeAt,
          },
        )
  return Readable.toWeb(pdf) as ReadableStream<Uint8Array>
}

async function* pages(ctx: CampaignContext, campaign: string): AsyncGenerator<PersonId[]> {
  let after: string | undefined
  for (;;) {
    const page = await recipients(ctx.db.query, { campaign, after, most: PAGE })
    if (page.length === 0) return
    yield page
    after = page.at(-1)
  }
}

type Asked = { readonly campaign: Campaign; readonly page: readonly PersonId[]; readonly print: Print }

/** The gate is asked for each at this moment. */
async function printable(ctx: CampaignContext, { campaign, page, print }: Asked): Promise<Addressed[]> {
  const answers = await Promise.all(page.map((person) => ctx.contact.mayContact(person, 'post', 'campaignPost')))
  const may = page.filter((_, index) => answers[index]?.outcome === 'may')
  const { role, id } = print.actor
  const look = { purpose: 'campaignPost', actor: { role, id }, for: refOf(campaign.id), persons: [may] } as const
  const shown: Addressed[] = []
  const fields = ['name', 'street', 'postcode', 'city', 'country'] as const
  for await (const opened of ctx.vault.revealMany({ ...look, fields }))
    for (const { person, values } of opened)
      shown.push({ person, name: values.name, lines: addressLines(values, homeOf(ctx)) })
  const printed = new Set(shown.map(({ person }) => person))
  const made = page.map((person, index) => {
    const answer = answers[index]
    const because = answer?.outcome === 'mayNot' ? answer.because : 'erased'
    return ledgerRow(campaign, person, printed.has(person) ? undefined : because)
  })
  await ctx.db.tx((tx) => ctx.contact.record(tx, made))
  return shown
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

import type { Purpose } from '../policy/index.ts'
import type { PersonId } from '../vault/index.ts'
import type { ContactContext } from './context.ts'
import { owedKinds, type MailKind } from './kinds.ts'
import type { LiveStop } from './stops/queries.ts'
import { stopsOf } from './stops/stop.ts'
import type { Channel, StopReason } from './tables.ts'

/** Whether a person may be reached now, and if not, why. */
export type May =
  { readonly outcome: 'may' } | { readonly outcome: 'mayNot'; readonly because: 'erased' | 'no-ground' | StopReason }

type Asked = {
  readonly person: PersonId
  readonly channel: Channel
  readonly purpose: Purpose
  /** The kind of a mail that was asked for. Without one it may be anything that the purpose allows. */
  readonly kind?: MailKind
}
type Question = (ctx: Pick<ContactContext, 'vault' | 'db'>, asked: Asked) => Promise<May>

const may: May = { outcome: 'may' }

/** Every question that a contact has to pass, in order. A consent that was taken back is a ground that lives no more. */
const questions: readonly Question[] = [groundIsLive, isNotStopped]

/** Whether a person may be reached on a channel for a purpose, asked at hand-over because the answer changes. */
export async function mayContact(ctx: Pick<ContactContext, 'vault' | 'db'>, asked: Asked): Promise<May> {
  for (const question of questions) {
    const answer = await question(ctx, asked)
    if (answer.outcome === 'mayNot') return answer
  }
  return may
}

/** A person of whom nothing but a tax record is left was erased. */
async function groundIsLive(ctx: Pick<ContactContext, 'vault'>, { person, purpose }: Asked): Promise<May> {
  if (await ctx.vault.may(person, purpose)) return may
  const held = await ctx.vault.held(person)
  const erased = held.every((holding) => holding.class === 'tax')
  return { outcome: 'mayNot', because: erased ? 'erased' : 'no-ground' }
}

/** What the vendor begins by itself. A no concerns these, never a receipt. Source: engagement, suppression. */
const OUTREACH: readonly Purpose[] = ['campaignMail', 'campaignPost', 'campaignTelephone', 'survey']
/** What the law makes us send, whatever happened. */
const DUTIES: readonly Purpose[] = ['rights', 'tax']

async function isNotStopped(ctx: Pick<ContactContext, 'vault' | 'db'>, asked: Asked): Promise<May> {
  if (DUTIES.includes(asked.purpose)) return may
  const stopped = (await stopsOf(ctx, asked)).find((stop) => holdsFor(stop, asked))
  return stopped ? { outcome: 'mayNot', because: stopped.because } : may
}

/**
 * Nothing is written to somebody who died, and no letter goes where letters come back from. Any other no is about what the vendor begins
 * by itself, that of the house or telephone of somebody who died too: others live there, and want what they bought. Whoever asks for news
 * again gets the one mail with which they confirm it, and whoever is to be told of a new policy is told.
 */
function holdsFor({ because, channel }: LiveStop, { purpose, kind }: Asked): boolean {
  if (because === 'returned' || (because === 'deceased' && channel === 'all')) return true
  return OUTREACH.includes(purpose) && !(kind && owedKinds.has(kind))
}

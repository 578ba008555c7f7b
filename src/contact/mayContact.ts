import type { Purpose } from '../policy/index.ts'
import type { PersonId } from '../vault/index.ts'
import type { ContactContext } from './context.ts'
import type { Channel } from './tables.ts'

/** Whether a person may be reached now, and if not, why. */
export type May =
  | { readonly outcome: 'may' }
  | { readonly outcome: 'mayNot'; readonly because: 'channel-not-built' | 'erased' | 'no-ground' }

type Asked = { readonly person: PersonId; readonly channel: Channel; readonly purpose: Purpose }
type Question = (ctx: Pick<ContactContext, 'vault'>, asked: Asked) => Promise<May>

const may: May = { outcome: 'may' }

/** Every question that a contact has to pass, in order; consents and the list of those who said no join here. */
const questions: readonly Question[] = [channelIsBuilt, groundIsLive]

/** Whether a person may be reached on a channel for a purpose, asked at hand-over because the answer changes. */
export async function mayContact(ctx: Pick<ContactContext, 'vault'>, asked: Asked): Promise<May> {
  for (const question of questions) {
    const answer = await question(ctx, asked)
    if (answer.outcome === 'mayNot') return answer
  }
  return may
}

function channelIsBuilt(_: unknown, { channel }: Asked): Promise<May> {
  return Promise.resolve(channel === 'mail' ? may : { outcome: 'mayNot', because: 'channel-not-built' })
}

/** A person of whom nothing but a tax record is left was erased. */
async function groundIsLive(ctx: Pick<ContactContext, 'vault'>, { person, purpose }: Asked): Promise<May> {
  if (await ctx.vault.may(person, purpose)) return may
  const held = await ctx.vault.held(person)
  const erased = held.every((holding) => holding.class === 'tax')
  return { outcome: 'mayNot', because: erased ? 'erased' : 'no-ground' }
}

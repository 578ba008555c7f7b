import type { Channel } from '../../../contact/index.ts'
import { hashToken, newId } from '../../../lib/index.ts'
import type { Field } from '../../../policy/index.ts'
import { postalText, type PersonId } from '../../../vault/index.ts'
import { purposeOf, type CampaignContext } from '../context.ts'
import type { ConsentSource } from '../tables.ts'
import { addConsent, keepWording } from './queries.ts'
import { en } from './words.ts'

/** A yes as it comes in. Shape: `words` is the whole sentence that was said yes to; `askedAt` when, if that was before now. */
export type Yes = {
  readonly channel: Channel
  readonly values: Readonly<Partial<Record<Field, string>>>
  readonly words: string
  readonly source: ConsentSource
  readonly askedAt?: Date
}

/** The sentence beside the tick of a channel, with what the policy says of the purpose: what somebody says yes to. */
export function wordsOf(ctx: Pick<CampaignContext, 'policy'>, channel: Channel): string {
  const purpose = ctx.policy.purposes[purposeOf[channel]]
  return [en.agree[channel], purpose?.sentence.en].filter(Boolean).join(' ')
}

/** How asking for news ended. */
export type Asked = { readonly outcome: 'mailed' | 'noted' | 'too-often' }

/**
 * Somebody asks for news. By e-mail it begins only when the mailed link is confirmed, so that nobody can ask for another; the answer
 * is the same whoever has the address. Post and telephone begin at once, and the first letter or call says so and asks; after an earlier
 * no there is nothing to begin and nothing is kept, and the answer is the same again.
 */
export async function askForNews(ctx: CampaignContext, yes: Yes): Promise<Asked> {
  const { email } = yes.values
  if (yes.channel !== 'mail') {
    if (!(await saidNo(ctx, yes))) await takeYes(ctx, yes)
    return { outcome: 'noted' }
  }
  if (!email || !ctx.mayMail(email)) return { outcome: 'too-often' }
  await takeYes(ctx, yes)
  ctx.kick()
  return { outcome: 'mailed' }
}

function saidNo(ctx: CampaignContext, { channel, values }: Yes): Promise<boolean> {
  const value = channel === 'post' ? postalText(values) : values.telephone
  return value ? ctx.contact.many.isStopped({ channel, value }) : Promise.resolve(false)
}

/** Writes a yes for a new person: what was typed, the ground under the notice in force, and the words that were said yes to. */
export async function takeYes(ctx: CampaignContext, yes: Yes): Promise<PersonId> {
  const { channel, values, source } = yes
  const { email, telephone } = values
  const sealer = await ctx.vault.newPerson(['relation'], { email, telephone, post: postalText(values) })
  const purpose = purposeOf[channel]
  const notice = ctx.web.policyVersion()
  const arrival = { purposes: [purpose], values: values as never, notice, channel: en.sources[source] }
  const at = ctx.now()
  const pending = source === 'form' && channel === 'mail'
  const hash = hashToken(yes.words)
  try {
    await ctx.db.tx(async (tx) => {
      await ctx.vault.collect(tx, sealer, arrival)
      await keepWording(tx, { hash, words: yes.words, at })
      await addConsent(tx, {
        person: sealer.person,
        channel,
        source,
        notice,
        hash,
        state: pending ? 'pending' : 'live',
        askedAt: yes.askedAt ?? at,
      })
      if (pending) await ctx.contact.send(tx, confirmation(sealer.person))
    })
  } finally {
    sealer.wipe()
  }
  return sealer.person

  function confirmation(person: PersonId) {
    const request = `request:${newId(at)}` as const
    return { key: `news:${person}`, kind: 'newsConfirm' as const, person, purpose, for: request }
  }
}

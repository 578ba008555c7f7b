import { after, newId } from '../../lib/index.ts'
import type { Composer } from '../../contact/index.ts'
import type { PersonId } from '../../vault/index.ts'
import { linkPaths, mintLink } from '../../web/index.ts'
import type { PrivacyContext } from './context.ts'
import { en } from './words.ts'

const person = { role: 'person', id: 'asked-by-form' } as const

/**
 * Somebody asks to see what is held under an address. If anything is, one mail is asked for; nobody learns which.
 * Looking, taking and erasing get a ground of two days, that of the request itself.
 */
export async function askForLink(ctx: PrivacyContext, email: string): Promise<'sent' | 'tooOften'> {
  if (!ctx.mayMail(email)) return 'tooOften'
  await mailLink(ctx, await ctx.vault.find('email', email), 'web form')
  return 'sent'
}

/** Mails the link to some persons of one address, if there are any. Shape: `channel` is how they asked for it. */
export async function mailLink(ctx: PrivacyContext, held: readonly PersonId[], channel: string): Promise<void> {
  const last = held.at(-1)
  if (!last) return
  const request = newId<'request'>(ctx.now())
  const ground = {
    purpose: 'rights',
    notice: ctx.web.policyVersion(),
    channel,
    until: after(ctx.now(), 'P2D'),
  } as const
  const mail = { kind: 'privacyLink', person: last, purpose: 'rights', for: `request:${request}` } as const
  await ctx.links.tx(async (tx) => {
    for (const person of held) await ctx.vault.grant(tx, { person, ...ground })
    await ctx.contact.send(tx, { key: `privacy:${request}`, ...mail })
  })
  ctx.orders.kick()
}

/** Makes the mail with the link, at hand-over: the link opens all persons that hold the address the mail goes to. */
export function privacyLinkMail(ctx: PrivacyContext): Composer {
  return async (mail) => {
    const persons = await ctx.vault.alike('email', mail.person)
    if (persons.length === 0) return { outcome: 'drop', because: 'no-address' }
    const now = ctx.now()
    const token = await ctx.links.tx((tx) =>
      mintLink(tx, { kind: 'privacy', persons, now, expiresAt: after(now, 'PT24H') }),
    )
    return { subject: en.mailSubject, text: en.mailText(`${ctx.web.baseUrl}${linkPaths.privacy}${token}`) }
  }
}

/** Persons of one address, with the request that opened them. */
export type Opened = { readonly persons: readonly PersonId[]; readonly token: string }

/** The actor that the access log shows for a person's own look. */
export const self = person

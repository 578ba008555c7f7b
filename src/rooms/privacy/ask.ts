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
  const held = await ctx.vault.find('email', email)
  const last = held.at(-1)
  if (!last) return 'sent'
  const request = newId<'request'>(ctx.now())
  await ctx.links.tx(async (tx) => {
    for (const one of held)
      await ctx.vault.grant(tx, {
        person: one,
        purpose: 'rights',
        notice: ctx.web.policyVersion(),
        channel: 'web form',
        until: after(ctx.now(), 'P2D'),
      })
    await ctx.contact.send(tx, {
      key: `privacy:${request}`,
      kind: 'privacyLink',
      person: last,
      purpose: 'rights',
      for: `request:${request}`,
    })
  })
  ctx.orders.kick()
  return 'sent'
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

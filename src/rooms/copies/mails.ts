import type { Composer } from '../../contact/index.ts'
import { copyById, ownerOf, registrationById, myCopies, type RegistrationId } from '../../core/licences/index.ts'
import { after } from '../../lib/index.ts'
import type { PersonId } from '../../vault/index.ts'
import { linkPaths, mintLink } from '../../web/index.ts'
import type { CopiesContext } from './context.ts'
import { registerForm } from './form.ts'
import { en } from './words.ts'

/** Every mail about copies, made at hand-over. */
export function copiesMails(ctx: CopiesContext): Readonly<Record<string, Composer>> {
  return { registerLink: registerMail(ctx), copyClaimed: claimedMail(ctx), copiesLink: copiesMail(ctx) }
}

/** The registration that a mail is about, with its copy; nothing when it is over. */
async function waitingOf({ licences }: CopiesContext, ref: string) {
  const waiting = await registrationById(licences.db.query, ref.replace(/^request:/, '') as RegistrationId)
  const copy = waiting && (await copyById(licences.db.query, waiting.licence))
  return waiting && copy && waiting.endsAt > licences.now() ? { waiting, copy } : undefined
}

function registerMail(ctx: CopiesContext): Composer {
  return async (mail) => {
    const found = await waitingOf(ctx, mail.for)
    if (!found) return { outcome: 'drop', because: 'over' }
    const { waiting, copy } = found
    const link = { kind: 'register', persons: [mail.person], subject: waiting.id, now: ctx.now() } as const
    const token = await ctx.links.tx((tx) => mintLink(tx, { ...link, expiresAt: waiting.endsAt }))
    const text = en.registerMail(copy.productName, `${ctx.web.baseUrl}${linkPaths.register}${token}`)
    return { subject: en.registerSubject, text: [text, await toldFirst(ctx, mail.person)].join('\n') }
  }
}

/** What the form says beside its fields, for whoever wrote a letter and saw no form. Source: promise told-first. */
async function toldFirst(ctx: CopiesContext, person: PersonId): Promise<string> {
  const ground = (await ctx.licences.vault.held(person)).find(({ purpose }) => purpose === 'registration')
  if (ground?.channel !== 'letter') return ''
  const lines = registerForm(ctx.policy).map(({ label, why, kept }) => en.toldField(label, why, kept))
  return en.toldFirst(lines, ground.notice, `${ctx.web.baseUrl}/privacy`)
}

function claimedMail(ctx: CopiesContext): Composer {
  return async (mail) => {
    const found = await waitingOf(ctx, mail.for)
    if (!found) return { outcome: 'drop', because: 'over' }
    // Who gave the copy up meanwhile made room; then the link is what was asked for.
    if (!(await ownerOf(ctx.licences.db.query, found.copy.id))) return registerMail(ctx)(mail)
    const text = en.claimedMail(found.copy.productName, `${ctx.web.baseUrl}/copies`, ctx.policy.contact.email)
    return { subject: en.claimedSubject, text }
  }
}

function copiesMail(ctx: CopiesContext): Composer {
  return async (mail) => {
    const alike = await ctx.licences.vault.alike('email', mail.person)
    const persons = [...new Set((await myCopies(ctx.licences, alike)).map(({ owner }) => owner))]
    if (persons.length === 0) return { outcome: 'drop', because: 'no-address' }
    const now = ctx.now()
    const token = await ctx.links.tx((tx) =>
      mintLink(tx, { kind: 'copies', persons, now, expiresAt: after(now, 'PT24H') }),
    )
    return { subject: en.copiesSubject, text: en.copiesMail(`${ctx.web.baseUrl}${linkPaths.copies}${token}`) }
  }
}

import type { Contact } from '../../../contact/index.ts'
import { after, keyedHash, newId } from '../../../lib/index.ts'
import type { PersonId, Sealer } from '../../../vault/index.ts'
import { addDailyTask } from '../../orders/index.ts'
import type { LicenceContext } from '../context.ts'
import { spelt } from '../key.ts'
import {
  addRegistration,
  copyByHash,
  endedRegistrations,
  ownerOf,
  registrationsOf,
  renewRegistration,
  type Copy,
  type Registration,
  type RegistrationId,
} from './queries.ts'

/** What registering needs beside licences: the mail that is sent. */
export type RegisterContext = LicenceContext & { readonly contact: Pick<Contact, 'send'> }

/** A registration as it was typed, under which notice and by which way it came. */
export type AskedRegistration = {
  readonly key: string
  readonly email: string
  readonly name?: string | undefined
  readonly notice: number
  readonly channel: 'web form' | 'letter'
}

/** What came of it, for staff only; whoever asks on the web is answered the same every time. */
export type RegisterOutcome = 'asked' | 'unknown' | 'yours' | 'claimed' | 'tooOften'

/** How long the mailed link of a registration lives. */
const PATIENCE = 'P7D'
/** More than so many at once for one copy are no people. */
const MOST_WAITING = 5

/**
 * Asks whoever has a key to say by a mailed link that they are the owner. Nobody is recorded before they do; what was typed is
 * destroyed after seven days if they do not. A key that is not known leaves nothing at all.
 */
export async function register(ctx: RegisterContext, asked: AskedRegistration): Promise<RegisterOutcome> {
  const { text } = spelt(asked.key)
  const copy = await copyByHash(ctx.db.query, keyedHash(ctx.licenceKey, text))
  if (!copy || copy.revokedAt) return 'unknown'
  const alike = await ctx.vault.find('email', asked.email)
  const owner = await ownerOf(ctx.db.query, copy.id)
  if (owner && alike.includes(owner.person)) return remind(ctx, owner.person)
  const begun: Begun = { copy, kind: owner ? 'copyClaimed' : 'registerLink', text }
  if (!(await beginOrRenew(ctx, { begun, alike }, asked))) return 'tooOften'
  if (owner) await claimed(ctx, copy)
  ctx.orders.kick()
  return owner ? 'claimed' : 'asked'
}

/** Answers false when too many wait for this copy already. */
async function beginOrRenew(
  ctx: RegisterContext,
  { begun, alike }: { begun: Begun; alike: readonly PersonId[] },
  asked: AskedRegistration,
): Promise<boolean> {
  const waiting = await registrationsOf(ctx.db.query, begun.copy.id, ctx.now())
  const mine = waiting.find(({ person }) => alike.includes(person))
  if (!mine && waiting.length >= MOST_WAITING) return false
  if (!mine || !(await renew(ctx, mine, begun.kind))) await begin(ctx, begun, asked)
  return true
}

type Begun = { readonly copy: Copy; readonly kind: 'copyClaimed' | 'registerLink'; readonly text: string }

async function begin(ctx: RegisterContext, { copy, kind, text }: Begun, asked: AskedRegistration): Promise<void> {
  const { email, name, notice, channel } = asked
  const askedAt = ctx.now()
  const endsAt = after(askedAt, PATIENCE)
  const sealer: Sealer = await ctx.vault.newPerson(['relation'], { email })
  const { person } = sealer
  const waiting = { id: newId<'registration'>(askedAt) as RegistrationId, licence: copy.id, person, askedAt, endsAt }
  const values = { email, name, licenceKey: text }
  await ctx.db.tx(async (tx) => {
    await ctx.vault.collect(tx, sealer, { purposes: ['registration'], values, notice, channel })
    // What is typed has an end until the owner speaks; confirming takes it away.
    await ctx.vault.mark(tx, { person, purposes: ['registration'], event: 'left', at: endsAt })
    await addRegistration(tx, waiting)
    await ctx.contact.send(tx, mailOf(ctx, waiting, kind))
  })
}

/** Mails the link once more; all of what waits lives as long as the new link. Answers false when it went meanwhile. */
function renew(ctx: RegisterContext, mine: Registration, kind: Begun['kind']): Promise<boolean> {
  const { id, person } = mine
  const purposes = ['registration'] as const
  const endsAt = after(ctx.now(), PATIENCE)
  return ctx.db.tx(async (tx) => {
    await ctx.vault.unmark(tx, { person, purposes })
    if (!(await renewRegistration(tx, { id, endsAt }))) return false
    await ctx.vault.mark(tx, { person, purposes, event: 'left', at: endsAt })
    await ctx.contact.send(tx, mailOf(ctx, mine, kind))
    return true
  })
}

function mailOf(ctx: RegisterContext, { id, person }: Registration, kind: Begun['kind']) {
  const key = `${kind}:${id}:${newId<'mail'>(ctx.now())}`
  return { key, kind, person, purpose: 'registration', for: `request:${id}` } as const
}

async function remind(ctx: RegisterContext, person: PersonId): Promise<'yours'> {
  await sendCopies(ctx, person)
  return 'yours'
}

/** Mails an owner the link to their copies. */
export async function sendCopies(ctx: RegisterContext, person: PersonId): Promise<void> {
  const id = newId<'request'>(ctx.now())
  const mail = {
    key: `copies:${id}`,
    kind: 'copiesLink',
    person,
    purpose: 'registration',
    for: `request:${id}`,
  } as const
  await ctx.db.tx((tx) => ctx.contact.send(tx, mail))
  ctx.orders.kick()
}

/** Somebody else has the key of a copy that has an owner: staff look at it, and nobody is told who. */
export async function claimed(ctx: Pick<LicenceContext, 'orders' | 'now'>, copy: Pick<Copy, 'id'>): Promise<void> {
  const task = { about: `licence:${copy.id}`, kind: 'ownership-claimed' }
  await addDailyTask(ctx.orders.db.query, ctx.now(), task)
}

/**
 * Destroys what was typed for registrations that nobody confirmed in time. Answers how many. One that fails stops no other.
 * Errors: throws what the first that failed threw, when all the others are done.
 */
export async function sweepRegistrations(ctx: Pick<LicenceContext, 'db' | 'vault' | 'now'>): Promise<number> {
  const actor = { role: 'program', id: 'registration' } as const
  const ended = await endedRegistrations(ctx.db.query, ctx.now())
  const failed: unknown[] = []
  for (const { person } of ended)
    await ctx.vault.erase({ person, actor, because: 'clock' }).catch((error: unknown) => failed.push(error))
  if (failed.length > 0) throw failed[0]
  return ended.length
}

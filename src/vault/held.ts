import { sql } from '../db/index.ts'
import { earlier, instant, keyedHash } from '../lib/index.ts'
import { retentionClasses, type Part, type Purpose, type RetentionClass } from '../policy/index.ts'
import { blindEntry, stopField, type StopChannel } from './blind.ts'
import type { Actor, Ref, VaultContext } from './context.ts'
import type { BlindField, PersonId } from './keys/store.ts'
import { openBoxes, type OpenedBox } from './looks/reveal.ts'

const DAY_MS = 86_400_000

/** One ground under which something is held: no values. */
export type Holding = {
  readonly purpose: Purpose
  readonly legalBasis: string
  readonly notice: number
  readonly channel: string
  readonly since: Date
  readonly until: Date | null
  readonly withdrawnAt: Date | null
  readonly class: RetentionClass
  readonly parts: readonly Part[]
}

/** Whether a ground still holds. */
export function isLive({ withdrawnAt, until }: Pick<Holding, 'withdrawnAt' | 'until'>, now: Date): boolean {
  return withdrawnAt === null && (until === null || until > now)
}

/** One line of the access log, as the person may see it: roles and times, no names. */
export type PastLook = {
  readonly at: Date
  readonly kind: string
  readonly role: Actor['role']
  readonly purpose: Purpose
  readonly parts: readonly string[]
  readonly ref: string
}

/** Why, since when and until when a person's data is held. */
export async function held(ctx: VaultContext, person: PersonId): Promise<Holding[]> {
  const { rows } = await sql<
    Omit<Holding, 'legalBasis' | 'withdrawnAt'> & { legal_basis: string; withdrawn_at: Date | null }
  >`select * from vault.held(${person})`.execute(ctx.db.query)
  return rows.map(({ legal_basis, withdrawn_at, ...row }) => ({
    ...row,
    legalBasis: legal_basis,
    withdrawnAt: withdrawn_at,
  }))
}

/** Who opened a person's data, newest first. */
export async function looks(ctx: VaultContext, person: PersonId): Promise<PastLook[]> {
  return (await sql<PastLook>`select * from vault.looks(${person})`.execute(ctx.db.query)).rows
}

/** Whether a purpose has a live ground for this person. */
export async function may(ctx: VaultContext, person: PersonId, purpose: Purpose): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`select vault.may(${person}, ${purpose}) as may`.execute(ctx.db.query)
  return rows[0]?.may ?? false
}

/** The persons that an address, a number or an order belongs to. One address may have many; entries without a person are left out. */
export function find(
  ctx: VaultContext,
  by: { readonly field: BlindField; readonly value: string },
): Promise<PersonId[]> {
  return known(ctx, ctx.keys.find(blindEntry(ctx.keys, by.field, by.value)))
}

/** The persons that hold the same address or number as one of them, found without opening it. */
export function alike(
  ctx: VaultContext,
  by: { readonly field: BlindField; readonly person: PersonId },
): Promise<PersonId[]> {
  return known(ctx, ctx.keys.alike(by.person, by.field))
}

async function known(ctx: VaultContext, persons: readonly PersonId[]): Promise<PersonId[]> {
  if (persons.length === 0) return []
  const { rows } = await sql<{ known: PersonId }>`select vault.known(${[...persons]}::uuid[]) as known`.execute(
    ctx.db.query,
  )
  return rows.map((row) => row.known)
}

/** Everything that is held about a person, opened for the person: grounds and values. */
export async function everything(
  ctx: VaultContext,
  person: PersonId,
  asked: { actor: Actor; for: Ref },
): Promise<{ holdings: Holding[]; boxes: OpenedBox[] }> {
  const parts = [...new Set(ctx.reveals.filter((row) => row.purpose === 'rights').map((row) => row.part))]
  const opened = await openBoxes(ctx, { person, purpose: 'rights', parts, items: ['*'], ...asked })
  return { holdings: await held(ctx, person), boxes: opened.outcome === 'shown' ? opened.boxes : [] }
}

/**
 * Whether the keys belong to this database. Another's would open nothing, and the sweep below would take them all for orphans.
 * The first store of a new database becomes its own.
 */
export async function ownsKeys(ctx: VaultContext): Promise<boolean> {
  const mark = keyedHash(ctx.keys.secret('licence'), 'the key store of a database')
  const empty = ctx.keys.madeBefore(instant('9999-01-01T00:00:00Z')).length === 0
  const { rows } = await sql<{ own: boolean }>`select vault.key_store_is(${mark}, ${empty}) as own`.execute(
    ctx.db.query,
  )
  return rows[0]?.own ?? false
}

/** Destroys the keys of persons that never got a row: a form that was sent while the program died. Answers how many. */
export async function sweepOrphans(ctx: VaultContext): Promise<number> {
  const old = ctx.keys.madeBefore(earlier(ctx.now(), DAY_MS))
  if (old.length === 0) return 0
  const { rows } = await sql<{ known: PersonId }>`select vault.known(${[...old]}::uuid[]) as known`.execute(
    ctx.db.query,
  )
  const known = new Set(rows.map((row) => row.known))
  const orphans = old.filter((person) => !known.has(person))
  for (const person of orphans) await ctx.keys.destroy(person, retentionClasses, true)
  return orphans.length
}

/** The marks by which a no of this person is known, by channel, without opening anything. */
export function stopMarks(ctx: VaultContext, person: PersonId): readonly { channel: StopChannel; mark: Uint8Array }[] {
  const channels: readonly StopChannel[] = ['mail', 'post', 'telephone']
  return channels.flatMap((channel) =>
    ctx.keys.entries(person, stopField(channel)).map(({ mac }) => ({ channel, mark: mac })),
  )
}

/** Persons of whom a purpose has a live ground, in pages. */
export async function* personsOf(ctx: VaultContext, purpose: Purpose, most = 500): AsyncGenerator<PersonId[]> {
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const { rows } = await sql<{ person: PersonId }>`
      select p as person from vault.persons_of(${purpose}, ${after}, ${most}) as p`.execute(ctx.db.query)
    const last = rows.at(-1)
    if (!last) return
    yield rows.map((row) => row.person)
    after = last.person
  }
}

/** How many grounds a purpose has, and how many of them live. */
export async function groundsOf(ctx: VaultContext, purpose: Purpose): Promise<{ grounds: number; live: number }> {
  const { rows } = await sql<{ grounds: string; live: string }>`select * from vault.grounds_of(${purpose})`.execute(
    ctx.db.query,
  )
  return { grounds: Number(rows[0]?.grounds ?? 0), live: Number(rows[0]?.live ?? 0) }
}

import { Broken, newId } from '../../lib/index.ts'
import type { MayReveal, Part, Purpose, RetentionClass } from '../../policy/index.ts'
import { blindEntry, stopField, stopMark, type StopChannel } from '../blind.ts'
import type { Actor, Ref, VaultContext } from '../context.ts'
import type { BlindEntry, BlindField, PersonId } from '../keys/store.ts'
import { logged } from '../looks/logged.ts'
import { seal, wrapKey, type BoxValues, type PassageName } from './seal.ts'

/** Can seal values for one person and never open them. Its keys are wiped by `wipe`, or when it is collected. */
export type Sealer = {
  readonly person: PersonId
  readonly classes: readonly RetentionClass[]
  /** Errors: throws `no-such-key` for a class it was not made for. */
  readonly seal: (
    box: { class: RetentionClass; part: Part; item: string; version?: number },
    values: BoxValues,
  ) => Buffer
  /** Seals the key of a passage for this person. Errors: as `seal`. */
  readonly wrap: (passage: PassageName & { class: RetentionClass }, key: Uint8Array) => Buffer
  readonly wipe: () => void
}

function sealerOf(person: PersonId, keys: ReadonlyMap<RetentionClass, Buffer>): Sealer {
  return {
    person,
    classes: [...keys.keys()],
    seal: (box, values) => {
      const key = keys.get(box.class)
      if (!key) throw new Broken('no-such-key')
      return seal(key, { person, version: 1, ...box }, values)
    },
    wrap: (passage, content) => {
      const key = keys.get(passage.class)
      if (!key) throw new Broken('no-such-key')
      return wrapKey(key, { person, ...passage }, content)
    },
    wipe: () => {
      for (const key of keys.values()) key.fill(0)
    },
  }
}

/** Makes a person's keys and look-up entries, durable before it resolves; no row names the person yet. */
export async function newPerson(
  ctx: VaultContext,
  classes: readonly RetentionClass[],
  entries: Entries,
): Promise<Sealer> {
  const person = newId<'person'>(ctx.now())
  const stops = classes.some(isMarked) ? stopEntries(ctx, entries) : []
  return sealerOf(person, await ctx.keys.create(person, classes, [...blindEntries(ctx, entries), ...stops]))
}

/** Whoever may be written to again later is known by marks, so that a letter that came back or a death stops every answer too. */
export function isMarked(retention: RetentionClass): boolean {
  return retention === 'relation' || retention === 'case'
}

/** By what a person is found. `post` is only marked, for the day on which they say no. */
export type Entries = Partial<Record<BlindField, string | undefined>> & { readonly post?: string | undefined }

/** The look-up entries of some values. */
export function blindEntries(ctx: Pick<VaultContext, 'keys'>, { post: _post, ...entries }: Entries): BlindEntry[] {
  const filled = Object.entries(entries) as [BlindField, string | undefined][]
  return filled.flatMap(([field, value]) => (value ? [blindEntry(ctx.keys, field, value)] : []))
}

/** The marks by which a no of this person is known, on each channel that there is a value for. */
export function stopEntries(ctx: Pick<VaultContext, 'keys'>, { email, telephone, post }: Entries): BlindEntry[] {
  const values: readonly [StopChannel, string | undefined][] = [
    ['mail', email],
    ['telephone', telephone],
    ['post', post],
  ]
  return values.flatMap(([channel, value]) =>
    value ? [{ field: stopField(channel), mac: stopMark(ctx.keys, channel, value) }] : [],
  )
}

/** What is asked for when something is to be added to a known person. */
export type WriteIntent = {
  readonly person: PersonId
  readonly classes: readonly RetentionClass[]
  readonly purpose: Purpose
  readonly part: Part
  readonly actor: Actor
  readonly for: Ref
}

/** A sealer for a known person, after a committed log row of kind *write*. Call it before the transaction, never inside. */
export async function openSealer(
  ctx: VaultContext,
  intent: WriteIntent,
): Promise<
  { outcome: 'open'; sealer: Sealer } | { outcome: 'refused'; because: 'no-ground' | 'not-of-purpose' | 'erased' }
> {
  const { classes, part, ...rest } = intent
  const written = await logged(ctx, { ...rest, kind: 'write', parts: [part] })
  if (written.outcome === 'refused') return written
  const keys = await ctx.keys.get(written.log, intent.person, classes)
  return keys.size > 0
    ? { outcome: 'open', sealer: sealerOf(intent.person, keys) }
    : { outcome: 'refused', because: 'erased' }
}

/** The groups that some purposes may fill together, by class and part. */
export function groupsOf(reveals: readonly MayReveal[], purposes: readonly Purpose[]): MayReveal[] {
  return reveals.filter((row) => purposes.includes(row.purpose))
}

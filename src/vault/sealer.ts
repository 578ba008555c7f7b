import { Broken, newId } from '../lib/index.ts'
import type { MayReveal, Part, Purpose, RetentionClass } from '../policy/index.ts'
import { blindEntry } from './blind.ts'
import type { Actor, Ref, VaultContext } from './context.ts'
import type { BlindField, PersonId } from './keys/store.ts'
import { logged } from './logged.ts'
import { seal, type BoxValues } from './seal.ts'

/** Can seal values for one person and never open them. Its keys are wiped by `wipe`, or when it is collected. */
export type Sealer = {
  readonly person: PersonId
  readonly classes: readonly RetentionClass[]
  /** Errors: throws `no-such-key` for a class it was not made for. */
  readonly seal: (box: { class: RetentionClass; part: Part; item: string }, values: BoxValues) => Buffer
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
    wipe: () => {
      for (const key of keys.values()) key.fill(0)
    },
  }
}

/** Makes a person's keys and look-up entries, durable before it resolves; no row names the person yet. */
export async function newPerson(
  ctx: VaultContext,
  classes: readonly RetentionClass[],
  entries: Partial<Record<BlindField, string>>,
): Promise<Sealer> {
  const person = newId<'person'>(ctx.now())
  const filled = Object.entries(entries) as [BlindField, string | undefined][]
  const blind = filled.flatMap(([field, value]) => (value ? [blindEntry(ctx.keys, field, value)] : []))
  return sealerOf(person, await ctx.keys.create(person, classes, blind))
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

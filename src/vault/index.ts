import type { Tx } from '../db/index.ts'
import type { FieldsOf, Purpose, RetentionClass } from '../policy/index.ts'
import {
  boxesBeyond,
  boxesChecked,
  boxParts,
  firstAlteredDay,
  groundNotices,
  looksSince,
  root,
  sealDays,
  type Root,
  type TakenOver,
} from './chain.ts'
import { add, collect, grant, mark, type Arrival, type Made } from './collect.ts'
import type { Actor, Ref, VaultContext } from './context.ts'
import { erase, finishErasures, type Erased } from './erase.ts'
import {
  alike,
  everything,
  find,
  held,
  looks,
  may,
  ownsKeys,
  sweepOrphans,
  type Holding,
  type PastLook,
} from './held.ts'
import type { BlindField, PersonId } from './keys/store.ts'
import { openBoxes, reveal, type ItemLook, type Look, type OpenedBox, type Shown } from './reveal.ts'
import { newPerson, openSealer, type Sealer, type WriteIntent } from './sealer.ts'

export type { Arrival, Made, ValuesFor } from './collect.ts'
export type { Actor, ErasureId, PersonTable, Ref, VaultContext } from './context.ts'
export type { Erased } from './erase.ts'
export type { Holding, PastLook } from './held.ts'
export { openFileKeys } from './keys/file.ts'
export type { BlindField, CommittedLog, KeyStore, PersonId, SecretName } from './keys/store.ts'
export type { Root } from './chain.ts'
export type { ItemLook, Look, OpenedBox, Shown } from './reveal.ts'
export type { Sealer, WriteIntent } from './sealer.ts'
export { normalise } from './blind.ts'
export { syncPolicy } from './syncPolicy.ts'

type AnyTx<T> = Tx<T>

/** The first door: the only place where personal values live. */
export type Vault = {
  readonly newPerson: (
    classes: readonly RetentionClass[],
    entries: Partial<Record<BlindField, string>>,
  ) => Promise<Sealer>
  readonly openSealer: (intent: WriteIntent) => ReturnType<typeof openSealer>
  readonly collect: <T, P extends Purpose>(tx: AnyTx<T>, sealer: Sealer, arrival: Arrival<P>) => Promise<PersonId>
  readonly add: <T>(tx: AnyTx<T>, sealer: Sealer, made: readonly Made[]) => Promise<void>
  readonly grant: <T>(tx: AnyTx<T>, given: Parameters<typeof grant>[2]) => Promise<void>
  readonly mark: <T>(tx: AnyTx<T>, started: Parameters<typeof mark>[1]) => Promise<void>
  readonly reveal: <P extends Purpose>(look: Look<P>) => Promise<Shown<Partial<FieldsOf<P>>>>
  readonly openBoxes: (
    look: ItemLook,
  ) => Promise<{ outcome: 'shown'; boxes: OpenedBox[] } | { outcome: 'refused'; because: string }>
  readonly everything: (
    person: PersonId,
    asked: { actor: Actor; for: Ref },
  ) => Promise<{ holdings: Holding[]; boxes: OpenedBox[] }>
  readonly find: (field: BlindField, value: string) => Promise<PersonId[]>
  readonly alike: (field: BlindField, person: PersonId) => Promise<PersonId[]>
  readonly may: (person: PersonId, purpose: Purpose) => Promise<boolean>
  readonly held: (person: PersonId) => Promise<Holding[]>
  readonly looks: (person: PersonId) => Promise<PastLook[]>
  readonly erase: (asked: { person: PersonId; actor: Actor }) => Promise<Erased>
  readonly finishErasures: () => Promise<number>
  readonly ownsKeys: () => Promise<boolean>
  readonly sweepOrphans: () => Promise<number>
  readonly sealDays: () => Promise<number>
  readonly root: () => Promise<Root>
  readonly evidence: {
    readonly firstAlteredDay: () => Promise<string | undefined>
    readonly looksSince: (since: Date) => ReturnType<typeof looksSince>
    readonly boxesChecked: () => ReturnType<typeof boxesChecked>
    readonly boxesBeyond: (taken: TakenOver) => Promise<number>
    readonly boxParts: () => Promise<{ class: string; part: string; boxes: number }[]>
    readonly groundNotices: () => Promise<{ notice: number; grounds: number }[]>
  }
}

/** Builds the vault over a database, a key store and the policy in force. */
export function openVault(ctx: VaultContext): Vault {
  return {
    newPerson: (classes, entries) => newPerson(ctx, classes, entries),
    openSealer: (intent) => openSealer(ctx, intent),
    collect: (tx, sealer, arrival) => collect(ctx, plain(tx), { sealer, arrival }),
    add: (tx, sealer, made) => add(plain(tx), sealer, made),
    grant: (tx, given) => grant(ctx, plain(tx), given),
    mark: (tx, started) => mark(plain(tx), started),
    reveal: (look) => reveal(ctx, look),
    openBoxes: (look) => openBoxes(ctx, look),
    everything: (person, asked) => everything(ctx, person, asked),
    find: (field, value) => find(ctx, { field, value }),
    alike: (field, person) => alike(ctx, { field, person }),
    may: (person, purpose) => may(ctx, person, purpose),
    held: (person) => held(ctx, person),
    looks: (person) => looks(ctx, person),
    erase: (asked) => erase(ctx, asked),
    finishErasures: () => finishErasures(ctx),
    ownsKeys: () => ownsKeys(ctx),
    sweepOrphans: () => sweepOrphans(ctx),
    sealDays: () => sealDays(ctx),
    root: () => root(ctx),
    evidence: {
      firstAlteredDay: () => firstAlteredDay(ctx),
      looksSince: (since) => looksSince(ctx, since),
      boxesChecked: () => boxesChecked(ctx),
      boxesBeyond: (taken) => boxesBeyond(ctx, taken),
      boxParts: () => boxParts(ctx),
      groundNotices: () => groundNotices(ctx),
    },
  }
}

/** The vault writes through functions only, so the tables of the caller do not matter to it. */
function plain<T>(tx: Tx<T>): Tx<never> {
  return tx as unknown as Tx<never>
}

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
import { add, collect, grant, mark, unmark, withdraw, type Arrival, type Made } from './writes/collect.ts'
import { correct, type Corrected, type Correction } from './writes/correct.ts'
import { dropPassages, newTextId, shareText, writeTexts, type Sharing, type TextId } from './writes/texts.ts'
import { dropOldLooks, due, expire, type Due, type Over } from './ends/retention.ts'
import { revealMany, type ManyLook, type ShownPerson } from './looks/many.ts'
import { openTexts, textPersons, type TextLook } from './looks/texts.ts'
import { stopMark, type StopChannel } from './blind.ts'
import type { Actor, Ref, VaultContext } from './context.ts'
import { erase, finishErasures, type Erased, type ToErase } from './ends/erase.ts'
import {
  alike,
  everything,
  find,
  groundsOf,
  held,
  looks,
  may,
  ownsKeys,
  personsOf,
  stopMarks,
  sweepOrphans,
  type Holding,
  type PastLook,
} from './held.ts'
import type { BlindField, PersonId } from './keys/store.ts'
import { openBoxes, reveal, type ItemLook, type Look, type OpenedBox, type Shown } from './looks/reveal.ts'
import { newPerson, openSealer, type Entries, type Sealer, type WriteIntent } from './writes/sealer.ts'

export type { Arrival, Made, ValuesFor } from './writes/collect.ts'
export type { Actor, ErasureId, PersonTable, Ref, VaultContext } from './context.ts'
export type { Erased } from './ends/erase.ts'
export { isLive, type Holding, type PastLook } from './held.ts'
export { openFileKeys } from './keys/file.ts'
export type { BlindField, CommittedLog, KeyStore, PersonId, SecretName } from './keys/store.ts'
export type { Root } from './chain.ts'
export type { ItemLook, Look, OpenedBox, Shown } from './looks/reveal.ts'
export type { Sealer, WriteIntent } from './writes/sealer.ts'
export { normalise, postalText, type StopChannel } from './blind.ts'
export type { Due } from './ends/retention.ts'
export type { ShownPerson } from './looks/many.ts'
export type { OpenedPassage, TextLook } from './looks/texts.ts'
export type { Corrected, Correction } from './writes/correct.ts'
export type { NewPassage, Sharing, TextId } from './writes/texts.ts'
export { syncPolicy } from './syncPolicy.ts'

type AnyTx<T> = Tx<T>

/** The first door: the only place where personal values live. */
export type Vault = {
  readonly newPerson: (classes: readonly RetentionClass[], entries: Entries) => Promise<Sealer>
  readonly openSealer: (intent: WriteIntent) => ReturnType<typeof openSealer>
  /** The sealer is used up, unless the arrival says `keep`: then whoever called wipes it. */
  readonly collect: <T, P extends Purpose>(
    tx: AnyTx<T>,
    sealer: Sealer,
    arrival: Arrival<P> & { keep?: boolean },
  ) => Promise<PersonId>
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
  readonly erase: (asked: ToErase) => Promise<Erased>
  readonly unmark: <T>(tx: AnyTx<T>, reopened: Parameters<typeof unmark>[1]) => Promise<void>
  readonly withdraw: <T>(tx: AnyTx<T>, taken: Parameters<typeof withdraw>[1]) => Promise<number>
  readonly correct: (correction: Correction) => Promise<Corrected>
  readonly newText: () => TextId
  readonly writeTexts: <T>(tx: AnyTx<T>, text: Parameters<typeof writeTexts>[1]) => Promise<void>
  readonly openTexts: (look: TextLook) => ReturnType<typeof openTexts>
  readonly textPersons: (texts: readonly TextId[]) => ReturnType<typeof textPersons>
  readonly shareText: (sharing: Sharing) => ReturnType<typeof shareText>
  readonly dropPassages: <T>(tx: AnyTx<T>, gone: Parameters<typeof dropPassages>[1]) => Promise<number>
  readonly revealMany: <P extends Purpose>(look: ManyLook<P>) => AsyncGenerator<ShownPerson<P>[]>
  readonly personsOf: (purpose: Purpose) => AsyncGenerator<PersonId[]>
  readonly stopMarks: (person: PersonId) => ReturnType<typeof stopMarks>
  readonly stopMarkOf: (channel: StopChannel, value: string) => Uint8Array
  readonly due: () => Promise<Due>
  readonly expire: (found: readonly Over[]) => ReturnType<typeof expire>
  readonly dropOldLooks: (before: string) => Promise<number>
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
    readonly groundsOf: (purpose: Purpose) => ReturnType<typeof groundsOf>
    readonly groundNotices: () => Promise<{ notice: number; grounds: number }[]>
  }
}

/** Builds the vault over a database, a key store and the policy in force. */
export function openVault(ctx: VaultContext): Vault {
  return {
    newPerson: (classes, entries) => newPerson(ctx, classes, entries),
    openSealer: (intent) => openSealer(ctx, intent),
    collect: (tx, sealer, arrival) =>
      collect(ctx, plain(tx), { sealer, arrival, ...(arrival.keep && { keep: arrival.keep }) }),
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
    unmark: (tx, reopened) => unmark(plain(tx), reopened),
    withdraw: (tx, taken) => withdraw(plain(tx), taken),
    correct: (correction) => correct(ctx, correction),
    newText: () => newTextId(ctx),
    writeTexts: (tx, text) => writeTexts(plain(tx), text),
    openTexts: (look) => openTexts(ctx, look),
    textPersons: (texts) => textPersons(ctx, texts),
    shareText: (sharing) => shareText(ctx, sharing),
    dropPassages: (tx, gone) => dropPassages(plain(tx), gone),
    revealMany: (look) => revealMany(ctx, look),
    personsOf: (purpose) => personsOf(ctx, purpose),
    stopMarks: (person) => stopMarks(ctx, person),
    stopMarkOf: (channel, value) => stopMark(ctx.keys, channel, value),
    due: () => due(ctx),
    expire: (found) => expire(ctx, found),
    dropOldLooks: (before) => dropOldLooks(ctx, before),
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
      groundsOf: (purpose) => groundsOf(ctx, purpose),
      groundNotices: () => groundNotices(ctx),
    },
  }
}

/** The vault writes through functions only, so the tables of the caller do not matter to it. */
function plain<T>(tx: Tx<T>): Tx<never> {
  return tx as unknown as Tx<never>
}

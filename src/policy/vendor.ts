import type { z } from 'zod'
import { isLonger, periodText } from './clockText.ts'
import { defaults, type Field, type Purpose } from './defaults.ts'
import type { FieldSource, FieldUse, PurposeSource, Recipient, RegisteredCookie, Text } from './types.ts'
import { faultsOf } from './vendor/faults.ts'
import { readable } from './vendor/readable.ts'
import { vendorShape, type PurposeEdit, type ReadPolicy } from './vendor/shape.ts'

/** What a vendor writes: plain data. It may narrow the shipped policy and add to it, never widen a shipped purpose. */
export type VendorPolicy = z.input<typeof vendorShape>

/** One live purpose after the vendor's edits. */
export type LivePurpose = Omit<PurposeSource<Field>, 'fields' | 'built' | 'canBeOff'> & {
  readonly id: Purpose
  readonly fields: Readonly<Partial<Record<Field, FieldUse>>>
  readonly longerBecause?: string
}

/** The policy in force: the shipped one with the vendor's edits, purposes that are off left out. */
export type Policy = {
  readonly controller: { readonly name: string; readonly address: string; readonly country: string }
  readonly contact: { readonly email: string; readonly telephone?: string | undefined }
  readonly authority: { readonly name: string; readonly web: string }
  readonly audience: Text
  readonly transfers: Text
  readonly fields: Readonly<Record<Field, FieldSource>>
  readonly processorOnly: readonly { readonly label: Text; readonly why: Text }[]
  readonly purposes: Readonly<Partial<Record<Purpose, LivePurpose>>>
  readonly recipients: readonly Recipient[]
  readonly cookies: readonly RegisteredCookie[]
}

const EVERYTHING_WORKS: Text = { en: 'Everything works without it.' }

/** Joins the shipped policy and a vendor's own. Errors: answers every fault as a sentence with its place; nothing is guessed. */
export function effectivePolicy(vendor: unknown): { ok: true; policy: Policy } | { ok: false; faults: string[] } {
  const read = vendorShape.safeParse(vendor)
  if (!read.success) return { ok: false, faults: readable(vendor, read.error.issues) }
  const faults = faultsOf(read.data)
  return faults.length > 0 ? { ok: false, faults } : { ok: true, policy: joined(read.data) }
}

/** Whether a purpose is in force: its room is built and the vendor did not switch it off. */
export function isOn(policy: Policy, purpose: Purpose): boolean {
  return Object.hasOwn(policy.purposes, purpose)
}

function joined(vendor: ReadPolicy): Policy {
  const { purposes, addedFields, addedPurposes, recipients, ...said } = vendor
  return {
    ...said,
    // By id, so that the numbers of clauses do not hang on the order in which a vendor wrote them down.
    recipients: (recipients as readonly Recipient[]).toSorted(byId),
    fields: { ...defaults.fields, ...addedFields },
    processorOnly: defaults.processorOnly,
    purposes: { ...livePurposes(purposes ?? {}), ...ownPurposes(addedPurposes ?? {}) },
    cookies: liveCookies(purposes ?? {}),
  }
}

function liveCookies(edits: NonNullable<ReadPolicy['purposes']>): readonly RegisteredCookie[] {
  const register: readonly RegisteredCookie[] = defaults.cookies
  return register.filter((cookie) => !edits[cookie.of as Purpose]?.off)
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1
}

function livePurposes(edits: NonNullable<ReadPolicy['purposes']>): Policy['purposes'] {
  const ids = Object.keys(defaults.purposes) as Purpose[]
  const live = ids.filter((id) => defaults.purposes[id].built && !edits[id]?.off)
  return Object.fromEntries(live.map((id) => [id, edited(id, edits[id] ?? {})]))
}

/** A vendor's own purposes. Rooms compile against the shipped names only, so these are reached by what goes over all purposes. */
function ownPurposes(added: NonNullable<ReadPolicy['addedPurposes']>): Policy['purposes'] {
  const own = Object.entries(added)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, purpose]) => [id, { ...purpose, id: id as Purpose, recipients: [] }])
  return Object.fromEntries(own) as Policy['purposes']
}

function edited(id: Purpose, edit: PurposeEdit): LivePurpose {
  const { built: _built, canBeOff: _canBeOff, ...source } = defaults.purposes[id] as PurposeSource<Field>
  const uses = Object.entries(source.fields) as [Field, FieldUse][]
  const fields = Object.fromEntries(uses.map(([field, use]) => [field, editedUse(use, edit.fields?.[field] ?? {})]))
  return {
    ...source,
    ...editedClock(source, edit.clock),

    id,
    fields,
    sentence: edit.sentence ?? source.sentence,
  }
}

function editedClock(source: Pick<PurposeSource, 'clock'>, edit: PurposeEdit['clock']): Partial<LivePurpose> {
  if (!edit) return {}
  const clock = { ...source.clock, period: edit.period }
  return edit.reason && isLonger(edit.period, source.clock.period)
    ? { clock, longerBecause: reasonText(source, edit.reason) }
    : { clock }
}

function reasonText({ clock }: Pick<PurposeSource, 'clock'>, reason: string): string {
  return `This is longer than the usual ${periodText(clock.period)}, because ${reason.replace(/\.$/, '')}.`
}

type UseEdit = NonNullable<PurposeEdit['fields']>[string]

function editedUse(use: FieldUse, edit: Partial<UseEdit>): FieldUse {
  const eased = edit.need === 'optional' && use.need === 'required'
  const declining = edit.declining ?? (eased ? EVERYTHING_WORKS : use.declining)
  return { ...use, need: edit.need ?? use.need, why: edit.why ?? use.why, ...(declining && { declining }) }
}

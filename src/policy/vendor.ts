import { z } from 'zod'
import { after, instant } from '../lib/index.ts'
import { defaults, type Field, type Purpose } from './defaults.ts'
import type { Clock, FieldSource, FieldUse, PurposeSource, Recipient, RegisteredCookie, Text } from './types.ts'

const text = z.strictObject({ en: z.string().trim().min(1).max(2000) })
const period = z.string().regex(/^P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(\d+H)?(\d+M)?)?$/)
const statement = z.strictObject({ text, source: z.string().min(1), on: z.iso.date() })
const fieldName = z.enum(Object.keys(defaults.fields) as [Field, ...Field[]])
const purposeName = z.enum(Object.keys(defaults.purposes) as [Purpose, ...Purpose[]])

const recipient = z.strictObject({
  id: z.string().regex(/^[a-z][A-Za-z0-9]{1,30}$/),
  name: z.string().min(1),
  kind: z.enum(['card processor', 'mail host', 'carrier']),
  country: z.string().min(2),
  contact: z.string().min(3),
  host: z.string().min(1),
  purposes: z.array(purposeName).min(1),
  fields: z.array(fieldName),
  values: z.array(z.string()),
  onInstructions: z.boolean(),
  statements: z.array(statement),
  commitment: z.strictObject({
    document: z.string().min(1),
    hash: z.string().regex(/^[0-9a-f]{64}$/),
    until: z.iso.date().optional(),
    periodFromFirstStart: period.optional(),
  }),
})

const purposeEdit = z.strictObject({
  sentence: text.optional(),
  clock: z.strictObject({ period, reason: z.string().min(10).optional() }).optional(),
  fields: z.partialRecord(fieldName, z.strictObject({ need: z.enum(['required', 'optional']).optional(), why: text.optional() })).optional(),
  off: z.literal(true).optional(),
})

const vendorPolicy = z.strictObject({
  controller: z.strictObject({ name: z.string().min(1), address: z.string().min(5), country: z.string().min(2) }),
  contact: z.strictObject({ email: z.email(), telephone: z.string().optional() }),
  authority: z.strictObject({ name: z.string().min(1), web: z.url() }),
  audience: text,
  transfers: text,
  purposes: z.partialRecord(purposeName, purposeEdit).optional(),
  recipients: z.array(recipient).min(1),
})

/** What a vendor writes: plain data. It may narrow the shipped policy, never widen it. */
export type VendorPolicy = z.input<typeof vendorPolicy>

/** One live purpose after the vendor's edits. */
export type LivePurpose = Omit<PurposeSource, 'fields' | 'built' | 'canBeOff'> & {
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

type Edit = z.infer<typeof purposeEdit>

/** Joins the shipped policy and a vendor's own. Errors: answers every fault as a sentence with its place; nothing is guessed. */
export function effectivePolicy(vendor: unknown): { ok: true; policy: Policy } | { ok: false; faults: string[] } {
  const read = vendorPolicy.safeParse(vendor)
  if (!read.success) return { ok: false, faults: read.error.issues.map((issue) => `${issue.path.join('.') || 'policy'}: ${issue.message}`) }
  const edits = read.data.purposes ?? {}
  const faults = Object.entries(edits).flatMap(([id, edit]) => faultsOf(id as Purpose, edit))
  faults.push(...read.data.recipients.flatMap(recipientFaults))
  if (faults.length > 0) return { ok: false, faults }
  const { purposes: _, ...rest } = read.data
  const recipients = read.data.recipients as readonly Recipient[]
  return { ok: true, policy: { ...rest, recipients, fields: defaults.fields, processorOnly: defaults.processorOnly, purposes: livePurposes(edits), cookies: defaults.cookies } }
}

/** Whether a purpose is in force: its room is built and the vendor did not switch it off. */
export function isOn(policy: Policy, purpose: Purpose): boolean {
  return policy.purposes[purpose] !== undefined
}

function livePurposes(edits: Partial<Record<Purpose, Edit>>): Policy['purposes'] {
  const ids = Object.keys(defaults.purposes) as Purpose[]
  const live = ids.filter((id) => defaults.purposes[id].built && !edits[id]?.off)
  return Object.fromEntries(live.map((id) => [id, edited(id, edits[id] ?? {})]))
}

function edited(id: Purpose, edit: Edit): LivePurpose {
  const { built: _built, canBeOff: _canBeOff, ...source } = defaults.purposes[id] as PurposeSource
  const uses = Object.entries(source.fields) as [Field, FieldUse][]
  const fields = Object.fromEntries(uses.map(([field, use]) => [field, editedUse(use, edit.fields?.[field] ?? {})]))
  const clock: Clock = edit.clock ? { ...source.clock, period: edit.clock.period } : source.clock
  const longerBecause = edit.clock?.reason ? { longerBecause: edit.clock.reason } : {}
  return { ...source, ...longerBecause, id, fields, clock, sentence: edit.sentence ?? source.sentence }
}

function editedUse(use: FieldUse, edit: { need?: 'required' | 'optional' | undefined; why?: Text | undefined }): FieldUse {
  return { ...use, need: edit.need ?? use.need, why: edit.why ?? use.why }
}

function faultsOf(id: Purpose, edit: Edit): string[] {
  const source: PurposeSource = defaults.purposes[id]
  const faults: string[] = []
  if (edit.off && !source.canBeOff) faults.push(`purposes.${id}: this purpose cannot be switched off`)
  if (edit.clock && longer(edit.clock.period, source.clock.period) && !edit.clock.reason)
    faults.push(`purposes.${id}.clock: longer than shipped (${source.clock.period}) needs a reason`)
  for (const [field, change] of Object.entries(edit.fields ?? {})) faults.push(...fieldFaults(id, field, change))
  return faults
}

function fieldFaults(id: Purpose, field: string, change: { need?: 'required' | 'optional' | undefined }): string[] {
  const uses: Readonly<Record<string, FieldUse>> = defaults.purposes[id].fields
  const use = uses[field]
  const at = `purposes.${id}.fields.${field}`
  if (!use) return [`${at}: a built-in purpose cannot be given more fields`]
  if (change.need === 'optional' && use.fixed) return [`${at}: the program needs this field and cannot make it optional`]
  if (change.need === 'required' && use.need === 'optional') return [`${at}: an optional field cannot be made required`]
  return []
}

function recipientFaults(row: z.infer<typeof recipient>): string[] {
  const { until, periodFromFirstStart } = row.commitment
  return until || periodFromFirstStart ? [] : [`recipients.${row.id}.commitment: needs an end, by date or by period`]
}

function longer(a: string, b: string): boolean {
  const start = instant('2024-01-01T00:00:00Z')
  return after(start, a) > after(start, b)
}

import { isLonger, periodText } from '../clockText.ts'
import { defaults, type Purpose } from '../defaults.ts'
import { processorFacts, processorIds } from '../processors/facts.ts'
import type { FieldUse, PurposeSource } from '../types.ts'
import { namesCard } from './readable.ts'
import type { PurposeEdit, ReadPolicy, RecipientRow } from './shape.ts'

const shipped: Readonly<Record<string, PurposeSource>> = defaults.purposes
const ONLY_ON_INSTRUCTIONS = new Set(['campaignMail', 'campaignPost', 'campaignTelephone', 'survey', 'statistics'])
const NEVER_PASSED_ON = new Set(['signIn', 'abuse'])
const TAKEN = new Set([
  'who',
  'collected',
  'time',
  'cards',
  'partners',
  'cookies',
  'children',
  'transfers',
  'security',
  'authority',
])

/** What is wrong with a vendor's policy as a whole: each fault a sentence with its place. */
export function faultsOf(vendor: ReadPolicy): string[] {
  const edits = Object.entries(vendor.purposes ?? {}).flatMap(([id, edit]) => editFaults(id as Purpose, edit))
  return [...edits, ...addedFaults(vendor), ...registerFaults(vendor)]
}

function editFaults(id: Purpose, edit: PurposeEdit): string[] {
  const off = edit.off && !shipped[id]?.canBeOff ? [`purposes.${id}: this purpose cannot be switched off`] : []
  return [
    ...off,
    ...clockFaults(id, edit.clock),
    ...Object.entries(edit.fields ?? {}).flatMap(([field, change]) => fieldFaults(id, field, change)),
  ]
}

function clockFaults(id: Purpose, clock: PurposeEdit['clock']): string[] {
  const source: PurposeSource = defaults.purposes[id]
  const at = `purposes.${id}.clock`
  if (!clock) return []
  if (source.clockStands) return [`${at}: this clock is kept by the program itself and cannot be changed here`]
  if (source.shortest && isLonger(source.shortest, clock.period))
    return [`${at}: the program needs at least ${periodText(source.shortest)} to do what it must`]
  if (isLonger(clock.period, source.clock.period) && !clock.reason)
    return [`${at}: longer than the shipped ${periodText(source.clock.period)} needs a reason`]
  return []
}

function fieldFaults(id: Purpose, field: string, change: { need?: FieldUse['need'] | undefined }): string[] {
  const uses: Readonly<Record<string, FieldUse>> = defaults.purposes[id].fields
  const use = uses[field]
  const at = `purposes.${id}.fields.${field}`
  if (namesCard(field)) return [`${at}: card data has no place in a policy`]
  if (!use) return [`${at}: a shipped purpose cannot be given more fields; add a purpose of your own`]
  if (change.need === 'optional' && use.fixed)
    return [`${at}: the program cannot do this without it, so it cannot be made optional`]
  if (change.need === 'required' && use.need === 'optional') return [`${at}: an optional field cannot be made required`]
  return []
}

function addedFaults(vendor: ReadPolicy): string[] {
  const fields = Object.entries(vendor.addedFields ?? {}).flatMap(([id, field]) => {
    const card = namesCard(id) || namesCard(field.label.en) || /(^| )cc-/.test(field.autocomplete)
    return [
      ...(card ? [`addedFields.${id}: card data has no place in a policy`] : []),
      ...(id in defaults.fields ? [`addedFields.${id}: there is a shipped field of this name`] : []),
    ]
  })
  const known = new Set([...asked(), ...Object.keys(vendor.addedFields ?? {})])
  const purposes = Object.entries(vendor.addedPurposes ?? {}).flatMap(([id, purpose]) => [
    ...(id in shipped || TAKEN.has(id) ? [`addedPurposes.${id}: this name is taken`] : []),
    ...Object.keys(purpose.fields)
      .filter((field) => !known.has(field))
      .map((field) => `addedPurposes.${id}.fields.${field}: there is no field of this name that a form can ask for`),
  ])
  return [...fields, ...purposes]
}

function asked(): string[] {
  return Object.entries(defaults.fields)
    .filter(([, field]) => field.input !== 'made')
    .map(([id]) => id)
}

function registerFaults(vendor: ReadPolicy): string[] {
  const ids = vendor.recipients.map((row) => row.id)
  const twice = new Set(ids.filter((id, index) => ids.indexOf(id) !== index))
  return [
    ...[...twice].map((id) => `recipients.${id}: stands in the register twice`),
    ...vendor.recipients.flatMap((row) => rowFaults(vendor, row)),
    ...missingFaults(vendor),
  ]
}

function rowFaults(vendor: ReadPolicy, row: RecipientRow): string[] {
  const at = `recipients.${row.id}`
  const uses = row.purposes.map((id) => [id, shipped[id]?.fields ?? vendor.addedPurposes?.[id]?.fields] as const)
  const needed = new Set(uses.flatMap(([, fields]) => Object.keys(fields ?? {})))
  const { until, periodFromFirstStart } = row.commitment
  return [
    ...uses.flatMap(([id, fields]) => (fields ? [] : [`${at}.purposes: there is no purpose ${id}`])),
    ...row.purposes
      .filter((id) => NEVER_PASSED_ON.has(id))
      .map((id) => `${at}.purposes: nothing may be passed on for ${id}`),
    ...row.purposes
      .filter((id) => ONLY_ON_INSTRUCTIONS.has(id) && !row.onInstructions)
      .map((id) => `${at}.purposes: for ${id} a partner must act on your instructions only`),
    ...row.fields
      .filter((field) => !needed.has(field))
      .map(
        (field) =>
          `${at}.fields.${field}: ${namesCard(field) ? 'card data has no place in a policy' : 'none of its purposes needs this'}`,
      ),
    ...(row.kind === (KINDS[row.id] ?? row.kind)
      ? []
      : [`${at}.kind: must be ${KINDS[row.id]}, since the program uses it as one`]),
    ...(until || periodFromFirstStart ? [] : [`${at}.commitment: needs an end, by date or by period`]),
  ]
}

const KINDS: Readonly<Record<string, RecipientRow['kind']>> = {
  ...Object.fromEntries(processorIds.map((id) => [id, 'card processor'] as const)),
  mailHost: 'mail host',
  mailbox: 'mail host',
}

/** The program itself passes something on for these; without a row the gate would stay shut. */
function missingFaults(vendor: ReadPolicy): string[] {
  const live = Object.entries(shipped).filter(
    ([id, purpose]) => purpose.built && !vendor.purposes?.[id as Purpose]?.off,
  )
  return live.flatMap(([id, purpose]) =>
    purpose.recipients
      .filter((needed) => !vendor.recipients.some((row) => stands(row, needed) && row.purposes.includes(id)))
      .map((needed) => `recipients.${needed}: must be in the register for purpose ${id}`),
  )
}

/** A purpose that needs a `processor` needs one of them, whichever. */
function stands(row: RecipientRow, needed: string): boolean {
  return needed === 'processor'
    ? row.kind === 'card processor' || processorFacts(row.id) !== undefined
    : row.id === needed
}

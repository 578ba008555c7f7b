import { z } from 'zod'
import { defaults, type Purpose } from '../defaults.ts'

const text = z.strictObject({ en: z.string().trim().min(1).max(2000) })
const isPeriod = /^P(?=\d|T\d)(\d{1,4}Y)?(\d{1,4}M)?(\d{1,5}D)?(T(?=\d)(\d{1,5}H)?(\d{1,5}M)?)?$/
const period = z.string().regex(isPeriod, 'must be a period such as P60D, P10Y or PT12H')
const name = z.string().regex(/^[a-z][A-Za-z0-9]{1,30}$/, 'must be one word that begins with a small letter')
const statement = z.strictObject({ text, source: z.string().min(1), on: z.iso.date() })
const purposeName = z.enum(Object.keys(defaults.purposes) as [Purpose, ...Purpose[]])
const need = z.enum(['required', 'optional'])

const recipient = z.strictObject({
  id: name,
  name: z.string().min(1),
  kind: z.enum(['card processor', 'mail host', 'carrier']),
  country: z.string().min(2),
  contact: z.string().min(3),
  host: z.string().min(1),
  purposes: z.array(z.string()).min(1),
  fields: z.array(z.string()),
  values: z.array(z.string()),
  onInstructions: z.boolean(),
  statements: z.array(statement),
  commitment: z.strictObject({
    document: z.string().min(1),
    hash: z.string().regex(/^[0-9a-f]{64}$/, 'must be the SHA-256 of the document, 64 characters of 0-9 and a-f'),
    until: z.iso.date().optional(),
    periodFromFirstStart: period.optional(),
  }),
})

const purposeEdit = z.strictObject({
  sentence: text.optional(),
  clock: z.strictObject({ period, reason: z.string().trim().min(10).optional() }).optional(),
  fields: z
    .record(z.string(), z.strictObject({ need: need.optional(), why: text.optional(), declining: text.optional() }))
    .optional(),
  off: z.literal(true).optional(),
})

const addedField = z.strictObject({
  label: text,
  part: z.enum(['identity', 'contact', 'address', 'preferences']),
  input: z.enum(['text', 'email', 'tel', 'textarea']),
  autocomplete: z.string().regex(/^[a-z0-9-]+( [a-z0-9-]+)*$/, 'must be a token of the HTML standard, or off'),
  maxLength: z.int().min(1).max(10_000),
})

const addedPurpose = z.strictObject({
  title: text,
  sentence: text,
  basis: z.enum(['contract', 'consent', 'interest', 'duty']),
  class: z.enum(['contract', 'relation']),
  clock: z.strictObject({ from: z.enum(['asked', 'left']), period }),
  fields: z.record(z.string(), z.strictObject({ need, why: text, declining: text })),
  intake: z.array(text).min(1),
  openers: z.array(z.enum(['owner', 'desk', 'person', 'program'])).min(1),
})

/** What a vendor may write, checked as it stands; what the parts say about one another is checked after. */
export const vendorShape = z.strictObject({
  controller: z.strictObject({ name: z.string().min(1), address: z.string().min(5), country: z.string().min(2) }),
  contact: z.strictObject({ email: z.email(), telephone: z.string().min(5).optional() }),
  authority: z.strictObject({ name: z.string().min(1), web: z.url({ protocol: /^https$/ }) }),
  audience: text,
  transfers: text,
  purposes: z.partialRecord(purposeName, purposeEdit).optional(),
  addedFields: z.record(name, addedField).optional(),
  addedPurposes: z.record(name, addedPurpose).optional(),
  recipients: z.array(recipient).min(1),
})

/** A vendor's policy whose shape is right. */
export type ReadPolicy = z.output<typeof vendorShape>
/** What a vendor changes about one shipped purpose. */
export type PurposeEdit = z.output<typeof purposeEdit>
/** One row of the vendor's partner register. */
export type RecipientRow = z.output<typeof recipient>

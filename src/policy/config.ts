import { z } from 'zod'
import { isIban } from '../lib/index.ts'
import { effectivePolicy, type Policy, type VendorPolicy } from './vendor.ts'
import { readable } from './vendor/readable.ts'

const brand = z.strictObject({
  name: z.string().trim().min(1).max(60),
  tagline: z.string().trim().min(1).max(120),
})

const serial = z.strictObject({ product: z.string(), serial: z.string(), source: z.string() })

const IBAN = /^[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}$/

/** Where buyers pay without a processor. Shape: `iban` is kept without spaces. */
const bankTransfer = z.strictObject({
  holder: z.string().trim().min(1).max(70),
  iban: z
    .string()
    .transform((text) => text.replaceAll(' ', '').toUpperCase())
    .refine((text) => IBAN.test(text) && isIban(text), 'is not the number of an account: its check digits are wrong'),
  bic: z
    .string()
    .regex(/^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/, 'must have 8 or 11 capital letters and digits')
    .optional(),
  bank: z.string().trim().min(1).max(70).optional(),
  note: z.string().trim().min(1).max(300).optional(),
})

/** The account to which buyers transfer, and what else they should know, such as where a cheque goes. */
export type BankTransfer = z.output<typeof bankTransfer>

const shape = z.strictObject({
  mode: z.enum(['example', 'live']),
  brand,
  timeZone: z.string().refine(isTimeZone, 'must be a time zone such as Europe/Brussels'),
  orderPrefix: z.string().regex(/^[A-Z0-9]{1,6}$/, 'must be one to six capital letters or digits'),
  policy: z.unknown(),
  bankTransfer: bankTransfer.optional(),
  sampleSerials: z.array(serial).max(100).optional(),
  announced: z.strictObject({ from: z.iso.date(), policy: z.unknown() }).optional(),
  catalogue: z.unknown(),
})

/**
 * Everything a vendor sets, as data. Shape: `announced` is the policy that takes the place of the present one on a day, and about which
 * everybody who is held is told two weeks before; `timeZone` an IANA name; with `bankTransfer` one can pay without a processor; `sampleSerials` are of copies that an example sold elsewhere, for anybody to read; `catalogue` is checked by the orders room. The folder `downloads` beside the file holds what is sold.
 */
export type VendorConfig = Omit<z.input<typeof shape>, 'policy' | 'announced'> & {
  readonly policy: VendorPolicy
  readonly announced?: { readonly from: string; readonly policy: VendorPolicy }
}

/** A config whose policy is in force. */
export type ReadConfig = Omit<z.output<typeof shape>, 'policy' | 'announced'> & {
  readonly policy: Policy
  readonly announced?: { readonly from: string; readonly policy: Policy }
}

type Read = { ok: true; config: ReadConfig } | { ok: false; faults: string[] }

/** Reads a vendor's config and joins its policy with the shipped one. Errors: answers every fault as a sentence with its place. */
export function readConfig(source: unknown): Read {
  const read = shape.safeParse(source)
  const policy = effectivePolicy(isGroup(source) ? source['policy'] : undefined)
  const faults = [
    ...(read.success ? [] : readable(source, read.error.issues)),
    ...(policy.ok ? [] : policy.faults.map((fault) => `policy.${fault}`)),
  ]
  return read.success && policy.ok ? withNext(read.data, policy.policy) : { ok: false, faults }
}

/** Checks the announced policy like the present one, and what a live shop must not have. */
function withNext({ announced, ...rest }: z.output<typeof shape>, policy: Policy): Read {
  const next = announced ? effectivePolicy(announced.policy) : undefined
  if (next?.ok === false) return { ok: false, faults: next.faults.map((fault) => `announced.policy.${fault}`) }
  const invented = rest.mode === 'live' ? [...inventedFaults(policy), ...sampleFaults(rest)] : []
  if (invented.length > 0) return { ok: false, faults: invented }
  const said = announced && next ? { announced: { from: announced.from, policy: next.policy } } : {}
  return { ok: true, config: { ...rest, policy, ...said } }
}

function sampleFaults({ sampleSerials }: Pick<z.output<typeof shape>, 'sampleSerials'>): string[] {
  return sampleSerials ? ['sampleSerials: are for an example; load your own with npx avow serials'] : []
}

/** What may stand in an example and nowhere else. */
function inventedFaults(policy: Policy): string[] {
  const rows = policy.recipients.flatMap((row) => [
    ...(isInvented(row.contact)
      ? [`policy.recipients.${row.id}.contact: is invented; a live shop needs a real one`]
      : []),
    ...(isInvented(row.host) ? [`policy.recipients.${row.id}.host: is invented; a live shop needs a real one`] : []),
    ...(row.commitment.periodFromFirstStart
      ? [`policy.recipients.${row.id}.commitment: in a live shop a promise ends on a date`]
      : []),
  ])
  return [
    ...(isInvented(policy.contact.email) ? ['policy.contact.email: is invented; a live shop needs a real one'] : []),
    ...rows,
  ]
}

/** Names that can never be anybody's. Source: RFC 2606. */
function isInvented(address: string): boolean {
  return (
    /\.(example|test|invalid|localhost)$/i.test(address.trim()) ||
    /(^|[@.])example\.(com|net|org)$/i.test(address.trim())
  )
}

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone.length > 0
  } catch {
    return false
  }
}

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

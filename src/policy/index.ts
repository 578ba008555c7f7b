export { clauses, policyHash } from './page/clauses.ts'
export { keptText, untilText } from './clockText.ts'
export { readConfig, type BankTransfer, type VendorConfig } from './config.ts'
export { defaults, type Field, type FieldOf, type FieldsOf, type Purpose } from './defaults.ts'
export { clockOf, formFor, mayReveal, recipientName, type FormField, type MayReveal } from './derive.ts'
export { difference, type Change } from './page/difference.ts'
export { clauseFor } from './page/anchors.ts'
export { valueText } from './page/partnerClauses.ts'
export type { Clause } from './page/body.ts'
export type { Processing } from './page/record.ts'
export type { EvidenceId, Finding, PromiseRow } from './promiseRow.ts'
export { processors, type ProcessorFacts, type ProcessorId } from './processors/facts.ts'
export { promises, promisesOf } from './promises.ts'
export type {
  Clock,
  ClockEvent,
  CommitmentSource,
  LegalBasis,
  Opener,
  Part,
  Recipient,
  RegisteredCookie,
  RetentionClass,
  Text,
} from './types.ts'
export { retentionClasses } from './types.ts'
export { effectivePolicy, isOn, type LivePurpose, type Policy, type VendorPolicy } from './vendor.ts'

import { keptText } from '../clockText.ts'
import type { Field, Purpose } from '../defaults.ts'
import type { LegalBasis, Opener, Recipient } from '../types.ts'
import type { Policy } from '../vendor.ts'

/** One row of the record: a purpose with all that the law asks to be written down about it. */
export type Processing = {
  readonly purpose: Purpose
  readonly title: string
  readonly basis: LegalBasis
  readonly fields: readonly Field[]
  readonly kept: string
  readonly openers: readonly Opener[]
  readonly recipients: readonly { readonly name: string; readonly country: string }[]
}

/** The record of processing, one row for each live purpose. Source: GDPR article 30(1) b, c, d and f. */
export function recordOfProcessing(policy: Policy): Processing[] {
  return Object.values(policy.purposes).map((purpose) => ({
    purpose: purpose.id,
    title: purpose.title.en,
    basis: purpose.basis,
    fields: Object.keys(purpose.fields) as Field[],
    kept: keptText(purpose.clock),
    openers: purpose.openers,
    recipients: policy.recipients.filter(({ purposes }) => purposes.includes(purpose.id)).map(nameAndCountry),
  }))
}

function nameAndCountry({ name, country }: Recipient): { name: string; country: string } {
  return { name, country }
}

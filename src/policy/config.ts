import type { VendorPolicy } from './vendor.ts'

/** Everything a vendor sets, as data. Shape: `timeZone` an IANA name; `catalogue` is checked at start; `downloads` a folder beside the file. */
export type VendorConfig = {
  readonly mode: 'example' | 'live'
  readonly brand: { readonly name: string; readonly tagline: string }
  readonly timeZone: string
  readonly orderPrefix: string
  readonly policy: VendorPolicy
  readonly catalogue: unknown
}

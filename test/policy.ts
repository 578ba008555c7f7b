import { policy as shipped } from '../examples/higosoft/policy.ts'
import { effectivePolicy, type Policy, type VendorPolicy } from '../src/policy/index.ts'

/** The example vendor's policy in force, with edits where a test needs them. Errors: throws with the faults. */
export function higosoft(edits: Partial<VendorPolicy> = {}): Policy {
  const read = effectivePolicy({ ...shipped, ...edits })
  if (!read.ok) throw new Error(read.faults.join('; '))
  return read.policy
}

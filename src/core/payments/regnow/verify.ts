import { sameSecret } from '../../../lib/index.ts'
import type { Inbound, Verified } from '../adapter.ts'
import { isTwice, pairsOf, textOf } from '../inbound/pairs.ts'
import { profileOf, type RegnowSettings } from './settings.ts'

/** Whether a call is the processor's own: by its secret path, and by a value of the vendor's where the profile asks for one. Nothing is kept but what the profile knows. */
export function verifyCall(message: Inbound, settings: RegnowSettings, now: Date): Verified {
  const secret = message.secret ?? ''
  if (!settings.secretPaths.some((path) => sameSecret(path, secret))) return { ok: false, because: 'wrong address' }
  const { fields, proof } = profileOf(settings, message.endpoint)
  const pairs = pairsOf(message.body)
  const kept = new Set<string>(Object.values(fields))
  if (isTwice(pairs, new Set([...kept, ...(proof === undefined ? [] : [proof])])))
    return { ok: false, because: 'not understood' }
  if (proof !== undefined) {
    const given = new Map(pairs).get(proof) ?? ''
    if (given === '') return { ok: false, because: 'no signature' }
    if (!settings.proofs?.some((value) => sameSecret(value, given))) return { ok: false, because: 'wrong signature' }
  }
  return { ok: true, text: textOf(pairs, kept, now) }
}

import type { Inbound, Verified } from '../adapter.ts'
import { verifyTimed, type Manner } from '../timedSignature.ts'

const manner: Manner = { header: 'stripe-signature', time: 't', mac: 'v1', between: '.' }

/** Whose messages are taken. Shape: `live` is the mode of this shop; an account signs test and live messages alike. */
export type Trusted = { readonly webhookSecrets: readonly string[]; readonly live: boolean }

/** Whether a message is the processor's own and of this shop's mode. Source: the processor's documentation of webhooks. */
export function verifySignature(message: Inbound, { webhookSecrets, live }: Trusted, now: Date): Verified {
  const verified = verifyTimed(message, { manner, secrets: webhookSecrets }, now)
  if (verified.ok && modeOf(verified.text) === !live) return { ok: false, because: 'other shop' }
  return verified
}

function modeOf(text: string): unknown {
  try {
    return (JSON.parse(text) as { livemode?: unknown } | null)?.livemode
  } catch {
    return undefined
  }
}

import type { Inbound, Verified } from '../adapter.ts'
import { verifyTimed, type Manner } from '../timedSignature.ts'

const manner: Manner = { header: 'paddle-signature', time: 'ts', mac: 'h1', between: ':' }

/**
 * Whether a message is the processor's own. Source: the processor's documentation of signatures. Its package takes
 * nothing that is older than 5 seconds and of several signatures only the last; neither is asked by the protocol.
 */
export function verifySignature(message: Inbound, secrets: readonly string[], now: Date): Verified {
  return verifyTimed(message, { manner, secrets }, now)
}

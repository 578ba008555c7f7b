import type { PassedOnWay } from './queries.ts'
import { isOn, mayReveal, type Field, type Policy, type Purpose, type Recipient } from '../policy/index.ts'

/** Why nothing leaves. The first three mend themselves when the register is mended; staff are told. */
export type ShutReason =
  | 'no-commitment'
  | 'expired'
  | 'unknown-host'
  | 'unknown'
  | 'not-of-purpose'
  | 'not-on-instructions'
  | 'not-needed'
  | 'unknown-value'
  | 'no-ground'
  | 'erased'

/** What somebody wants to pass on, by names only. */
export type Wish = {
  readonly recipient: string
  readonly purpose: Purpose
  readonly fields: readonly Field[]
  readonly values: readonly string[]
}

/** Where the program connects to. Shape: host names by recipient; in example mode a stand-in on this machine is one too. */
export type Connections = { readonly mode: 'example' | 'live'; readonly hosts: Readonly<Record<string, string>> }

/** Answers whether the register lets a wish pass. */
export type Gate = (wish: Wish) => { readonly row: Recipient; readonly host: string } | { readonly shut: ShutReason }

const OUTREACH: readonly Purpose[] = ['campaignMail', 'campaignPost', 'campaignTelephone', 'survey', 'statistics']
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/

/**
 * Makes the gate from the policy in force. It looks at the register only; the commitment is asked when the log row is written.
 * Source: promises need-to-share, committed-partners, never-sold.
 */
export function gateOf(policy: Policy, connections: Connections): Gate {
  const shows = shownBy(policy)
  return (wish) => {
    const row = policy.recipients.find(({ id }) => id === wish.recipient)
    if (!row) return { shut: 'unknown' }
    const host = connections.hosts[row.id]
    if (!host || !isHostOf(row, host, connections.mode)) return { shut: 'unknown-host' }
    const shut = overreach(row, wish, { on: isOn(policy, wish.purpose), shows: shows.get(wish.purpose) })
    return shut ? { shut } : { row, host }
  }
}

function shownBy(policy: Policy): ReadonlyMap<Purpose, ReadonlySet<string>> {
  const shows = new Map<Purpose, Set<string>>()
  for (const { purpose, fields } of mayReveal(policy))
    shows.set(purpose, new Set([...(shows.get(purpose) ?? []), ...fields]))
  return shows
}

/** Whether something that was passed on goes beyond the register: for evidence, which does not trust the gate. */
export function isBeyond(policy: Policy, passed: PassedOnWay): boolean {
  const row = policy.recipients.find(({ id }) => id === passed.recipient)
  const wish = passed as unknown as Wish
  const purpose = { on: isOn(policy, wish.purpose), shows: shownBy(policy).get(wish.purpose) }
  return row === undefined || overreach(row, wish, purpose) !== undefined
}

/** The recipients for which this program is set to connect to a host that the register does not name. Live mode must not start with one. */
export function strangers(policy: Policy, { mode, hosts }: Connections): string[] {
  const rowOf = (id: string): Recipient | undefined => policy.recipients.find((row) => row.id === id)
  const isKnown = ([id, host]: [string, string]): boolean => {
    const row = rowOf(id)
    return row !== undefined && isHostOf(row, host, mode)
  }
  return Object.entries(hosts)
    .filter((pair) => !isKnown(pair))
    .map(([id]) => id)
}

/** Whether a host is the recipient's own. In example mode a stand-in on this machine may take its place, never in live. */
export function isHostOf(row: Pick<Recipient, 'host'>, host: string, mode: Connections['mode']): boolean {
  if (row.host.toLowerCase() === host.toLowerCase()) return true
  return mode === 'example' && LOOPBACK.test(host)
}

/** The pure rule: what about a wish goes beyond the recipient's row or beyond its purpose, if anything. */
export function overreach(
  row: Pick<Recipient, 'purposes' | 'fields' | 'values' | 'onInstructions'>,
  wish: Wish,
  purpose: { readonly on: boolean; readonly shows: ReadonlySet<string> | undefined },
): ShutReason | undefined {
  if (!purpose.on || !row.purposes.includes(wish.purpose)) return 'not-of-purpose'
  if (OUTREACH.includes(wish.purpose) && !row.onInstructions) return 'not-on-instructions'
  const needed = (field: Field): boolean => row.fields.includes(field) && purpose.shows?.has(field) === true
  if (!wish.fields.every(needed)) return 'not-needed'
  return wish.values.every((name) => row.values.includes(name)) ? undefined : 'unknown-value'
}

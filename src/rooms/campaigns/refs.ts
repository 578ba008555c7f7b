import { isId } from '../../lib/index.ts'
import type { Ref } from '../../vault/index.ts'

/** The reference of a campaign in the contact ledger and in the log of looks. */
export function refOf(id: string): Ref {
  return `campaign:${id}`
}

/** The id of the campaign that a reference is of; undefined when it is of none. */
export function campaignIn(ref: string): string | undefined {
  const [kind, id] = ref.split(':')
  return kind === 'campaign' && isId(id) ? id : undefined
}

export type { LicenceContext } from './context.ts'
export { issue, type IssueContext, type IssuedOrder } from './issue.ts'
export { newKey, readKey } from './key.ts'
export {
  keysPerOrder,
  keysWithoutPiece,
  licencesOf,
  ownedBy,
  ownerCounts,
  type Licence,
  type LicenceId,
} from './queries.ts'
export { allIssued, keysOf, revoke, type ShownKey } from './keys.ts'
export { licenceGrants, type LicenceTables } from './tables.ts'

export { check, type CheckCode, type Checked } from './copies/check.ts'
export { confirm, waitingCopy, type Confirmed } from './copies/confirm.ts'
export { leave, myCopies, myKeys, type MyCopy } from './copies/owner.ts'
export {
  copyById,
  dropOwner,
  copyByHash,
  endedRegistrations,
  newestOwners,
  ownerOf,
  registrationById,
  type Copy,
  type RegistrationId,
} from './copies/queries.ts'
export {
  register,
  sendCopies,
  sweepRegistrations,
  type AskedRegistration,
  type RegisterContext,
  type RegisterOutcome,
} from './copies/register.ts'
export { faultOfSoldKey, recordKeys, type SoldKey } from './copies/sold.ts'
export { loadSerials, type BadSerial, type Loaded, type SoldElsewhere } from './copies/serials.ts'
export type { LicenceContext } from './context.ts'
export { issue, type IssueContext, type IssuedOrder } from './issue.ts'
export { spelt, type TypedKey } from './key.ts'
export { keysPerOrder, keysWithoutPiece, ownerCounts, ownersOf, type Licence, type LicenceId } from './queries.ts'
export { followRight, keysOf, type ShownKey } from './keys.ts'
export { licenceGrants, type LicenceTables, type Source } from './tables.ts'

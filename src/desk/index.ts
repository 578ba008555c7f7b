export { openDesk } from './open.ts'
export type { Desk, DeskSettings } from './settings.ts'
export { allGrants, personTables } from './tables.ts'

export { openDesk } from './open.ts'
export type { Desk, DeskSettings } from './settings.ts'
export { allGrants } from './tables.ts'

import { performance } from 'node:perf_hooks' // red
export const made: Date | undefined = undefined
export function isDate(value: unknown): value is Date {
  return value instanceof Date
}
export const now = () => new Date() // red
export const text = () => Date() // red
export const read = (at: string) => new Date(at) // red
export const count = () => Date.now() // red
export const utc = () => Date.UTC(2030, 1) // red
export const passed = () => performance.now() // red
export const hidden = () => new globalThis.Date() // red
export const quoted = () => new globalThis['Date']() // red
export const fine = () => process.hrtime.bigint() // red
const Clock = Date // red
export const again = () => new Clock()
export const named = { Date: 1 }.Date
export const asked = (db: never) => sql`select now()`.execute(db) // red
export const told = (db: never) => sql`select vault.now()`.execute(db)

export const silent = true // red
/* A plain comment is not one. */
export function plain(): void {} // red
/** two words */
export type Fragment = string // red
/** */
export type Empty = string // red
/** Says what it is for. */

export const told = true
/** Stands too far away. */
const between = true
export const far = between // red
// A line comment is not one.
export class Line {} // red
const hidden = true
export { hidden } // red
export default hidden // red
export { quote } from './cart.ts'
export type { Cart } from './cart.ts'

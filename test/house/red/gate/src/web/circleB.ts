import type { A } from './circleA.ts' // red: import/no-cycle
export type B = { a: A }

import type { B } from './circleB.ts' // red: import/no-cycle
export type A = { b: B }

export { addressLines, type Place } from './addressLines.ts'
export { labelsPdf } from './labels.ts'
export { lettersPdf, type Letter, type LetterRun } from './letter.ts'
export type { Left, Printed } from './printed.ts'

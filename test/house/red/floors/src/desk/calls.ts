import { run } from '../cli/run.ts' // red
export const all = [run]

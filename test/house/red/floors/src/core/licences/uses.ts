import { place } from '../orders/index.ts'
import { fold } from '../orders/fold.ts' // red
import { start } from '../payments/index.ts' // red
export const all = [place, fold, start]

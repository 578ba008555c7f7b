import { issue } from '../licences/index.ts' // red
import { quote } from './cart.ts'
export const all = [issue, quote]

import { newId } from '../src/lib/index.ts' // red
import { state } from './state.ts'
export const all = [newId, state]

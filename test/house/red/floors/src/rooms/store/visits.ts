import { erase } from '../privacy/index.ts' // red
import { keys } from '../../vault/keys/file.ts' // red
import { place } from '../../core/orders/index.ts'
import { serve } from '../../desk/index.ts' // red
import { state } from '../../../sim/state.ts' // red
import { testWeb } from '../../../test/web.ts' // red
import { vault } from '#vault' // red
export { en } from '../staff/words.ts' // red
export const later = () => import('../promises/index.ts') // red
export const whatever = (name: string) => import(name) // red
export const old = require('../outbox/index.ts') // red
export const all = [erase, keys, place, serve, state, testWeb, vault]

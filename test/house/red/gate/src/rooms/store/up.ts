export { nothing } from '../staff/index.ts' // red: no-restricted-imports
export { nothing as more } from '../../desk/index.ts' // red: no-restricted-imports
export { nothing as other } from '../../core/orders/index.ts'

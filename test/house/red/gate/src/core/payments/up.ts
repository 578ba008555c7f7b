export { nothing } from '../../rooms/store/index.ts' // red: no-restricted-imports
export { nothing as other } from '../orders/index.ts'

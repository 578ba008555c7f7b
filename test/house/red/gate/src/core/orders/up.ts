export { nothing } from '../licences/index.ts' // red: no-restricted-imports
export { nothing as other } from '../../rooms/store/index.ts' // red: no-restricted-imports

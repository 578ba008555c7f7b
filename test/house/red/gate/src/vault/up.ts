export { nothing } from '../contact/index.ts' // red: no-restricted-imports
export { nothing as other } from '../db/index.ts'

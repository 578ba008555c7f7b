export { nothing } from '../web/index.ts' // red: no-restricted-imports
export { nothing as other } from '../partners/index.ts'

export { nothing } from '../db/index.ts' // red: no-restricted-imports
export { nothing as other } from '../lib/index.ts'

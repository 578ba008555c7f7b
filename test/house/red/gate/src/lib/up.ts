export { nothing } from '../db/index.ts' // red: no-restricted-imports

export { nothing } from '../contact/index.ts' // red: no-restricted-imports

export { nothing } from '../vault/index.ts' // red: no-restricted-imports

export { nothing } from '../cli/index.ts' // red: no-restricted-imports

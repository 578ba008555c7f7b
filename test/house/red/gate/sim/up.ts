export { nothing } from '../src/lib/index.ts' // red: no-restricted-imports

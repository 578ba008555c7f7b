export { nothing } from '../core/orders/index.ts' // red: no-restricted-imports

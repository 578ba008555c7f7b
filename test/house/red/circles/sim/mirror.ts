export { mirror as image } from './mirror.ts' // red
export const mirror = true

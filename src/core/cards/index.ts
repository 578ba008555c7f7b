export { isClean, type CardFinding, type CardReport, type Unseen } from './report.ts'
export { scanPaths, type ScanOptions } from './scan.ts'
export { en as cardWords } from './words.ts'

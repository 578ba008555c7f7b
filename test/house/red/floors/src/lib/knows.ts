export * from '../db/index.ts' // red

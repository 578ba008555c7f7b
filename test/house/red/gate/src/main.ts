import { used } from './usedHere.ts'
process.stdout.write(used)

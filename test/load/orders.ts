import { permutationDrill } from './permute.ts'

const dropRank = process.argv.includes('--drop-rank')
const found = permutationDrill({ most: 45_000, dropRank })
console.log(
  `${found.runs} arrival orders with duplicates${dropRank ? ', rank dropped' : ''}: ${found.wrongEnds} wrong ends`,
)
console.log(`${found.divergent} divergent end states, ${found.doubleIssues} double issues`)
process.exit(found.divergent + found.wrongEnds + found.doubleIssues === 0 && found.runs >= 50_000 ? 0 : 1)

import { enforce } from './rule.ts'
import { rules } from './rules.ts'
import { measures } from './rules/size.ts'
import { realTree } from './tree.ts'

const tree = realTree()
const rows = Object.values(rules).map((rule) => {
  try {
    return { rule, ...enforce(rule, tree) }
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error)
    return { rule, looked: 0, faults: [{ path: rule.name, line: 0, says }] }
  }
})

const width = Math.max(...rows.map(({ rule }) => rule.name.length))
console.log(`${'rule'.padEnd(width)}  looked at                          faults`)
for (const { rule, looked, faults } of rows)
  console.log(`${rule.name.padEnd(width)}  ${`${looked} ${rule.of}`.padEnd(34)} ${faults.length}`)
const { fileMedian, functionMedian, functionP90 } = measures(tree)
console.log(
  `${tree.length} files; median file ${fileMedian} lines, median function ${functionMedian}, p90 ${functionP90}`,
)
for (const { rule, faults } of rows)
  for (const { path, line, says } of faults) console.error(`${path}:${line}: ${rule.name}: ${says}`)
process.exitCode = rows.some(({ faults }) => faults.length > 0) ? 1 : 0

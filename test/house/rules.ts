import type { Rule } from './rule.ts'
import { cardNames } from './rules/cardNames.ts'
import { circles } from './rules/circles.ts'
import { clock } from './rules/clock.ts'
import { docstrings } from './rules/docstrings.ts'
import { floors } from './rules/floors.ts'
import { handleInTx } from './rules/handleInTx.ts'
import { network } from './rules/network.ts'
import { personalNames } from './rules/personalNames.ts'
import { size } from './rules/size.ts'
import { sqlPlaces } from './rules/sqlPlaces.ts'

/** The rules of the house. The key is the name of the folder of red fixtures that must fail it. */
export const rules: Readonly<Record<string, Rule>> = {
  floors,
  circles,
  sqlPlaces,
  personalNames,
  cardNames,
  handleInTx,
  clock,
  network,
  size,
  docstrings,
}

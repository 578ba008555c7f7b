import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answerControl } from '../src/cli/answers.ts'
import { importFile } from '../src/cli/imports.ts'
import { listenControl } from '../src/db/index.ts'
import type { Shop } from './openShop.ts'

/** The reports of the processors that have nothing to ask, by the name of the mapping that reads them. */
export const reports = { swreg: 'swreg/report.tsv', regnow: 'regnow/report.csv' } as const

/** Takes in what those processors report, as the vendor does from the command line. Answers what was said of each. */
export async function takeReports(
  shop: Shop,
  of: readonly (keyof typeof reports)[] = ['swreg', 'regnow'],
): Promise<string[]> {
  const said: string[] = []
  for (const as of of)
    said.push(await takeReport(shop, as, await (await shop.ask(`${shop.sim.baseUrl}/_sim/${reports[as]}`)).text()))
  return said
}

/** Takes in one report of a mapping's name in the same way. */
export async function takeReport(shop: Shop, as: string, text: string): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'avow-reports-'))
  const stop = await listenControl(dir, (request) => answerControl(shop.desk(), request))
  try {
    const file = join(dir, as)
    writeFileSync(file, text)
    const { say } = await importFile(dir, { file, as, dry: false }, () => undefined)
    await shop.settled()
    return say
  } finally {
    await stop()
    rmSync(dir, { recursive: true })
  }
}

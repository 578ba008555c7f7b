import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildProgram, startProgram, type Program } from '../program.ts'
import { foldersWithPglite } from './home.ts'

const home = mkdtempSync(join(tmpdir(), 'avow-vendor-'))
const folders = foldersWithPglite()
let program: Program

beforeAll(async () => {
  cpSync('examples/higosoft', home, { recursive: true })
  const file = join(home, 'policy.ts')
  const shipped = readFileSync(file, 'utf8')
  const edit = `purposes: { purchase: { sentence: { en: 'Edited by a vendor.' }, clock: { period: 'P14D' } }, registration: { off: true } },`
  const edited = shipped.replace('purposes: {},', edit)
  expect(edited).not.toBe(shipped)
  writeFileSync(file, edited)
  const dist = await buildProgram('ownPolicy', join(home, 'config.ts'))
  program = await startProgram({ dist, ...folders })
})
afterAll(async () => {
  await program.stop()
  folders.remove()
  rmSync(home, { recursive: true, force: true })
})

test('a vendor who edits one file of their own has a program that says and does what it says', async () => {
  const page = await (await fetch(`${program.store}/privacy`)).text()
  expect(page).toContain('Edited by a vendor.')
  expect(page).toContain('This is kept until 14 days after delivery.')
  expect(page).not.toContain('id="registration"')
  const product = await (await fetch(`${program.store}/products/tally`)).text()
  const form = /href="(\/checkout\/[^"]+)"/.exec(product)?.[1] ?? ''
  expect(await (await fetch(`${program.store}${form}`)).text()).toContain('Kept until 14 days after delivery')
  expect(await (await fetch(`${program.store}/promises`)).text()).toContain('switched that off')
})

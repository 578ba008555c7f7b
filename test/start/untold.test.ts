import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buyOne, nextAddress } from '../load/buyer.ts'
import { buildProgram, refusedStart, startProgram } from '../program.ts'
import { foldersWithPglite } from './home.ts'

const env = {
  SMTP_URL: 'smtp://smtp.vendor.eu',
  MAIL_FROM: 'shop@vendor.eu',
  STRIPE_API_KEY: 'sk_live_x',
  STRIPE_WEBHOOK_SECRET: 'whsec_x',
  BASE_URL: 'https://shop.vendor.eu',
  ACCEPT_POWER_LOSS: 'yes',
}
const real = `{
  ...example.policy,
  contact: { email: 'privacy@vendor.eu' },
  recipients: example.policy.recipients.map((row) => ({
    ...row,
    contact: 'privacy@vendor.eu',
    host: row.id === 'mailHost' ? 'smtp.vendor.eu' : row.host.replace('.example', '.vendor.eu'),
    commitment: { document: 'Agreement', hash: row.commitment.hash, until: '2099-01-01' },
  })),
}`
const home = mkdtempSync(join(tmpdir(), 'avow-vendor-'))
const [fresh, used] = [foldersWithPglite(), foldersWithPglite()]
let [shop, changed, announced] = ['', '', '']

beforeAll(async () => {
  cpSync('examples/higosoft', home, { recursive: true })
  shop = await buildProgram('untold')
  changed = await built('changed', `{ ...example, mode: 'live', sampleSerials: undefined, policy: ${real} }`)
  const next = `announced: { from: '2027-01-01', policy: ${real} }`
  announced = await built('announced', `{ ...example, mode: 'example', ${next} }`)
})
afterAll(() => {
  for (const folders of [fresh, used]) folders.remove()
  rmSync(home, { recursive: true, force: true })
})

function built(name: string, config: string): Promise<string> {
  const file = join(home, `${name}.ts`)
  writeFileSync(file, `import { config as example } from './config.ts'\nexport const config = ${config}\n`)
  return buildProgram(name, file)
}

test('a live shop starts where nobody is held, and with a change that nobody was told of it does not', async () => {
  const live = await startProgram({ dist: changed, ...fresh, env })
  await live.stop()
  const program = await startProgram({ dist: shop, ...used })
  await buyOne({ store: program.store, address: nextAddress })
  await program.stop()
  const { code, err } = await refusedStart({ dist: changed, ...used, env })
  expect(code).toBe(1)
  expect(err).toContain('the people who are held here were not told')
  expect(err).toContain('“announced”')
})

test('the same change announced starts, under the policy that people know, and does not take effect before its day', async () => {
  const program = await startProgram({ dist: announced, ...used })
  const next = await (await fetch(`${program.store}/privacy/next`)).text()
  expect(next).toContain('privacy@vendor.eu')
  const now = await (await fetch(`${program.store}/privacy`)).text()
  expect(now).not.toContain('privacy@vendor.eu')
  await program.stop()
  const { code, err } = await refusedStart({ dist: changed, ...used, env })
  expect(code).toBe(1)
  expect(err).toContain('its day has not come')
})

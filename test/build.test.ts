import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { build, buildAssets } from '../scripts/build.js'

const outdir = mkdtempSync(join(tmpdir(), 'avow-build-'))
afterAll(() => rmSync(outdir, { recursive: true, force: true }))

test('assets are named by their content, small, and fetch nothing from elsewhere', async () => {
  const names = await buildAssets(outdir)
  const style = readFileSync(join(outdir, 'assets', names['app.css'] ?? ''), 'utf8')
  expect(names['app.css']).toMatch(/^app-[A-Z0-9]{8}\.css$/)
  expect(style.length).toBeLessThan(25_000)
  expect(style).not.toMatch(/https?:\/\//)
  const mentioned = [...style.matchAll(/url\("?\.\/([^)"]+)"?\)/g)].map(([, file]) => file)
  expect(mentioned.length).toBeGreaterThanOrEqual(3)
  for (const file of mentioned) expect(readdirSync(join(outdir, 'assets'))).toContain(file)
  expect(await buildAssets(outdir)).toEqual(names)
})

test('the build writes what the program reads beside itself, and every entry is sound JavaScript', async () => {
  const built = await build({ outdir })
  expect(built).toContain('pgliteWorker')
  for (const name of built) execFileSync(process.execPath, ['--check', join(outdir, `${name}.js`)])
  expect(readdirSync(join(outdir, 'migrations'))).toContain('007_web.sql')
  expect(existsSync(join(outdir, 'assets.json'))).toBe(true)
})

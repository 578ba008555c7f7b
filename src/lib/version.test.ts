import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { codeVersion } from './version.ts'

test('the version that receipts name is the one of the package', () => {
  expect(codeVersion).toBe((JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version)
})

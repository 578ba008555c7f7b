import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readCatalogue, taxRate } from '../../src/core/orders/index.ts'
import { catalogue } from './catalogue.ts'

test('the example sells a download, a box, both, and a trial that asks nothing', () => {
  expect(readCatalogue(catalogue)).toMatchObject({ ok: true })
  const goods = catalogue.products.map((product) => product.offers.map((offer) => offer.goods).join(' '))
  expect(goods.sort()).toEqual(['', 'box', 'download', 'download box'])
  expect(catalogue.products.filter((product) => product.offers.length === 0).every((product) => product.trial)).toBe(
    true,
  )
})

test('every file that is sold or tried is there, and says that it is an example', () => {
  const files = catalogue.products.flatMap(({ offers, trial }) => [...offers.map((offer) => offer.file), trial?.file])
  for (const file of files.filter((name) => name !== undefined)) {
    const path = `examples/higosoft/downloads/${file}`
    expect([file, existsSync(path)]).toEqual([file, true])
    expect(readFileSync(path, 'utf8')).toContain('invented vendor')
  }
})

test('at least a dozen countries are sold to, and a rate that changed counts from its day', () => {
  expect(catalogue.countries.length).toBeGreaterThanOrEqual(12)
  expect(taxRate(catalogue, 'FI', '2024-08-31')).toBe(2400)
  expect(taxRate(catalogue, 'FI', '2024-09-01')).toBe(2550)
})

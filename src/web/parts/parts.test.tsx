import { describe, expect, test } from 'vitest'
import { SampleDesk, SampleHeld, SampleShop } from '../../../test/sample.tsx'
import { testWeb } from '../../../test/web.ts'
import { Link } from './actions.tsx'
import { Page } from './page.tsx'

const web = testWeb()
const pages = { shop: SampleShop, held: SampleHeld, desk: SampleDesk }

describe.each(Object.entries(pages))('the %s page', (_name, Sample) => {
  const page = String(<Sample web={web} />)

  test('holds no script, no inline style and no handler', () => {
    expect(page).not.toMatch(/<script|<style|\sstyle=|\son[a-z]+=|javascript:/i)
  })

  test('fetches nothing from anywhere else', () => {
    const addresses = [...page.matchAll(/\s(?:src|href|action)="([^"]*)"/g)].map(([, address]) => address ?? '')
    expect(addresses.length).toBeGreaterThan(5)
    expect(addresses.filter((address) => !/^[/#]/.test(address))).toEqual([])
  })

  test('says that the shop is an example, and says nothing of the kind when it is not', () => {
    expect(page).toContain('An example shop')
    expect(String(<Sample web={testWeb({ example: false })} />)).not.toContain('An example shop')
  })

  test('gives every id once, and every description and label something to point to', () => {
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const wanted = [...page.matchAll(/\s(?:aria-describedby|aria-labelledby|for)="([^"]+)"/g)].flatMap(([, list]) =>
      (list ?? '').split(' '),
    )
    expect(wanted.filter((id) => !ids.includes(id))).toEqual([])
  })
})

describe('a field', () => {
  const page = String(<SampleShop web={web} />)

  test.each([
    ['email', 'email'],
    ['name', 'name'],
    ['street', 'street-address'],
    ['postcode', 'postal-code'],
    ['city', 'address-level2'],
    ['country', 'country'],
    ['telephone', 'tel'],
  ])('%s tells the browser what it is', (name, token) => {
    expect(page).toMatch(new RegExp(`<(input|select|textarea) id="f-${name}" name="${name}" autocomplete="${token}"`))
  })

  test('says why it is asked and how long it is kept, with its clause, beside it', () => {
    const beside = /<p class="why" id="w-email">(.*?)<\/p>/.exec(page)?.[1] ?? ''
    expect(beside).toMatch(/href="\/privacy#purchase"/)
    expect(beside).toContain('To send the key and the receipt.')
    expect(beside).toContain('Kept until')
  })

  test('that is optional says so in words, and keeps what was typed', () => {
    expect(page).toMatch(/<label for="f-telephone">.*?\(optional\)<\/span><\/label>/)
    expect(page).toContain('Kraanlei 12\nbox 3</textarea>')
  })
})

test('an address that is not safe becomes plain text', () => {
  expect(String(<Link href="javascript:alert(1)">look</Link>)).toBe('<span>look</span>')
})

test('a page title tells first that something needs another look', () => {
  expect(String(<Page web={web} title="Order" wrong />)).toContain('<title>Please check: Order | Higosoft</title>')
})

import { expect, test } from 'vitest'
import { safeHref } from './safeHref.ts'

test.each([
  '/privacy#tax',
  '#sum',
  '?page=2',
  'orders/1',
  'https://example.org/a?b#c',
  'http://127.0.0.1:4000/',
  'mailto:ada@example.org',
])('%s may be linked to', (address) => expect(safeHref(address)).toBe(address))

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  '//evil.example',
  '/\\evil.example',
  '\\\\evil',
  'file:///etc/passwd',
  'https://a b',
])('%j is no address for a link', (address) => expect(safeHref(address)).toBeUndefined())

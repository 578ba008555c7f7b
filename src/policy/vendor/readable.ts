import type { z } from 'zod'

type Issue = z.core.$ZodIssue

const formats: Readonly<Record<string, string>> = {
  email: 'must be an e-mail address',
  url: 'must be a web address that begins with https://',
  date: 'must be a date such as 2027-01-31',
}

const kinds: Readonly<Record<string, string>> = {
  object: 'a group of values',
  record: 'a group of values',
  array: 'a list',
  string: 'text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
}

const CARD = /(?<!post|score|dis)card|expir|cvc|cvv|security.?code/i

/** Whether a name speaks of card data, for which a policy has no place. */
export function namesCard(name: string): boolean {
  return CARD.test(name)
}

/** Every fault of a shape as sentences that say where it is and what would be right. */
export function readable(source: unknown, issues: readonly Issue[]): string[] {
  return issues.flatMap((issue) => {
    const at = place(source, issue.path)
    if (issue.code !== 'unrecognized_keys') return [`${at || 'policy'}: ${said(issue)}`]
    return issue.keys.map((key) => `${at ? `${at}.` : ''}${key}: ${unknownKey(at, key)}`)
  })
}

function unknownKey(at: string, key: string): string {
  if (namesCard(key)) return 'card data has no place in a policy'
  return at === 'purposes' ? 'there is no purpose of this name' : 'there is no place for this here'
}

type Code = Issue['code']
type Sentences = { readonly [C in Code]?: (issue: Extract<Issue, { code: C }>) => string }

const sentences: Sentences = {
  invalid_type: ({ message, expected }) =>
    message.endsWith('received undefined') ? 'is missing' : `must be ${kinds[expected] ?? expected}`,
  invalid_value: ({ values }) => `must be ${values.map((value) => JSON.stringify(value)).join(' or ')}`,
  too_small: ({ minimum }) => (Number(minimum) <= 1 ? 'must not be empty' : `is too short; at least ${minimum}`),
  too_big: ({ maximum }) => `is too long; at most ${maximum}`,
  invalid_format: ({ format, message }) => formats[format] ?? message,
  invalid_key: ({ issues }) => issues[0]?.message ?? 'must be a plain name',
}

function said(issue: Issue): string {
  const sentence = sentences[issue.code] as ((issue: Issue) => string) | undefined
  return sentence?.(issue) ?? issue.message
}

/** Where a fault is; a row of a list goes by its id, since nobody counts rows. */
function place(source: unknown, path: readonly PropertyKey[]): string {
  let here: unknown = source
  const words = path.map((step) => {
    here = isGroup(here) ? here[step as string] : undefined
    const id = typeof step === 'number' && isGroup(here) ? here['id'] : undefined
    return typeof id === 'string' && id ? id : String(step)
  })
  return words.join('.')
}

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

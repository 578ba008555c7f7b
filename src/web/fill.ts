import type { Field, FormField } from '../policy/index.ts'
import { ACTION_FIELD } from './action.ts'
import { FORM_ERROR, NOTICE_FIELD, type Country } from './parts/fields.tsx'
import { hadCard, oneText, type FormBody } from './shell/form.ts'
import { en } from './words.ts'

/**
 * What a form is read against: the version of the policy in force, names that the room reads itself, and the countries that can be chosen.
 * Shape: a form that showed another version is shown again, so that what is stored with the values is always what was read beside them.
 */
export type FillOptions = {
  readonly notice: number
  readonly also?: readonly string[]
  readonly countries?: readonly Country[]
  /** Staff copy a letter: a card number in it is cut out, and nobody is there who could take it back. */
  readonly isCopied?: boolean
}

/**
 * A form that was read: typed values, or what was typed made harmless and what is wrong with it.
 * Shape: an optional field left empty is undefined; `also` holds the room's own names; an error that belongs to no field is named `form`.
 */
export type Filled =
  | {
      readonly ok: true
      readonly value: Readonly<Partial<Record<Field, string>>>
      readonly also: Readonly<Record<string, string>>
    }
  | {
      readonly ok: false
      readonly values: Readonly<Record<string, string>>
      readonly errors: Readonly<Record<string, string>>
    }

/** What people tell us in their own words is kept without the number, as stands beside it. */
const TOLD = 'message'

type Read = { readonly text: string; readonly error?: string }

/** Reads what was sent against the fields that the policy calls for. Nothing that the form does not have is accepted. Source: promises minimum, told-first. */
export function fill(
  form: readonly FormField[],
  body: FormBody,
  { notice, also = [], countries = [], isCopied = false }: FillOptions,
): Filled {
  const known = new Set<string>([...form.map(({ name }) => name), ...also, ACTION_FIELD, NOTICE_FIELD])
  const errors: Record<string, string> = {}
  if (body[NOTICE_FIELD] !== String(notice)) errors[FORM_ERROR] = en.errors.otherNotice
  if (Object.keys(body).some((name) => !known.has(name))) errors[FORM_ERROR] = en.errors.unknownField
  const values: Record<string, string> = {}
  for (const field of form) {
    const { text, error } = readField(field, body[field.name], countries)
    values[field.name] = text
    const wrong = cardError(field, body, isCopied) ?? error
    if (wrong) errors[field.name] = wrong
  }
  if (Object.keys(errors).length > 0) return { ok: false, values, errors }
  const given = Object.entries(values).filter(([, text]) => text !== '')
  return {
    ok: true,
    value: Object.fromEntries(given),
    also: Object.fromEntries(also.map((name) => [name, oneText(body, name)])),
  }
}

function cardError({ name, label }: FormField, body: FormBody, isCopied: boolean): string | undefined {
  return !isCopied && name !== TOLD && hadCard(body, name) ? en.errors.card(label) : undefined
}

function readField(field: FormField, sent: FormBody[string] | undefined, countries: readonly Country[]): Read {
  if (sent !== undefined && typeof sent !== 'string') return { text: '', error: en.errors.twice(field.label) }
  const { text, error } = readText(field, sent ?? '')
  return error ? { text, error } : { text, ...verdict(field, text, countries) }
}

/** The text as it was typed but for white space around it; too long or unprintable text comes back shortened or cleaned, with an error. */
function readText({ type, label, maxLength }: FormField, sent: string): Read {
  const lines = type === 'textarea' ? linesOf(sent) : sent
  const printable = lines.replace(type === 'textarea' ? UNPRINTABLE_IN_LINES : UNPRINTABLE, '')
  const text = printable.trim()
  if (text.length > maxLength)
    return { text: cut(text, maxLength), error: en.errors.tooLong(label, maxLength, text.length) }
  return printable === lines ? { text } : { text, error: en.errors.unprintable(label) }
}

// U+FFFD stands where the bytes were no text (a lone surrogate, for instance); like control characters it cannot be what somebody means to be called.
const UNPRINTABLE = /[\p{Cc}\p{Cs}\uFFFD\u2028\u2029]/gu
const UNPRINTABLE_IN_LINES = /(?!\n)[\p{Cc}\p{Cs}\uFFFD\u2028\u2029]/gu

/**
 * A text of several lines without signs that nobody sees, for what is no field of the policy. A tab becomes a space, since it keeps words apart.
 * Look for card numbers afterwards: what is taken out may have stood between their digits.
 */
export function printableLines(text: string): string {
  return linesOf(text).replaceAll('\t', ' ').replace(UNPRINTABLE_IN_LINES, '')
}

/** A browser sends a line's end as two characters. */
function linesOf(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\r', '\n')
}

/** The beginning of a text, never half a character. */
function cut(text: string, length: number): string {
  const kept = text.slice(0, length)
  return /[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept
}

type Judge = (label: string, text: string, countries: readonly Country[]) => string | undefined

const judges: Readonly<Record<FormField['type'], Judge>> = {
  text: () => undefined,
  textarea: () => undefined,
  email: (label, text) => (isEmail(text) ? undefined : en.errors.email(label)),
  tel: (label, text) =>
    /^[+\p{Nd}\s()./-]+$/u.test(text) && /\p{Nd}{2}/u.test(text) ? undefined : en.errors.telephone(label),
  select: (label, text, countries) =>
    countries.some(({ code }) => code === text) ? undefined : en.errors.choose(label),
}

function verdict(
  { type, label, required }: FormField,
  text: string,
  countries: readonly Country[],
): { error?: string } {
  if (text === '' && !required) return {}
  if (text === '') return { error: type === 'select' ? en.errors.choose(label) : en.errors.missing(label) }
  const error = judges[type](label, text, countries)
  return error === undefined ? {} : { error }
}

/** Whether a text can be an address that mail is sent to. Letters of every script are admitted on both sides. Source: RFC 5321 lengths, RFC 6531. */
export function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at)
  const labels = text.slice(at + 1).split('.')
  const localIsWell =
    at > 0 && local.length <= 64 && /^[^\s@"(),:;<>[\]\\]+$/u.test(local) && !/^\.|\.$|\.\./.test(local)
  return (
    localIsWell &&
    labels.length >= 2 &&
    labels.every((label) => /^[\p{L}\p{N}\p{M}](?:[\p{L}\p{N}\p{M}-]{0,61}[\p{L}\p{N}\p{M}])?$/u.test(label))
  )
}

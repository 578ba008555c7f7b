import { cardsInPdf } from '../../../contact/index.ts'
import { after, isDay, noonOf } from '../../../lib/index.ts'
import { clockOf, formFor, type Field, type FormField, type Policy } from '../../../policy/index.ts'
import { fill, type FormBody, type FormFile, oneText } from '../../../web/index.ts'
import type { LettersContext } from '../context.ts'
import { countries } from '../countries.ts'
import { SCAN_MOST, scanType } from './scan.ts'
import type { CameBy } from '../tables.ts'
import type { Arrived } from './takeIn.ts'
import { en } from '../words.ts'

/** A form that was refused, with what was typed. */
export type Refused = {
  /** Which form it is, where two on the page have a field of the same name. */
  readonly form?: 'moved' | 'deceased'
  readonly values: Readonly<Record<string, string | undefined>>
  readonly errors: Readonly<Record<string, string>>
}

/** What staff type off a letter. A scan may stand for the words. */
export function letterForm(policy: Policy): FormField[] {
  return formFor(policy, ['correspondence']).map((field) =>
    field.name === 'message' ? { ...field, required: false } : field,
  )
}

const ADDRESS: readonly Field[] = ['street', 'postcode', 'city', 'country']

/** A new address off a letter. */
export function addressForm(policy: Policy): FormField[] {
  return formFor(policy, ['correspondence'])
    .filter(({ name }) => ADDRESS.includes(name))
    .map((field) => ({ ...field, required: field.name === 'street' || field.name === 'city' }))
}

/** Reads a letter that came in: the fields, how and when it came, and the scan. */
export function readLetter(
  ctx: LettersContext,
  body: FormBody,
  files: readonly FormFile[],
): { ok: true; arrived: Arrived } | ({ ok: false } & Refused) {
  const notice = ctx.web.policyVersion()
  const filled = fill(letterForm(ctx.policy), body, {
    notice,
    also: ['cameBy', 'receivedOn'],
    countries,
    isCopied: true,
  })
  const [cameBy, receivedOn] = [oneText(body, 'cameBy'), oneText(body, 'receivedOn').trim()]
  const said: Readonly<Record<string, string | undefined>> = filled.ok ? filled.value : filled.values
  const more = {
    ...(isWay(cameBy) ? {} : { cameBy: en.errors.cameBy }),
    ...dayError(ctx, receivedOn),
    ...scanError(files, said['message']),
  }
  const values = { ...said, cameBy, receivedOn }
  if (!filled.ok) return { ok: false, values, errors: { ...filled.errors, ...more } }
  if (!isWay(cameBy) || Object.keys(more).length > 0) return { ok: false, values, errors: more }
  return { ok: true, arrived: { cameBy, receivedOn, values: filled.value, notice, ...scanOf(files) } }
}

function scanOf([file]: readonly FormFile[]): Pick<Arrived, 'scan'> {
  const type = file && scanType(file.bytes)
  return file && type ? { scan: { bytes: file.bytes, type } } : {}
}

function isWay(text: string): text is CameBy {
  return text === 'letter' || text === 'mail'
}

function dayError(ctx: LettersContext, day: string): { receivedOn?: string } {
  if (!isDay(day) || day > ctx.dayOf(ctx.now())) return { receivedOn: en.errors.received }
  const isOver = after(noonOf(day), clockOf(ctx.policy, 'correspondence').period) <= ctx.now()
  return isOver ? { receivedOn: en.errors.tooOld } : {}
}

function scanError(files: readonly FormFile[], message = ''): { scan?: string; message?: string } {
  const [file] = files
  if (files.length > 1) return { scan: en.errors.scanMany }
  if (!file) return message === '' ? { message: en.errors.nothing } : {}
  if (file.bytes.length > SCAN_MOST) return { scan: en.errors.scanSize }
  if (!scanType(file.bytes)) return { scan: en.errors.scanType }
  return cardsInPdf(file.bytes) > 0 ? { scan: en.errors.scanCard } : {}
}

import { instant, instantFromSeconds, isDay, noonOf } from '../../../lib/index.ts'

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const TOKENS: Readonly<Record<string, string>> = {
  YYYY: '(?<year>\\d{4})',
  MMM: '(?<word>[a-z]{3})[a-z]*',
  MM: '(?<month>\\d{1,2})',
  DD: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
}
const ISO = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?\s*(Z|UTC|[+-]\d\d:?\d\d)?)?$/i

/**
 * Reads a date or a time in one of some formats: `iso`, `unix` (seconds), or a pattern of YYYY, MM, MMM, DD, HH, mm and ss.
 * Shape: a day without a time is noon in UTC; `offset` is meant where a time tells none. Errors: undefined when none fits.
 */
export function readWhen(text: string, formats: readonly string[], offset: string): Date | undefined {
  for (const format of formats) {
    const found = inFormat(text.trim(), format, offset)
    if (found) return found
  }
  return undefined
}

function inFormat(text: string, format: string, offset: string): Date | undefined {
  if (format === 'unix') return /^\d{8,11}$/.test(text) ? instantFromSeconds(Number(text)) : undefined
  if (format !== 'iso') return inPattern(patternOf(format).exec(text)?.groups, offset)
  const [, day = '', time, zone] = ISO.exec(text) ?? []
  return at(day, time, zoneOf(zone) ?? offset)
}

function inPattern(found: Record<string, string> | undefined, offset: string): Date | undefined {
  if (!found) return undefined
  const { year, month = '', word, day = '', hour, minute = '00', second = '00' } = found
  const number = word === undefined ? month : String(MONTHS.indexOf(word.toLowerCase()) + 1)
  const time = hour === undefined ? undefined : `${hour.padStart(2, '0')}:${minute}:${second}`
  return at(`${year}-${number.padStart(2, '0')}-${day.padStart(2, '0')}`, time, offset)
}

const patterns = new Map<string, RegExp>()

function patternOf(format: string): RegExp {
  const known = patterns.get(format)
  const source = format.replace(/YYYY|MMM|MM|DD|HH|mm|ss|[.]/g, (token) => TOKENS[token] ?? '\\.')
  const pattern = known ?? new RegExp(`^${source}$`, 'i')
  if (!known) patterns.set(format, pattern)
  return pattern
}

function zoneOf(zone: string | undefined): string | undefined {
  if (zone === undefined) return undefined
  return /^(z|utc)$/i.test(zone) ? 'Z' : zone.replace(/^(...):?/, '$1:')
}

function at(day: string, time: string | undefined, offset: string): Date | undefined {
  if (!isDay(day)) return undefined
  if (time === undefined) return noonOf(day)
  return /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(time) ? instant(`${day}T${time}${offset}`) : undefined
}

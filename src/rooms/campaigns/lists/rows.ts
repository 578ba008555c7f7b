import { parse } from 'csv-parse/sync'
import type { Channel } from '../../../contact/index.ts'
import { cutCards, dayIn, hasCut, isDay, noonOf } from '../../../lib/index.ts'
import type { Field } from '../../../policy/index.ts'
import { postalText } from '../../../vault/index.ts'
import type { CampaignContext } from '../context.ts'
import { addressMark } from '../news/readers.ts'
import type { en } from '../staff/words.ts'

/** What is wrong with a line, as a word. */
export type Fault = keyof typeof en.faults

/** A line that can be taken in: what it holds, and its proof. Shape: `words` say to what somebody said yes, and where. */
export type GoodRow = {
  readonly line: number
  readonly values: Readonly<Partial<Record<Field, string>>>
  readonly words: string
  readonly agreedAt: Date
}

/** A list as it was read: what can be taken in, and each line that cannot, by its number and never by what it holds. */
export type ReadList = {
  readonly good: readonly GoodRow[]
  readonly bad: readonly { readonly line: number; readonly fault: Fault }[]
}

const FIELDS: Readonly<Record<Channel, readonly Field[]>> = {
  mail: ['email', 'name'],
  post: ['name', 'street', 'postcode', 'city', 'country'],
  telephone: ['telephone', 'name'],
}
const PROOF = ['agreed_on', 'agreed_to', 'agreed_where'] as const
const NEEDED: Readonly<Record<Channel, readonly Field[]>> = {
  mail: ['email'],
  post: ['name', 'street', 'city', 'country'],
  telephone: ['telephone'],
}

type Cells = Readonly<Record<string, string>>

/** Reads a pasted list. Nothing in it is run: a cell that begins like a formula is text, and nothing of the list goes into a file of ours. */
export function readList(
  ctx: Pick<CampaignContext, 'countries' | 'now' | 'vault'>,
  channel: Channel,
  text: string,
): ReadList {
  const whole = (fault: Fault): ReadList => ({ good: [], bad: [{ line: 1, fault }] })
  if (text.trim() === '') return whole('empty')
  const records = recordsOf(text)
  if (!records) return whole('unreadable')
  const [head, ...rows] = records
  const names = (head?.cells ?? []).map((name) => name.trim().toLowerCase())
  if (![...NEEDED[channel], ...PROOF].every((name) => names.includes(name))) return whole('header')
  if (rows.length === 0) return whole('empty')
  const seen = new Set<string>()
  const judged = rows.map(({ line, cells }) => {
    const named = Object.fromEntries(names.map((name, index) => [name, (cells[index] ?? '').trim()]))
    return { line, ...judge(ctx, { channel, cells: named, seen }) }
  })
  return {
    good: judged.flatMap((row) => ('values' in row ? [row] : [])),
    bad: judged.flatMap((row) => ('fault' in row ? [{ line: row.line, fault: row.fault }] : [])),
  }
}

type Line = { readonly line: number; readonly cells: readonly string[] }

function recordsOf(text: string): Line[] | undefined {
  try {
    const parsed = parse(text, {
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      bom: true,
    }) as unknown as {
      record: string[]
      info: { lines: number }
    }[]
    return parsed.map(({ record, info }) => ({ line: info.lines, cells: record }))
  } catch {
    return undefined
  }
}

type Judged = Omit<GoodRow, 'line'> | { readonly fault: Fault }

function judge(
  ctx: Pick<CampaignContext, 'countries' | 'now' | 'vault'>,
  { channel, cells, seen }: { channel: Channel; cells: Cells; seen: Set<string> },
): Judged {
  const values = Object.fromEntries(FIELDS[channel].flatMap((field) => (cells[field] ? [[field, cells[field]]] : [])))
  const { agreed_on: on = '', agreed_to: to = '', agreed_where: where = '' } = cells
  const fault = faultOf(ctx, channel, values) ?? proofFault(ctx, { on, to, where, values })
  if (fault) return { fault }
  const address = addressMark(ctx, channel, addressOf(channel, values))
  if (seen.has(address)) return { fault: 'twice' }
  seen.add(address)
  return { values, words: `${to} (${where})`, agreedAt: noonOf(on) }
}

/** The address of a line on its channel. */
export function addressOf(channel: Channel, values: Values): string {
  if (channel === 'post') return postalText(values) ?? ''
  return (channel === 'mail' ? values.email : values.telephone) ?? ''
}

const EMAIL = /^[^\s@"(),:;<>[\]\\]+@[\p{L}\p{N}\p{M}-]+(\.[\p{L}\p{N}\p{M}-]+)+\.?$/u
const TELEPHONE = /^[+\p{Nd}\s()./-]{5,40}$/u

function faultOf(
  { countries }: Pick<CampaignContext, 'countries'>,
  channel: Channel,
  values: Readonly<Partial<Record<Field, string>>>,
): Fault | undefined {
  if (Object.values(values).some((value) => value.length > 254 || /\p{Cc}/u.test(value))) return 'long'
  if (Object.values(values).some((value) => hasCut(value) || cutCards(value).cards > 0)) return 'card'
  if (!NEEDED[channel].every((field) => values[field])) return 'address'
  if (channel === 'post') return countries.some(({ code }) => code === values.country) ? undefined : 'country'
  const fits = channel === 'mail' ? EMAIL.test(values.email ?? '') : isTelephone(values.telephone ?? '')
  return fits ? undefined : 'address'
}

function isTelephone(text: string): boolean {
  return TELEPHONE.test(text) && /(\p{Nd}\P{Nd}*){5}/u.test(text)
}

type Values = Readonly<Partial<Record<Field, string>>>
type Proof = { readonly on: string; readonly to: string; readonly where: string; readonly values: Values }

function proofFault({ now }: Pick<CampaignContext, 'now'>, { on, to, where, values }: Proof): Fault | undefined {
  if (!isDay(on) || on > dayIn('UTC', now())) return 'day'
  if (!isPlain(to, 500) || namesReader(to, values)) return 'words'
  return isPlain(where, 200) && !namesReader(where, values) ? undefined : 'where'
}

/** The words of a yes are kept beside it for anybody at the desk, so they may not say who it was. */
function isPlain(text: string, most: number): boolean {
  return text.length >= 3 && text.length <= most && !/@|(\p{Nd}[\p{P}\p{S}\p{Z}]*){5}|\p{Cc}/u.test(text)
}

const TELLING = ['name', 'email', 'street', 'telephone'] as const
/** A part of a name that can be told from a word of the language, such as “van” or “de”. */
const PART = /^(\p{Lu}\p{L}{2,}|\p{L}{4,})$/u

function namesReader(text: string, values: Values): boolean {
  const wholes = TELLING.map((field) => folded(values[field] ?? '')).filter((value) => value.length > 2)
  const parts = (values.name ?? '').split(/[^\p{L}\p{M}]+/u).filter((part) => PART.test(part))
  const said = new Set(text.split(/[^\p{L}\p{M}]+/u).map(folded))
  return wholes.some((value) => folded(text).includes(value)) || parts.some((part) => said.has(folded(part)))
}

function folded(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

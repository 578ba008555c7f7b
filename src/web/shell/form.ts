import type { Context } from 'hono'
import { cutCards } from '../../lib/index.ts'

const CUT = Symbol('the names of fields that a card number was cut out of')

/**
 * The fields of a form as they were sent, but for card numbers, which no route ever sees. Shape: a name that was sent more than
 * once has a list.
 */
export type FormBody = Readonly<Record<string, string | readonly string[]>> & { readonly [CUT]?: ReadonlySet<string> }

/** What reading a request's body came to. */
export type FormRead =
  | { readonly ok: true; readonly form: FormBody; readonly files?: readonly FormFile[] }
  | { readonly ok: false; readonly status: 400 | 415 }

/** A file that came with a form. Shape: neither its name nor the type that the sender says is kept; bytes tell what it is. */
export type FormFile = { readonly field: string; readonly bytes: Uint8Array }

const MOST_FIELDS = 200
const EMPTY: FormBody = Object.freeze(Object.create(null) as FormBody)

/** The form that came with a request; the shell has read it before any route is asked. */
export function formOf(c: Context): FormBody {
  return (c.get('form') as FormBody | undefined) ?? EMPTY
}

/** What was sent under one name, if it is one text. */
export function oneText(form: FormBody, name: string): string {
  const sent = form[name]
  return typeof sent === 'string' ? sent : ''
}

/** Whether a card number was cut out of what was sent under a name. */
export function hadCard(form: FormBody, name: string): boolean {
  return form[CUT]?.has(name) === true
}

/** The files that came with a request to a path that takes some. An empty choice is no file. */
export function filesOf(c: Context): readonly FormFile[] {
  return (c.get('files') as readonly FormFile[] | undefined) ?? []
}

/** Reads a form of plain text fields, and of files where these are taken. It never throws for anything that can be sent. */
export async function readForm(c: Context, takesFiles = false): Promise<FormRead> {
  const type = (c.req.header('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase()
  if (type === 'application/x-www-form-urlencoded') return gather([...new URLSearchParams(await c.req.text())])
  if (type === 'multipart/form-data') return readParts(c, takesFiles)
  return (await c.req.text()) === '' ? { ok: true, form: EMPTY } : { ok: false, status: 415 }
}

async function readParts(c: Context, takesFiles: boolean): Promise<FormRead> {
  const form = await c.req.raw.formData().catch(() => undefined)
  if (!form) return { ok: false, status: 400 }
  const pairs = [...form.entries()]
  const texts = pairs.filter((pair): pair is [string, string] => typeof pair[1] === 'string')
  if (!takesFiles && texts.length < pairs.length) return { ok: false, status: 415 }
  const gathered = gather(texts)
  return gathered.ok && takesFiles ? { ...gathered, files: await filesIn(pairs) } : gathered
}

async function filesIn(pairs: readonly (readonly [string, string | File])[]): Promise<FormFile[]> {
  const files: FormFile[] = []
  for (const [field, value] of pairs)
    if (typeof value !== 'string' && value.size > 0)
      files.push({ field, bytes: new Uint8Array(await value.arrayBuffer()) })
  return files
}

function gather(pairs: readonly (readonly [string, string])[]): FormRead {
  if (pairs.length > MOST_FIELDS) return { ok: false, status: 400 }
  const form = Object.create(null) as Record<string, string | string[]>
  const cut = new Set<string>()
  for (const [sentName, sent] of pairs) {
    const [name, value] = [withoutCards(sentName), withoutCards(sent)]
    if (value !== sent) cut.add(name)
    const before = form[name]
    form[name] = before === undefined ? value : [before, value].flat()
  }
  return { ok: true, form: Object.assign(form, { [CUT]: cut }) }
}

/** No field of a form may be longer, and no time is spent on what its route refuses anyway. */
const LONGEST_TEXT = 64_000
// oxlint-disable-next-line no-control-regex -- signs that nobody sees may part the digits of a number
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffd]/g

/** Source: promises card-deleted and card-for-payment-only: before the first write, whatever the route. */
function withoutCards(sent: string): string {
  if (sent.length > LONGEST_TEXT) return sent
  const plain = cutCards(sent)
  if (plain.cards > 0) return plain.text
  const seen = sent.replace(UNSEEN, '')
  const cut = seen === sent ? plain : cutCards(seen)
  return cut.cards > 0 ? cut.text : sent
}

import type { Context } from 'hono'

/** The fields of a form as they were sent. Shape: a name that was sent more than once has a list. */
export type FormBody = Readonly<Record<string, string | readonly string[]>>

/** What reading a request's body came to. */
export type FormRead =
  { readonly ok: true; readonly form: FormBody } | { readonly ok: false; readonly status: 400 | 415 }

const MOST_FIELDS = 200
const EMPTY: FormBody = Object.freeze(Object.create(null) as FormBody)

/** The form that came with a request; the shell has read it before any route is asked. */
export function formOf(c: Context): FormBody {
  return (c.get('form') as FormBody | undefined) ?? EMPTY
}

/** Reads a form of plain text fields. It never throws for anything that can be sent. */
export async function readForm(c: Context): Promise<FormRead> {
  const type = (c.req.header('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase()
  if (type === 'application/x-www-form-urlencoded') return gather([...new URLSearchParams(await c.req.text())])
  if (type === 'multipart/form-data') return readParts(c)
  return (await c.req.text()) === '' ? { ok: true, form: EMPTY } : { ok: false, status: 415 }
}

async function readParts(c: Context): Promise<FormRead> {
  const form = await c.req.raw.formData().catch(() => undefined)
  if (!form) return { ok: false, status: 400 }
  const pairs = [...form.entries()]
  const texts = pairs.filter((pair): pair is [string, string] => typeof pair[1] === 'string')
  return texts.length === pairs.length ? gather(texts) : { ok: false, status: 415 }
}

function gather(pairs: readonly (readonly [string, string])[]): FormRead {
  if (pairs.length > MOST_FIELDS) return { ok: false, status: 400 }
  const form = Object.create(null) as Record<string, string | string[]>
  for (const [name, value] of pairs) {
    const before = form[name]
    form[name] = before === undefined ? value : [before, value].flat()
  }
  return { ok: true, form }
}

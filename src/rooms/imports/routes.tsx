import { createHash } from 'node:crypto'
import { Hono, type Context } from 'hono'
import { sameSecret } from '../../lib/index.ts'
import { filesOf, formOf, oneText, type AtDesk, type FormBody, type FormFile, type RailItem } from '../../web/index.ts'
import type { ImportsDeskContext } from './context.ts'
import type { Mapping } from './mappings/mapping.ts'
import { newestRuns } from './queries.ts'
import { readTable, type RawTable } from './read/table.ts'
import { chooseMapping, markOf, takeInTable } from './run.ts'
import { en, fileText, mappingText, planText } from './words.ts'
import { IMPORT_PATH, ImportsPage, type Shown } from './pages/imports.tsx'

/** More than this is for the command line, which shows how far it is. */
const MOST_ROWS = 2000

/** The rail's entry. */
export function importsRail(): RailItem {
  return { href: IMPORT_PATH, label: en.rail }
}

/** The page of imports: a form, a try without writing, the taking in, and past runs. Only the owner gets to the form. */
export function importsRoutes(ctx: ImportsDeskContext): Hono {
  return new Hono()
    .get(IMPORT_PATH, (c) => ctx.desk.at(c, (at) => show(ctx, c, { at })))
    .post(IMPORT_PATH, (c) => ctx.desk.at(c, (at) => send(ctx, c, at)))
}

async function show(ctx: ImportsDeskContext, c: Context, shown: Shown): Promise<Response> {
  const past = await newestRuns(ctx.db.query, 30)
  const isRefused = shown.at.staff.role !== 'owner' && c.req.method === 'POST'
  return c.html(<ImportsPage ctx={ctx} past={past} {...shown} />, isRefused ? 403 : shown.errors ? 422 : 200)
}

async function send(ctx: ImportsDeskContext, c: Context, at: AtDesk): Promise<Response> {
  if (at.staff.role !== 'owner') return show(ctx, c, { at })
  const form = formOf(c)
  const values = { mapping: oneText(form, 'mapping'), own: oneText(form, 'own') }
  const read = readSent(ctx, form, filesOf(c))
  if (!read.ok) return show(ctx, c, { at, values, errors: read.errors })
  const { mapping, table, seen, fileHash } = read
  const dry = oneText(form, 'do') !== 'take'
  // What is taken in is what was tried: the try shows which columns are dropped and which lines are refused.
  if (!dry && !sameSecret(oneText(form, 'seen'), seen))
    return show(ctx, c, { at, values, errors: { file: en.notTried } })
  const report = await takeInTable(ctx, { mapping, fileHash, by: at.staff.label, dry }, table)
  if ('ok' in report) return show(ctx, c, { at, values, errors: { file: planText(report) } })
  return show(ctx, c, { at, values, report, readAs: mappingText(mapping), ...(dry && { seen }) })
}

type Sent =
  | { ok: true; mapping: Mapping; table: RawTable; fileHash: string; seen: string }
  | { ok: false; errors: Readonly<Record<string, string>> }

function readSent(ctx: ImportsDeskContext, form: FormBody, files: readonly FormFile[]): Sent {
  const named = oneText(form, 'mapping')
  const chosen = chooseMapping(named === 'own' ? oneText(form, 'own') : named)
  if (!chosen.ok)
    return { ok: false, errors: named === 'own' ? { own: chosen.faults.join('. ') } : { mapping: en.chooseMapping } }
  const [file] = files
  if (!file || files.length > 1) return { ok: false, errors: { file: en.chooseFile } }
  const read = readTable(file.bytes)
  if (!read.ok) return { ok: false, errors: { file: fileText(read) } }
  if (read.table.rows.length > MOST_ROWS) return { ok: false, errors: { file: en.tooMany(MOST_ROWS) } }
  const fileHash = createHash('sha256').update(file.bytes).digest('hex')
  const { mapping } = chosen
  return { ok: true, mapping, table: read.table, fileHash, seen: markOf(ctx, fileHash, mapping).toString('base64url') }
}

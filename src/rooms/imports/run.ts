import { z } from 'zod'
import { isId, keyedHash, newId } from '../../lib/index.ts'
import type { ImportsContext, RunId } from './context.ts'
import { readMapping, type Mapping } from './mappings/mapping.ts'
import { shipped } from './mappings/shipped.ts'
import { addRun, noteProgress, type Counts } from './queries.ts'
import type { ColumnReport, NoPlan } from './read/plan.ts'
import type { RefusedRow } from './read/row.ts'
import { grouped, referenceIn } from './read/sales.ts'
import type { RawRow, RawTable } from './read/table.ts'
import { lookAtColumns, takeInRows } from './takeIn.ts'

/** What a whole report came to. Shape: no run when nothing was written. */
export type WholeReport = {
  readonly counts: Counts
  readonly refused: readonly RefusedRow[]
  readonly columns: ColumnReport
}

/** A mapping that somebody named or wrote, or what is wrong with it. */
export type Chosen = { ok: true; mapping: Mapping } | { ok: false; faults: string[] }

/** A shipped mapping by its name, or one of the vendor's own as JSON. */
export function chooseMapping(text: string): Chosen {
  const known = shipped.find(({ id }) => id === text)
  return known ? { ok: true, mapping: known } : readMapping(text, shipped)
}

/** The mark under which a file is known again. It says nothing of what stands in it. */
export function markOf(ctx: Pick<ImportsContext, 'key'>, fileHash: string, mapping: Mapping): Buffer {
  return keyedHash(ctx.key, 'file', fileHash, JSON.stringify(mapping))
}

/** Writes that a run begins. */
export async function beginRun(
  ctx: ImportsContext,
  run: { mapping: Mapping; fileHash: string; lines: number; by: string },
): Promise<RunId> {
  const { mapping, fileHash, lines, by } = run
  const id = newId<'import'>(ctx.now())
  await addRun(ctx.db.query, {
    id,
    mark: markOf(ctx, fileHash, mapping),
    mapping: mapping.id,
    lines,
    at: ctx.now(),
    by,
  })
  return id
}

// So many rows are read and held at once.
const AT_ONCE = 200

/** The rows of a file in pieces that break no order apart. */
export function piecesOf(mapping: Mapping, { head, rows }: RawTable): RawRow[][] {
  const named = Object.entries(mapping.columns).filter(([, meaning]) => meaning === 'orderRef')
  const places = new Map([['orderRef' as const, named.map(([name]) => head.indexOf(name)).filter((at) => at >= 0)]])
  const pieces: RawRow[][] = [[]]
  for (const order of grouped(rows, (row) => referenceIn({ places }, row))) {
    const last = pieces.at(-1)
    if (last && last.length + order.length <= AT_ONCE) last.push(...order)
    else pieces.push(order)
  }
  return pieces.filter((piece) => piece.length > 0)
}

/** Takes in a whole report, or tries it. */
export async function takeInTable(
  ctx: ImportsContext,
  of: { mapping: Mapping; fileHash: string; by: string; dry: boolean },
  table: RawTable,
): Promise<WholeReport | NoPlan> {
  const looked = lookAtColumns(ctx, of.mapping, table.head)
  if (!looked.ok) return looked
  const run = of.dry ? undefined : await beginRun(ctx, { ...of, lines: table.rows.length })
  const counts = { done: 0, taken: 0, known: 0, unpaid: 0, refused: 0 }
  const refused: RefusedRow[] = []
  for (const rows of piecesOf(of.mapping, table)) {
    const report = await takeInRows(ctx, of, { head: table.head, rows })
    if ('ok' in report) return report
    for (const name of Object.keys(counts) as (keyof Counts)[]) counts[name] += report.counts[name]
    refused.push(...report.refused)
    if (run) await noteProgress(ctx.db.query, run, report.counts)
  }
  if (run) await endRun(ctx, run)
  return { counts, refused: refused.toSorted((a, b) => a.line - b.line), columns: looked.columns }
}

async function endRun(ctx: ImportsContext, run: RunId): Promise<void> {
  await noteProgress(ctx.db.query, run, { done: 0, taken: 0, known: 0, unpaid: 0, refused: 0, endedAt: ctx.now() })
}

const asked = z.object({
  mapping: z.string(),
  dry: z.boolean(),
  fileHash: z.string().regex(/^[0-9a-f]{64}$/),
  lines: z.int().positive(),
  head: z.array(z.string()).min(1),
  run: z.string().optional(),
  rows: z.array(z.object({ line: z.int().positive(), cells: z.array(z.string()) })).optional(),
  isLast: z.boolean().optional(),
})

/** One question of the command line: without rows it begins, and each of the others brings a piece. */
export type AskedImport = z.infer<typeof asked>

/** What the command line is told. */
export type ImportAnswer =
  | { readonly say: 'begun'; readonly run: string; readonly columns: ColumnReport; readonly mapping: string }
  | { readonly say: 'done'; readonly counts: Counts; readonly refused: readonly RefusedRow[] }
  | { readonly say: 'no'; readonly faults?: readonly string[]; readonly plan?: NoPlan }

/** Answers the command line, piece by piece. */
export async function answerImport(ctx: ImportsContext, question: unknown): Promise<ImportAnswer> {
  const read = asked.safeParse(question)
  if (!read.success) return { say: 'no', faults: ['not understood'] }
  const chosen = chooseMapping(read.data.mapping)
  if (!chosen.ok) return { say: 'no', faults: chosen.faults }
  return read.data.rows ? answerPiece(ctx, chosen.mapping, read.data) : answerBegin(ctx, chosen.mapping, read.data)
}

async function answerBegin(ctx: ImportsContext, mapping: Mapping, begun: AskedImport): Promise<ImportAnswer> {
  const looked = lookAtColumns(ctx, mapping, begun.head)
  if (!looked.ok) return { say: 'no', plan: looked }
  const run = begun.dry ? '' : await beginRun(ctx, { ...begun, mapping, by: 'command line' })
  return { say: 'begun', run, columns: looked.columns, mapping: mapping.id }
}

async function answerPiece(ctx: ImportsContext, mapping: Mapping, piece: AskedImport): Promise<ImportAnswer> {
  const { head, rows = [], dry, run, isLast } = piece
  const report = await takeInRows(ctx, { mapping, dry }, { head, rows })
  if ('ok' in report) return { say: 'no', plan: report }
  if (!dry && isId<'import'>(run)) {
    await noteProgress(ctx.db.query, run, report.counts)
    if (isLast) await endRun(ctx, run)
  }
  return { say: 'done', ...report }
}

import { Hono, type Context } from 'hono'
import { isId } from '../../lib/index.ts'
import { asDownload, filesOf, formOf, refuse, type AtDesk, type RailItem, oneText } from '../../web/index.ts'
import { actRoutes } from './acts/routes.tsx'
import type { LetterId, LettersContext } from './context.ts'
import { readLetter } from './arrive/form.ts'
import { openLetter, openScan } from './look.ts'
import { LetterPage, type Shown } from './pages/letter.tsx'
import { TrayPage } from './pages/tray.tsx'
import { letterById, letterByTail, lettersThat, waitingCount, type LetterRow } from './queries.ts'
import { takeIn } from './arrive/takeIn.ts'
import { en } from './words.ts'

/** Where letters lie, and the one path that takes a scan. */
export const SCAN_PATH = '/desk/letters'

/** The rail's entry of this room. */
export async function lettersRail(ctx: LettersContext): Promise<RailItem> {
  return { href: SCAN_PATH, label: en.railLabel, count: await waitingCount(ctx.db.query) }
}

/** The tray of letters, and one letter. */
export function lettersRoutes(ctx: LettersContext): Hono {
  return new Hono()
    .get(SCAN_PATH, (c) => ctx.desk.at(c, (at) => showTray(ctx, c, { at })))
    .post(SCAN_PATH, (c) => ctx.desk.at(c, (at) => takeLetter(ctx, c, at)))
    .post(`${SCAN_PATH}/find`, (c) => ctx.desk.at(c, (at) => find(ctx, c, at)))
    .get(`${SCAN_PATH}/:id`, (c) =>
      ctx.desk.at(c, (at) => withLetter(ctx, c, (row) => showLetter(ctx, c, { at, row }))),
    )
    .get(`${SCAN_PATH}/:id/scan`, (c) =>
      ctx.desk.at(c, (at) => withLetter(ctx, c, (row) => giveScan(ctx, c, { at, row }))),
    )
    .route('/', actRoutes(ctx, { withLetter, showLetter }))
}

type Tray = Omit<Parameters<typeof TrayPage>[0], 'ctx' | 'waiting' | 'done'>

async function showTray(ctx: LettersContext, c: Context, tray: Tray): Promise<Response> {
  const waiting = await lettersThat(ctx.db.query, 'waiting')
  const done = await lettersThat(ctx.db.query, 'done')
  const wrong = tray.refused ? 422 : 200
  return c.html(<TrayPage ctx={ctx} waiting={waiting} done={done} {...tray} />, tray.missing ? 404 : wrong)
}

async function takeLetter(ctx: LettersContext, c: Context, at: AtDesk): Promise<Response> {
  const read = readLetter(ctx, formOf(c), filesOf(c))
  if (!read.ok) return showTray(ctx, c, { at, refused: read })
  return c.redirect(`${SCAN_PATH}/${await takeIn(ctx, read.arrived)}`, 303)
}

/** A search is a form, so that what was typed stands in no address. */
async function find(ctx: LettersContext, c: Context, at: AtDesk): Promise<Response> {
  const tail = oneText(formOf(c), 'reference').trim().replace(/^L-/i, '').toLowerCase()
  const row = /^[0-9a-f]{8}$/.test(tail) ? await letterByTail(ctx.db.query, tail) : undefined
  return row ? c.redirect(`${SCAN_PATH}/${row.id}`, 303) : showTray(ctx, c, { at, missing: true })
}

async function withLetter(
  ctx: LettersContext,
  c: Context,
  use: (row: LetterRow) => Promise<Response>,
): Promise<Response> {
  const id = c.req.param('id')
  const row = isId<'letter'>(id) ? await letterById(ctx.db.query, id as LetterId) : undefined
  return row ? use(row) : refuse(c, ctx.web, 404)
}

async function showLetter(ctx: LettersContext, c: Context, { row, ...shown }: Shown): Promise<Response> {
  const letter = await openLetter(ctx, row, shown.at.staff)
  if (!letter) return refuse(c, ctx.web, 404)
  const status = shown.refused ? 422 : shown.saying ? 409 : 200
  return c.html(<LetterPage ctx={ctx} letter={letter} {...shown} />, status)
}

/** A scan leaves as a file to keep, never as a page of ours. It is named as what its first bytes are, whoever made it. */
async function giveScan(ctx: LettersContext, c: Context, { at, row }: Shown): Promise<Response> {
  const scan = await openScan(ctx, row, at.staff)
  if (!scan) return refuse(c, ctx.web, 404)
  const ending = scan.type.replace(/^.*\//, '')
  return asDownload(c, { name: `${en.reference(row.id)}.${ending}`, ...scan })
}

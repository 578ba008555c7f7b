import { sql } from '../../db/index.ts'
import { Broken, errorCode, newId, word } from '../../lib/index.ts'
import { retentionClasses, type RetentionClass } from '../../policy/index.ts'
import type { Actor, ErasureId, PersonTable, VaultContext } from '../context.ts'
import type { Erasure, KeyStore, PersonId } from '../keys/store.ts'

/** What an erasure left. Shape: `kept` names the classes that the law keeps. */
export type Erased = { readonly id: ErasureId; readonly kept: readonly RetentionClass[] }

/** Erasures that run now. Whoever asks for the same person meanwhile waits for the same end. */
type Running = { readonly whole: boolean; readonly end: Promise<Erased> }
const running = new WeakMap<KeyStore, Map<PersonId, Running>>()

/** Who is erased, by whom. Shape: `classes` when only some clocks ran out; without it all goes but what the law keeps. */
export type ToErase = {
  readonly person: PersonId
  readonly actor: Actor
  readonly classes?: readonly RetentionClass[]
  readonly because?: 'asked' | 'clock'
}

/**
 * Erases a person, once however many ask at the same time: a durable line in the ledger, then the keys (from here on nobody
 * can read it), then the rows, then a search of every table with a path to the person. A tax box stays, under a key of its own.
 * Errors: throws `erasure-left-rows` when the search finds something; the line stays open and the next start goes on.
 */
export function erase(ctx: VaultContext, asked: ToErase): Promise<Erased> {
  const now = running.get(ctx.keys) ?? new Map<PersonId, Running>()
  running.set(ctx.keys, now)
  const known = now.get(asked.person)
  const whole = asked.classes === undefined
  // A clock that runs out must not be taken for the whole erasure that somebody asks for meanwhile.
  if (known && (known.whole || !whole)) return known.end
  const begin = (): Promise<Erased> => eraseOnce(ctx, asked)
  const end: Promise<Erased> = (known ? known.end.then(begin) : begin()).finally(() => {
    if (now.get(asked.person)?.end === end) now.delete(asked.person)
  })
  now.set(asked.person, { whole, end })
  return end
}

async function eraseOnce(ctx: VaultContext, asked: ToErase): Promise<Erased> {
  const { person, actor } = asked
  const held = await classesOf(ctx, person)
  const kept = held.filter((retention) => (asked.classes ? !asked.classes.includes(retention) : retention === 'tax'))
  const classes = asked.classes ?? retentionClasses.filter((retention) => !kept.includes(retention))
  const because = asked.because ?? 'asked'
  const erasure: Erasure = {
    id: newId<'erasure'>(ctx.now()),
    person,
    classes,
    role: actor.role,
    actor: actor.id,
    because,
  }
  await ctx.keys.beginErasure(erasure)
  ctx.step?.('ledger')
  await finish(ctx, erasure)
  return { id: erasure.id as ErasureId, kept }
}

/** Finishes every erasure that a crash, a restore or a broken database left open; one that fails again stays open. Answers how many ended. */
export async function finishErasures(ctx: VaultContext): Promise<number> {
  let finished = 0
  for (const erasure of ctx.keys.openErasures()) {
    if (running.get(ctx.keys)?.has(erasure.person)) continue
    await finish(ctx, erasure).then(
      () => (finished += 1),
      (error: unknown) => ctx.log('erasure.open', { because: word(errorCode(error)) }),
    )
  }
  return finished
}

async function finish(ctx: VaultContext, erasure: Erasure): Promise<void> {
  // What is found by an address goes with the last class that knows it; tax never does.
  const left = (await classesOf(ctx, erasure.person)).filter((retention) => !erasure.classes.includes(retention))
  const whole = left.every((retention) => retention === 'tax')
  await ctx.keys.destroy(erasure.person, erasure.classes, whole)
  ctx.step?.('keys')
  await again(() => eraseRows(ctx, erasure, whole))
  ctx.step?.('rows')
  await search(ctx, erasure, whole)
  ctx.step?.('checked')
  await ctx.keys.endErasure(erasure.id)
}

/** Two transactions that wait for one another are both right; the database ends one of them, which is simply done again. */
const WAITED_IN_A_CIRCLE = new Set(['40P01', '40001'])

async function again(work: () => Promise<void>, tries = 5): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (tries <= 1 || !WAITED_IN_A_CIRCLE.has(errorCode(error))) throw error
    await again(work, tries - 1)
  }
}

async function eraseRows(ctx: VaultContext, erasure: Erasure, whole: boolean): Promise<void> {
  const { person, classes } = erasure
  await ctx.db.tx(async (tx) => {
    await sql`select vault.erase(${person}, ${erasure.id}, ${[...classes]}::text[], ${erasure.role}, ${erasure.actor}, ${`request:${erasure.id}`})`.execute(
      tx,
    )
    if (!whole) return
    for (const table of goingTables(ctx, classes))
      await sql`delete from ${sql.table(table.table)} where ${path(table, person)}`.execute(tx)
    if (erasure.because !== 'clock') await ctx.alsoErase?.(tx, person)
  })
}

/** `whileTax` tables go only with the tax class. */
function goingTables(ctx: VaultContext, classes: readonly RetentionClass[]): PersonTable[] {
  return ctx.personTables.filter(
    (table) => table.onErase === 'delete' || (table.onErase === 'whileTax' && classes.includes('tax')),
  )
}

function path(table: PersonTable, person: PersonId): ReturnType<typeof sql> {
  return table.list ? sql`${person}::uuid = any (${sql.ref(table.column)})` : sql`${sql.ref(table.column)} = ${person}`
}

async function search(ctx: VaultContext, { person, classes }: Erasure, whole: boolean): Promise<void> {
  for (const table of whole ? goingTables(ctx, classes) : []) {
    const { rows } = await sql`select 1 from ${sql.table(table.table)} where ${path(table, person)} limit 1`.execute(
      ctx.db.query,
    )
    if (rows.length > 0) throw new Broken('erasure-left-rows')
  }
  const left = await classesOf(ctx, person)
  if (left.some((retention) => classes.includes(retention))) throw new Broken('erasure-left-boxes')
}

async function classesOf(ctx: VaultContext, person: PersonId): Promise<RetentionClass[]> {
  const { rows } = await sql<{ classes: RetentionClass[] }>`select vault.classes(${person}) as classes`.execute(
    ctx.db.query,
  )
  return rows[0]?.classes ?? []
}

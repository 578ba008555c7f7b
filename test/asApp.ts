import { sql } from '../src/db/index.ts'
import type { PersonId } from '../src/vault/index.ts'
import type { Shop } from './openShop.ts'

type Row = Readonly<Record<string, unknown>>

/** Runs one statement with the rights of the program's own login, as somebody who injects SQL would. */
export async function asApp(shop: Pick<Shop, 'at'>, text: string): Promise<readonly Row[]> {
  return (await sql.raw<Row>(text).execute(shop.at.engine.for<never>().query)).rows
}

/** An order of the shop: what it is called, whose it is. */
export type ShopOrder = { readonly id: string; readonly number: string; readonly person: PersonId }

/** All orders, the oldest first. */
export async function ordersIn(shop: Pick<Shop, 'rows'>): Promise<ShopOrder[]> {
  const rows = await shop.rows(
    'select v.order_id as id, v.number, p.person_id as person from order_view v join order_person p using (order_id) order by v.order_id',
  )
  return rows as unknown as ShopOrder[]
}

/** How many rows each table has, so that a test can say that nothing was stored. Sums of visits come a moment after any request, so they are left out. */
export async function rowCounts(shop: Pick<Shop, 'at'>): Promise<ReadonlyMap<string, string>> {
  const counts = await ofEveryTable(shop, (table) => `select count(*)::text as said from ${table}`)
  return new Map([...counts].filter(([table]) => !table.startsWith('public.visit_')))
}

/** Every row of every table as text, each value as the database would print it. */
export function everyRow(shop: Pick<Shop, 'at'>): Promise<ReadonlyMap<string, string>> {
  return ofEveryTable(shop, (table) => `select t::text as said from ${table} t`)
}

function ofEveryTable({ at }: Pick<Shop, 'at'>, question: (table: string) => string): Promise<Map<string, string>> {
  return at.engine.asOwner(async (ask) => {
    const tables = await ask(
      `select schemaname || '.' || tablename as name from pg_tables where schemaname in ('public', 'vault') order by 1`,
    )
    const said = new Map<string, string>()
    for (const { name } of tables)
      said.set(String(name), (await ask(question(String(name)))).map((row) => String(row['said'])).join('\n'))
    return said
  })
}

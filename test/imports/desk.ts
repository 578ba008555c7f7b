import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answerControl } from '../../src/cli/answers.ts'
import { importFile, type ImportedFile } from '../../src/cli/imports.ts'
import { listenControl } from '../../src/db/index.ts'
import { openShop, type Shop } from '../openShop.ts'

type Row = Readonly<Record<string, unknown>>

/** A mapping for a processor that is closed for good and that the program has no adapter for. */
export const closed = {
  id: 'cartwheel',
  name: 'Cartwheel',
  processor: 'cartwheel',
  columns: {
    no: 'orderRef',
    what: 'product',
    sum: 'amount',
    when: 'paidAt',
    back: 'refundedAmount',
    mail: 'email',
    who: 'name',
    land: 'country',
    tel: 'telephone',
    ip: 'ipAddress',
    memo: 'note',
    key: 'licenceKey',
  },
  everyRowIsPaid: true,
  products: { T: 'tally-download', L: 'letterpress-box' },
  dates: ['iso'],
  currency: 'EUR',
}
/** The first line of its reports. */
export const HEAD = 'no,what,sum,when,back,mail,who,land,tel,ip,memo,key,mood'

/** An open shop with the command line beside it. */
export type Importing = {
  readonly shop: Shop
  /** Takes a file in as the command line does, over the program's own socket. */
  readonly take: (file: string, as: string, dry?: boolean) => Promise<ImportedFile>
  /** The same for rows of the closed processor. */
  readonly takeRows: (rows: readonly string[]) => Promise<ImportedFile>
  readonly count: (table: string, where?: string) => Promise<number>
  /** How much there is of everything that an import may write or set off. */
  readonly amounts: () => Promise<Readonly<Record<string, number>>>
  /** The order that a processor's number paid, with whose it is. Errors: throws when there are two. */
  readonly orderOf: (ref: string) => Promise<Row | undefined>
  /** What the licence check says of a key. */
  readonly check: (key: string) => Promise<string>
  /** Every row of every table as text, and what was printed. */
  readonly texts: () => Promise<Readonly<Record<string, string>>>
  readonly signedIn: (role: 'owner' | 'desk') => Promise<(path: string, form?: FormData) => Promise<Response>>
  readonly dir: string
  readonly close: () => Promise<void>
}

/** Opens it. */
export async function openImporting(): Promise<Importing> {
  const shop = await openShop()
  const dir = mkdtempSync(join(tmpdir(), 'avow-import-'))
  const stopListening = await listenControl(dir, (request) => answerControl(shop.desk(), request))
  const take: Importing['take'] = (file, as, dry = false) => importFile(dir, { file, as, dry }, () => undefined)
  return {
    shop,
    dir,
    take,
    takeRows: async (rows) => {
      const [file, as] = [join(dir, 'report.csv'), join(dir, 'mapping.json')]
      writeFileSync(file, [HEAD, ...rows].join('\n'))
      writeFileSync(as, JSON.stringify(closed))
      return take(file, as)
    },
    ...looking(shop),
    signedIn: (role) => signIn(shop, role),
    close: async () => {
      await stopListening()
      rmSync(dir, { recursive: true })
      await shop.close()
    },
  }
}

const COUNTED = [
  'order_number',
  'order_person',
  'order_line',
  'order_fact',
  'licence',
  'licence_unit',
  'licence_owner',
  'serial',
  'vault.person',
  'vault.box',
  'vault.basis',
  'job',
  'task',
  'contact_ledger',
  'news_consent',
  'disclosure',
  'link',
]

function looking(shop: Shop): Pick<Importing, 'count' | 'amounts' | 'orderOf' | 'check' | 'texts'> {
  const count: Importing['count'] = async (table, where = 'true') =>
    Number((await shop.rows(`select count(*) as n from ${table} where ${where}`))[0]?.['n'])
  return {
    count,
    amounts: async () =>
      Object.fromEntries(await Promise.all(COUNTED.map(async (table) => [table, await count(table)] as const))),
    orderOf: async (ref) => {
      const found = await shop.rows(
        `select v.*, p.person_id from order_fact f join order_view v using (order_id) left join order_person p using (order_id)
          where f.kind = 'pay.captured' and f.ref = $1`,
        [ref],
      )
      if (found.length > 1) throw new Error(`${ref} paid two orders`)
      return found[0]
    },
    check: async (key) => {
      const asked = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ key }) }
      return ((await (await shop.ask('/api/v1/licences/check', asked)).json()) as { code: string }).code
    },
    texts: async () => {
      const tables = await shop.rows(`select table_schema || '.' || table_name as name from information_schema.tables
        where table_schema in ('public', 'vault') and table_type = 'BASE TABLE'`)
      const texts: Record<string, string> = { printed: shop.lines.join('\n') }
      for (const name of tables.map((row) => String(row['name'])))
        texts[name] = JSON.stringify(await shop.rows(`select x::text as x from ${name} as x`))
      return texts
    },
  }
}

async function signIn(
  shop: Shop,
  role: 'owner' | 'desk',
): Promise<(path: string, form?: FormData) => Promise<Response>> {
  const link = (await shop.desk().staffLink({ label: `${role}-imports`, role })) ?? ''
  const entered = await shop.ask(link, { method: 'POST', headers: { origin: shop.baseUrl } })
  const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  return (path, form) =>
    shop.ask(path, { headers: { cookie, origin: shop.baseUrl }, ...(form && { method: 'POST', body: form }) })
}

/** The form of the desk's page with a report of the closed processor. */
export function deskForm(rows: readonly string[], more: Readonly<Record<string, string>>): FormData {
  const form = new FormData()
  const all = { mapping: 'own', own: JSON.stringify(closed), do: 'try', ...more }
  for (const [name, value] of Object.entries(all)) form.append(name, value)
  form.append('file', new File([[HEAD, ...rows].join('\n')], 'report.csv', { type: 'text/csv' }))
  return form
}

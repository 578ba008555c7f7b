import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stateOf, type OrderId, type OrderTables } from '../../src/core/orders/index.ts'
import { openEngine, type Database, type Source } from '../../src/db/index.ts'
import { cloneSource } from '../engine.ts'
import { foldersOf } from '../postgres.ts'
import { freePorts, freshFolders, startProgram, type Program } from '../program.ts'
import { startOwnSimulator, type OwnSimulator } from '../simulator.ts'

type Row = Readonly<Record<string, unknown>>

/** The dead program's data, looked at by the owner of the database. */
export type Remains = {
  readonly rows: (text: string, values?: readonly unknown[]) => Promise<readonly Row[]>
  readonly db: Database<OrderTables>
}

/** One erasure as the ledger beside the keys has it. */
export type Entry = { readonly id: string; readonly person: string; readonly ended: boolean }

/** A program that is killed again and again, and a processor that is not. */
export type Stage = {
  readonly program: () => Program
  readonly sim: OwnSimulator
  readonly kill: () => Promise<void>
  /** Looks at what is left while no program runs. */
  readonly remains: <R>(look: (remains: Remains) => Promise<R>) => Promise<R>
  readonly start: () => Promise<void>
  readonly ledger: () => Entry[]
  /** The shop's own secret for carts and order ids. */
  readonly cartKey: () => Uint8Array
  /** How many slots of the key store still name a person. Shape: keys by class, and look-up entries. */
  readonly slotsOf: (person: string) => { keys: number[]; lookUps: number }
  /** The folders with everything that the program wrote, for a search. */
  readonly folders: readonly string[]
  /** The same with the tables of its database, and PostgreSQL's log, into which nothing else writes meanwhile. */
  readonly onDisk: () => Promise<string[]>
  readonly close: () => Promise<void>
}

/** Builds the stage on one engine and starts the program for the first time. Shape: `env` adds to the program's own environment, and may name what the processor has. */
export async function openStage(
  kind: Source['kind'],
  dist: string,
  env: Readonly<Record<string, string>> | ((sim: OwnSimulator) => Readonly<Record<string, string>>) = {},
): Promise<Stage> {
  const folders = freshFolders()
  mkdirSync(folders.data, { recursive: true })
  const source = await cloneSource(kind, folders.data)
  const ports = await freePorts()
  const sim = await startOwnSimulator(dist, ports)
  const place = {
    dist,
    ...folders,
    source,
    ports,
    env: { ...sim.env, ...(typeof env === 'function' ? env(sim) : env) },
  }
  let program = await startProgram(place)
  let alive = true
  const kill = async (): Promise<void> => {
    if (!alive) return
    alive = false
    await program.kill()
  }
  const remains: Stage['remains'] = async (look) => {
    const engine = await openEngine(source)
    try {
      return await look({
        rows: (text, values) => engine.asOwner((ask) => ask(text, values)),
        db: engine.for<OrderTables>(),
      })
    } finally {
      await engine.close()
    }
  }
  return {
    sim,
    remains,
    program: () => program,
    kill,
    start: async () => {
      if (alive) return
      program = await startProgram(place)
      alive = true
    },
    ledger: () => ledgerIn(folders.keys),
    cartKey: () => secretIn(folders.keys, 'cart'),
    folders: [folders.data, folders.keys],
    onDisk: async () => [
      folders.data,
      folders.keys,
      ...(source.kind === 'postgres' ? await foldersOf(source.url, { alone: true }) : []),
    ],
    slotsOf: (person) => slotsIn(folders.keys, person),
    close: async () => {
      await kill()
      await sim.stop()
      folders.remove()
    },
  }
}

function secretIn(keys: string, name: string): Uint8Array {
  const secrets = JSON.parse(readFileSync(join(keys, 'secrets.json'), 'utf8')) as Record<string, string>
  return Buffer.from(secrets[name] ?? '', 'base64')
}

function ledgerIn(keys: string): Entry[] {
  const lines = readFileSync(join(keys, 'erasures.log'), 'utf8').split('\n').slice(0, -1)
  const read = lines.map((line) => JSON.parse(line) as { began?: { id: string; person: string }; ended?: string })
  const ended = new Set(read.map((line) => line.ended))
  return read.flatMap(({ began }) => (began ? [{ ...began, ended: ended.has(began.id) }] : []))
}

const SLOT = 128

function slotsIn(keys: string, person: string): { keys: number[]; lookUps: number } {
  const file = readFileSync(join(keys, 'slots'))
  const whose = Buffer.from(person.replaceAll('-', ''), 'hex')
  const slots = Array.from({ length: Math.floor(file.length / SLOT) }, (_, at) =>
    file.subarray(at * SLOT, (at + 1) * SLOT),
  )
  const own = slots.filter((slot) => slot.subarray(8, 24).equals(whose))
  return {
    keys: own.filter((slot) => slot[0] === 1).map((slot) => slot[1] ?? -1),
    lookUps: own.filter((slot) => slot[0] === 2).length,
  }
}

/** What must hold of everything that was ever written, however often the program died. Answers what does not. */
export function faultsIn({ rows, db }: Remains, ledger: readonly Entry[]): Promise<string[]> {
  const none = async (fault: string, text: string): Promise<string[]> =>
    (await rows(text)).map((row) => `${fault}: ${Object.values(row).join(' ')}`)
  const looks = [
    none(
      'two keys for one piece',
      'select order_id, unit from licence where order_id is not null group by 1, 2 having count(*) > 1',
    ),
    none(
      'a key without its place, or a place without its key',
      'select coalesce(l.licence_id, u.licence_id) from licence l full join licence_unit u on u.licence_id = l.licence_id and u.order_id = l.order_id and u.unit = l.unit where (l.licence_id is null and u.order_id is not null) or (u.licence_id is null and l.order_id is not null)',
    ),
    none(
      'a key that nobody can open',
      `select l.licence_id from licence l join order_person p using (order_id)
       where not exists (select from vault.box b where b.person_id = p.person_id and b.item = l.licence_id::text)
         and exists (select from vault.basis g where g.person_id = p.person_id and g.purpose = 'purchase')`,
    ),
    none(
      'two receipts for one order',
      `select ref from contact_ledger where kind = 'receipt' group by 1 having count(*) > 1`,
    ),
    none(
      'a finished mail that is not there, or is there twice',
      `select m.mail_id from contact_ledger m where m.outcome = 'handed-over'
       and exists (select from vault.basis g where g.person_id = m.person_id and g.purpose = m.purpose)
       and 1 <> (select count(*) from vault.box b where b.person_id = m.person_id and b.part = 'message' and b.item = m.mail_id::text)`,
    ),
    none(
      'an order without lines, number or list row',
      `select f.order_id from order_fact f where f.kind = 'order.placed' and (
       not exists (select from order_line l where l.order_id = f.order_id) or not exists (select from order_number n where n.order_id = f.order_id)
       or not exists (select from order_view v where v.order_id = f.order_id) or not exists (select from vault.box b join order_person p using (person_id) where p.order_id = f.order_id))`,
    ),
    none(
      'a message for a known order that is no fact of it',
      `select i.ext from inbox i join order_number n on n.order_id::text = i.order_ref
       where not exists (select from order_fact f where f.order_id = n.order_id and f.source = i.source and f.ext = i.ext)`,
    ),
    foldFaults({ rows, db }),
    erasedFaults(rows, ledger),
  ]
  return Promise.all(looks).then((found) => found.flat())
}

/** Every order folds, and its row in the lists is what its facts come to. */
async function foldFaults({ rows, db }: Remains): Promise<string[]> {
  const orders = await rows('select order_id, headline from order_view')
  const faults = await Promise.all(
    orders.map(async (order) => {
      const state = await stateOf({ db }, String(order['order_id']) as OrderId)
      return state.placed && state.headline === order['headline']
        ? []
        : [`an order that does not fold: ${String(order['order_id'])}`]
    }),
  )
  return faults.flat()
}

/** Of a person whose erasure ended nothing is left but what the law keeps. */
async function erasedFaults(rows: Remains['rows'], ledger: readonly Entry[]): Promise<string[]> {
  const gone = ledger.filter(({ ended }) => ended).map(({ person }) => person)
  const left = await rows(
    `select 'box' as what, person_id from vault.box where class <> 'tax' and person_id = any($1::uuid[])
     union all select 'ground', g.person_id from vault.basis g where g.purpose <> 'tax' and g.person_id = any($1::uuid[])
     union all select 'link', person_id from link_person where person_id = any($1::uuid[])
     union all select 'owner', person_id from licence_owner where person_id = any($1::uuid[])
     union all select 'work', person_id from job where person_id = any($1::uuid[])`,
    [gone],
  )
  return left.map((row) => `an erased person has a ${String(row['what'])}: ${String(row['person_id'])}`)
}

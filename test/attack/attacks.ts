import { newId, systemNow } from '../../src/lib/index.ts'

/** What an attack is aimed at. Shape: `person` is the victim, `other` somebody else of whom the intruder may look. */
export type Aim = { readonly person: string; readonly other: string }

/** An attack: what is sent, in one session. */
export type Attack = { readonly name: string; readonly sends: (aim: Aim) => readonly string[] }

/** A fresh id for a line of the access log. */
export const logId = (): string => newId<'log'>(systemNow())

/** Asks for a line of the access log, as the program does. */
export function logLine(
  person: string,
  log: string,
  { kind = 'reveal', purpose = 'purchase', parts = ['contact'] } = {},
): string {
  return `select vault.log('${person}', '${log}', '${kind}', '${purpose}', 'program', 'sam', array['${parts.join("','")}'], 'order:1')`
}

/** Asks for the boxes of a line of the access log. */
export const revealOf = (person: string, log: string): string =>
  `select * from vault.reveal('${person}', '${log}', array['*'])`

const attack = (name: string, sends: Attack['sends']): Attack => ({ name, sends })
const plain = (name: string, ...statements: string[]): Attack => attack(name, () => statements)

const TABLES = [
  'person',
  'box',
  'basis',
  'access_log',
  'log_root',
  'purpose_part',
  'purpose_clock',
  'login_purpose',
  'key_store',
]
const DUMP = `insert into loot select encode(sealed, 'hex') from vault.box`
const robber = (signature: string, returns: string, answer: string): string =>
  `create function pg_temp.${signature} returns ${returns} language plpgsql as $$ begin ${DUMP}; return ${answer}; end $$`
const LOOT = 'create temp table loot (hex text); grant all on loot to public'
const SHOW = 'select * from loot'

/** Reading past the functions. */
const direct: readonly Attack[] = [
  attack('every table of the vault, read, locked, copied and changed', () =>
    TABLES.flatMap((table) => [
      `select t::text from vault.${table} t`,
      `select * from vault.${table}`,
      `copy vault.${table} to stdout`,
      `begin; lock table vault.${table}`,
      `rollback`,
      `delete from vault.${table} returning *`,
      `truncate vault.${table}`,
      `explain analyze select * from vault.${table}`,
      `create temp view v_${table} as select * from vault.${table}; select * from v_${table}`,
      `declare c_${table} cursor with hold for select * from vault.${table}`,
    ]),
  ),
  plain(
    'statistics, storage behind the tables, sequences of pages',
    `select most_common_vals::text, histogram_bounds::text from pg_stats where schemaname = 'vault'`,
    `select * from pg_statistic`,
    `analyze vault.box`,
    `do $$ declare t regclass; begin select reltoastrelid into t from pg_class where oid = 'vault.box'::regclass; execute 'create temp table toasted as select * from ' || t; end $$; select * from toasted`,
    `create extension pageinspect; select get_raw_page('vault.box', 0)`,
    `create extension dblink`,
    `create extension file_fdw`,
  ),
  plain(
    'the server’s files and programs',
    `select pg_read_binary_file(pg_relation_filepath('vault.box'))`,
    `select pg_ls_dir('.')`,
    `select lo_import('/etc/passwd')`,
    `copy (select 1) to program 'cat'`,
    `create temp table heard (line text); copy heard from program 'id'; select * from heard`,
    `load 'auto_explain'`,
    `create language plpython3u`,
    `select pg_create_logical_replication_slot('s', 'test_decoding')`,
  ),
  plain(
    'a definer function, a view, a trigger, a rule or a policy of the intruder’s own',
    `create function vault.mine() returns setof vault.box language sql security definer as 'select * from vault.box'; select * from vault.mine()`,
    `create function public.mine() returns setof vault.box language sql security definer as 'select * from vault.box'; select * from public.mine()`,
    `create function pg_temp.mine() returns setof vault.box language sql security definer as 'select * from vault.box'; select * from pg_temp.mine()`,
    `create view public.mine as select * from vault.box; select * from public.mine`,
    `create function pg_temp.fires() returns trigger language plpgsql as $$ begin raise notice '%', encode(new.sealed, 'hex'); return new; end $$; create trigger t before insert on vault.box for each row execute function pg_temp.fires()`,
    `create rule r as on insert to vault.box do also select * from vault.box`,
    `create policy p on vault.box using (true)`,
    `create event trigger e on ddl_command_start execute function pg_temp.fires()`,
    `do $$ declare r record; begin for r in select * from vault.box loop raise notice '%', encode(r.sealed, 'hex'); end loop; end $$`,
  ),
]

/** Becoming somebody else. */
const roles: readonly Attack[] = [
  attack('another role', () =>
    ['avow_vault', 'avow_owner', 'admin'].flatMap((role) => [
      `set role ${role}; select * from vault.box`,
      `set session authorization ${role}; select * from vault.box`,
      `select set_config('role', '${role}', false); select * from vault.box`,
      `grant ${role} to avow_app`,
      `create role spy login in role ${role}`,
    ]),
  ),
  plain(
    'rights that the intruder gives to themselves',
    `grant select on all tables in schema vault to avow_app`,
    `grant all on schema vault to avow_app`,
    `alter table vault.box owner to avow_app`,
    `alter schema vault owner to avow_app`,
    `alter default privileges for role avow_vault grant select on tables to avow_app`,
    `reassign owned by avow_vault to avow_app`,
    `alter role avow_app superuser`,
    `select * from vault.box`,
  ),
]

/** A temporary type, table or function that a definer function would take for its own. */
export const trap: Attack = attack('a trap', ({ person }) => [
  LOOT,
  robber('caught(v varchar)', 'boolean', 'true'),
  ...['text', 'date', 'uuid', 'jsonb', 'name', 'bytea', 'timestamptz'].map(
    (type) => `create domain pg_temp.${type} as varchar check (pg_temp.caught(value))`,
  ),
  ...['box', 'basis', 'access_log', 'purpose_part', 'unnest'].map((table) => `create temp table ${table} (v varchar)`),
  robber('now()', 'pg_catalog.timestamptz', 'clock_timestamp()'),
  robber('clock_timestamp()', 'pg_catalog.timestamptz', 'null'),
  robber('pg_xact_status(x xid8)', 'varchar', `'committed'`),
  `set search_path = pg_temp, vault, pg_catalog`,
  `select vault.seal_days()`,
  `select vault.first_altered_day()`,
  `select vault.box_parts()`,
  `select vault.held('${person}')`,
  logLine(person, logId(), { purpose: 'rights' }),
  SHOW,
])

/** Making the vault's own functions do it. */
const hijacks: readonly Attack[] = [
  { ...trap, name: 'a temporary type, table or function that a definer function would take for its own' },
  attack('an operator or a cast of the intruder’s own', ({ person }) => [
    LOOT,
    robber('same(a pg_catalog.text, b pg_catalog.text)', 'boolean', 'true'),
    `create operator pg_temp.= (leftarg = pg_catalog.text, rightarg = pg_catalog.text, function = pg_temp.same)`,
    `create operator public.= (leftarg = pg_catalog.text, rightarg = pg_catalog.text, function = pg_temp.same)`,
    robber('turned(v pg_catalog.text)', 'pg_catalog.uuid', 'null'),
    `create cast (pg_catalog.text as pg_catalog.uuid) with function pg_temp.turned as implicit`,
    `set search_path = pg_temp, pg_catalog`,
    logLine(person, logId(), { purpose: 'rights' }),
    `select vault.may('${person}', 'rights')`,
    SHOW,
  ]),
  attack('another time, another body, another setting of a function', ({ person }) => [
    `create or replace function vault.now() returns timestamptz language sql as 'select ''2000-01-01''::timestamptz'`,
    `create or replace function vault.live(b vault.basis) returns boolean language sql as 'select true'`,
    `alter function vault.reveal(uuid, uuid, text[]) set search_path = pg_temp`,
    `alter function vault.reveal(uuid, uuid, text[]) security invoker`,
    `alter function vault.log(uuid, uuid, text, text, text, text, text[], text) owner to avow_app`,
    `drop function vault.now()`,
    `select vault.now()`,
    `select vault.live(null)`,
    `select vault.day_hash('', current_date)`,
    logLine(person, logId(), { purpose: 'rights' }),
  ]),
]

/** Getting boxes for a line of the log that is not there, or not for this. */
const lines: readonly Attack[] = [
  attack('ROLLBACK after the line, and again after the boxes', ({ person }) => {
    const log = logId()
    return ['begin', logLine(person, log), revealOf(person, log), 'rollback', revealOf(person, log)]
  }),
  attack('both in one statement', ({ person }) => {
    const log = logId()
    return [
      `with l as materialized (${logLine(person, log)}) select r.* from l, vault.reveal('${person}', '${log}', array['*']) r`,
    ]
  }),
  attack('a savepoint that is rolled back, with the outer transaction committed', ({ person }) => {
    const log = logId()
    const inner = ['savepoint s', logLine(person, log), revealOf(person, log), 'rollback to s', revealOf(person, log)]
    return ['begin', ...inner, 'commit', revealOf(person, log)]
  }),
  attack('a savepoint that is released, with the outer transaction rolled back', ({ person }) => {
    const log = logId()
    const inner = ['savepoint s', logLine(person, log), 'release s', revealOf(person, log)]
    return ['begin', ...inner, 'rollback', revealOf(person, log)]
  }),
  attack('a block that catches its own error', ({ person }) => {
    const log = logId()
    const block = `do $$ begin perform vault.log('${person}', '${log}', 'reveal', 'purchase', 'program', 'sam', array['contact'], 'order:1'); raise exception 'undone'; exception when others then null; end $$`
    return [block, revealOf(person, log)]
  }),
  attack('a prepared transaction that is never committed', ({ person }) => {
    const log = logId()
    const prepared = [`begin`, logLine(person, log), `prepare transaction 'held-${log}'`]
    return [...prepared, revealOf(person, log), `rollback prepared 'held-${log}'`, revealOf(person, log)]
  }),
  attack('a line that says write', ({ person }) => {
    const log = logId()
    return [logLine(person, log, { kind: 'write' }), revealOf(person, log)]
  }),
  attack('a line that an erasure of nothing wrote', ({ person }) => {
    const log = logId()
    return [
      `select vault.erase('${person}', '${log}', array[]::text[], 'desk', 'sam', 'order:1')`,
      revealOf(person, log),
    ]
  }),
  attack('a purpose without a ground, one that is not built, and none at all', ({ person }) =>
    ['rights', 'enquiry', 'abuse', '', 'purchase'].flatMap((purpose) => {
      const log = logId()
      const parts = purpose === 'purchase' ? ['address'] : ['contact']
      return [logLine(person, log, { purpose, parts }), revealOf(person, log)]
    }),
  ),
  attack('the line of another person', ({ person, other }) => {
    const log = logId()
    const widened = `select * from vault.reveal(null, '${log}', array['*'])`
    return [logLine(other, log), revealOf(person, log), widened]
  }),
  attack('no line, any line, a line of nobody', ({ person }) => [
    revealOf(person, logId()),
    `select * from vault.reveal('${person}', null, array['*'])`,
    `select * from vault.reveal('${person}', (select log_id from vault.access_log limit 1), array['*'])`,
  ]),
]

/** Attacks that must give no box at all. */
export const attacks: readonly Attack[] = [...direct, ...roles, ...hijacks, ...lines]

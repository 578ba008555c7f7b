-- What the retention runs did, in counts. `held` is a run that stopped before it destroyed anything, because too much was over at once.
create table retention_run (
  run_id uuid primary key,
  at timestamptz not null,
  outcome text not null check (outcome in ('done', 'held')),
  because text,
  persons integer not null,
  groups integer not null,
  drafts integer not null,
  looks integer not null
);
create index retention_run_at on retention_run (at desc);

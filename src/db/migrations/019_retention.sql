-- What the retention runs did, in counts. `held` is a run that stopped before it destroyed anything, because too much was over at once.
-- The last run is the one that was written last: the computer's date may have been wrong.
create table retention_run (
  run_id uuid primary key,
  sequence bigint generated always as identity,
  at timestamptz not null,
  outcome text not null check (outcome in ('done', 'held')),
  because text,
  persons integer not null,
  groups integer not null,
  drafts integer not null,
  looks integer not null,
  failed integer not null
);
create index retention_run_sequence on retention_run (sequence desc);

-- Reports of sales that were made elsewhere. A report tells not always what tax was in a line.
alter table order_line alter column tax_rate drop not null;
-- The processor's own number of a payment finds the order that it paid.
create index order_fact_ref on order_fact (source, ref) where ref is not null;

alter table serial drop constraint serial_source_check;
alter table serial add constraint serial_source_check check (source in ('box', 'reseller', 'swreg', 'regnow', 'elsewhere'));

-- What a run came to: counts only, and a keyed mark by which the same file is known again. Nothing that stood in it.
create table import_run (
  run_id uuid primary key,
  file_mark bytea not null check (octet_length(file_mark) = 32),
  mapping text not null,
  lines integer not null,
  done integer not null,
  taken integer not null,
  known integer not null,
  unpaid integer not null,
  refused integer not null,
  begun_at timestamptz not null,
  ended_at timestamptz,
  by text not null
);
create index import_run_begun on import_run (begun_at desc);

-- What came of the sealed card part of each order notice. The part itself is never written, and neither is the key that is wrapped in it:
-- both are in memory only. `digest` is the SHA-256 of what nobody here can open; a row without an end is one whose part is in memory now.
create table envelope_receipt (
  digest bytea primary key check (octet_length(digest) = 32),
  order_ref uuid not null,
  kid text not null,
  received_at timestamptz not null,
  destroyed_at timestamptz,
  how text check (how in ('completed', 'cancelled', 'failed', 'timed-out', 'restart')),
  code_version text,
  check (num_nulls(destroyed_at, how, code_version) in (0, 3))
);
create index envelope_receipt_order on envelope_receipt (order_ref);
create index envelope_receipt_open on envelope_receipt (received_at) where destroyed_at is null;

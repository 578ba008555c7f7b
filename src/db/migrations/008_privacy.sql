-- The published policy, version by version, as visitors read it; the newest row is the notice in force.
create table policy_version (
  version integer primary key,
  hash text not null,
  published_at timestamptz not null,
  clauses jsonb not null
);

-- What a person is shown after an erasure. It names no person: erasures are opaque ids of the ledger.
create table certificate (
  token_hash bytea primary key,
  erasure_ids uuid[] not null,
  later_orders integer not null,
  tax_kept boolean not null,
  made_at timestamptz not null,
  expires_at timestamptz not null
);

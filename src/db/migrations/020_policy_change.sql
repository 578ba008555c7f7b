-- A change of the policy, from one published version to other words: announced before it takes effect, or made without.
create table policy_change (
  change_id uuid primary key,
  hash text not null,
  replaces integer not null,
  from_on date not null,
  announced_at timestamptz,
  clauses jsonb not null,
  told_at timestamptz,
  early_at timestamptz,
  unique (hash, replaces)
);

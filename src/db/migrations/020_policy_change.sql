-- A change of the policy that was announced before it takes effect, or one that was made without: then nobody was told.
create table policy_change (
  change_id uuid primary key,
  hash text not null unique,
  from_on date not null,
  announced_at timestamptz,
  clauses jsonb not null,
  told_at timestamptz
);

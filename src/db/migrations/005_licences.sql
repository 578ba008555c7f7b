-- A right to use one piece. The key itself is sealed in the vault; here is only what finds it and its last letters.
create table licence (
  licence_id uuid primary key,
  order_id uuid not null,
  unit integer not null,
  product_name text not null,
  key_hash bytea not null,
  key_tail text not null,
  issued_at timestamptz not null,
  revoked_at timestamptz
);
create index licence_order on licence (order_id);

-- One licence for each piece, whatever runs twice.
create table licence_unit (
  order_id uuid not null,
  unit integer not null,
  licence_id uuid not null,
  primary key (order_id, unit)
);

-- Who is recorded as the owner: one row, so that a licence can change hands.
create table licence_owner (
  licence_id uuid primary key,
  person_id uuid not null,
  since timestamptz not null
);
create index licence_owner_person on licence_owner (person_id);

-- A link that opens something to whoever holds it. Only the hash of its secret is kept.
create table link (
  token_hash bytea primary key check (octet_length(token_hash) = 32),
  kind text not null check (kind in ('return', 'order', 'privacy', 'privacySession', 'staff')),
  order_id uuid,
  staff_id uuid,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  spent_at timestamptz
);
create index link_expires on link (expires_at);
create index link_order on link (order_id) where order_id is not null;

-- Whose data a privacy link opens, in rows of their own so that an erasure finds and removes them.
create table link_person (
  token_hash bytea not null,
  person_id uuid not null,
  primary key (token_hash, person_id)
);
create index link_person_person on link_person (person_id);

-- The people at the desk. The label is chosen by the vendor ("desk-2"); no name and no address is kept.
create table staff (
  staff_id uuid primary key,
  label text not null unique check (label ~ '^[a-z][a-z0-9-]{0,29}$'),
  role text not null check (role in ('owner', 'desk')),
  made_at timestamptz not null,
  left_at timestamptz
);

create table staff_session (
  session_hash bytea primary key check (octet_length(session_hash) = 32),
  staff_id uuid not null,
  made_at timestamptz not null,
  expires_at timestamptz not null
);
create index staff_session_expires on staff_session (expires_at);
create index staff_session_staff on staff_session (staff_id);

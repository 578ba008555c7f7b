-- Mails that were taken in. A mark is a keyed hash of what the sender wrote; it leads to nobody, so it outlives an erasure,
-- and a mail of somebody who was erased does not come back from the server.
create table inbound_mark (
  mark bytea primary key check (octet_length(mark) = 32),
  at timestamptz not null
);

-- Which of the mailbox's numbers were dealt with, and how.
create table inbound_uid (
  validity bigint not null,
  uid bigint not null,
  outcome text not null check (outcome in ('filed', 'known', 'bounce', 'given-up')),
  at timestamptz not null,
  primary key (validity, uid)
);

-- Mails that could not be read or filed yet.
create table inbound_try (
  validity bigint not null,
  uid bigint not null,
  tries integer not null,
  because text not null,
  next_at timestamptz not null,
  primary key (validity, uid)
);

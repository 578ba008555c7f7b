-- When this installation was first started: one row for ever. The example's commitments run from it.
create table installation (
  one boolean primary key default true check (one),
  first_started_at timestamptz not null
);

-- The document in which a partner promises to protect data, and the moment from which it no longer counts.
create table commitment (
  recipient text not null,
  hash text not null,
  document text not null,
  signed_on date,
  expires_at timestamptz not null,
  primary key (recipient, hash)
);

-- What was passed on: written and committed before anything leaves. Names of fields and values, never their content.
create table disclosure (
  disclosure_id uuid primary key,
  recipient text not null,
  purpose text not null,
  ref text not null,
  fields text[] not null,
  value_names text[] not null,
  person_id uuid,
  at timestamptz not null
);
create index disclosure_person on disclosure (person_id) where person_id is not null;
create index disclosure_ref on disclosure (ref);

-- Rows of the log after which nothing left after all, because the vault refused.
create table disclosure_withheld (
  disclosure_id uuid primary key,
  because text not null,
  at timestamptz not null
);

-- Who still has to be told that a person was erased, and how that went.
create table erasure_told (
  told_id uuid primary key,
  person_id uuid not null,
  recipient text not null,
  state text not null check (state in ('waiting', 'told', 'nothing-held', 'by-hand')),
  at timestamptz not null,
  unique (person_id, recipient)
);

-- Every mail, letter or call to a person: one row of ids. Text and address are made at hand-over and are not here.
create table contact_ledger (
  mail_id uuid primary key,
  channel text not null,
  kind text not null,
  person_id uuid not null,
  purpose text not null,
  ref text not null,
  made_at timestamptz not null,
  message_id text not null,
  handed_over_at timestamptz,
  outcome text,
  because text,
  kept_class text
);
create index contact_ledger_person on contact_ledger (person_id);
create index contact_ledger_made on contact_ledger (made_at desc, mail_id);

-- The key of the effect that asked for the mail: the same effect never makes a second one.
create table contact_key (
  key text primary key,
  mail_id uuid not null
);

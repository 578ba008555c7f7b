-- Who said no, or cannot be reached: keyed marks of addresses, never an address and never a person. A mark outlives the
-- erasure of everybody who had the address, so that no import and no new form brings them back.
create table contact_stop (
  channel text not null check (channel in ('mail', 'post', 'telephone', 'all')),
  mark bytea not null check (octet_length(mark) = 32),
  because text not null,
  since timestamptz not null,
  lifted_at timestamptz,
  primary key (channel, mark)
);

-- When a mail that must never go out twice was first handed to the host: if nothing says how that went, nobody knows.
alter table contact_ledger add column tried_at timestamptz;
-- What a mail host told later about a mail that it had taken.
alter table contact_ledger add column bounced_at timestamptz;
alter table contact_ledger add column bounce text check (bounce in ('lasting', 'passing', 'other'));

create index contact_ledger_ref on contact_ledger (ref, mail_id);
create index contact_ledger_message on contact_ledger (message_id);
create index contact_ledger_bounced on contact_ledger (person_id, bounced_at) where bounced_at is not null;

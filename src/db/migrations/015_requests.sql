-- What a person was asked for beyond what they gave: which fields, for which purpose, why, and until when. What staff wrote about it
-- is a text of the person's own vault; what was answered lies there too. Here is only that it was.
create table question (
  question_id uuid primary key,
  person_id uuid not null,
  about text not null,
  purpose text not null,
  fields text[] not null check (cardinality(fields) > 0),
  reason text not null check (reason in ('deliver', 'reach', 'solve', 'tell-apart')),
  text_id uuid,
  staff_id uuid not null,
  asked_at timestamptz not null,
  ends_at timestamptz not null,
  outcome text check (outcome in ('answered', 'declined', 'ended')),
  ended_at timestamptz,
  check ((outcome is null) = (ended_at is null))
);
create index question_person on question (person_id);
create index question_about on question (about);
create index question_open on question (ends_at) where outcome is null;

-- What somebody asked for as their right by letter or telephone, with its clock. It cannot be closed without an outcome.
create table privacy_request (
  request_id uuid primary key,
  kind text not null check (kind in ('access', 'correction', 'objection', 'erasure', 'export')),
  channel text not null check (channel in ('letter', 'telephone', 'mail')),
  received_at timestamptz not null,
  due_at timestamptz not null,
  extended_at timestamptz,
  extended_because text check (extended_because in ('complex', 'many')),
  staff_id uuid,
  outcome text check (outcome in ('done', 'nothing-held', 'not-shown-who', 'refused', 'taken-back')),
  closed_at timestamptz,
  closed_by uuid,
  check ((outcome is null) = (closed_at is null)),
  check ((extended_at is null) = (extended_because is null))
);
create index privacy_request_due on privacy_request (due_at) where outcome is null;

-- Whose request it is; an erasure takes that away and leaves that there was one.
create table privacy_request_person (
  request_id uuid not null,
  person_id uuid not null,
  primary key (request_id, person_id)
);
create index privacy_request_person_person on privacy_request_person (person_id);

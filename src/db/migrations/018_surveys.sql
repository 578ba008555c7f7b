-- A survey: what is asked, and where it stands. Its questions and its mode are fixed when it is published.
create table survey (
  survey_id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9]([a-z0-9-]{0,58}[a-z0-9])?$'),
  definition text not null,
  mode text check (mode in ('anonymous', 'named')),
  made_at timestamptz not null,
  published_at timestamptz,
  ends_at timestamptz,
  closed_at timestamptz,
  called_off_at timestamptz,
  check ((published_at is null) = (mode is null) and (published_at is null) = (ends_at is null))
);

-- Anonymous answers: one row for a whole survey, rewritten and mixed with every answer, sealed with a key that is not here.
-- There is no row for an answer, so nothing of the database's own can tell when one came or which one.
create table survey_box (
  survey_id uuid primary key,
  fresh bytea not null,
  rest bytea not null
);

-- Who was invited, so that nobody is twice, and whether the invitation was used. Gone when the survey closes.
create table survey_invitation (
  invitation_id uuid primary key,
  survey_id uuid not null,
  person_id uuid not null,
  used boolean not null,
  unique (survey_id, person_id)
);
create index survey_invitation_person on survey_invitation (person_id);

-- Whose an answer under a name is; what was said lies with the person. The hash is that of the code that takes it back.
create table survey_named (
  survey_id uuid not null,
  person_id uuid not null,
  receipt_hash bytea not null check (octet_length(receipt_hash) = 32),
  primary key (survey_id, person_id),
  unique (survey_id, receipt_hash)
);
create index survey_named_person on survey_named (person_id);

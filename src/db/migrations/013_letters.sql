-- Letters, and mail that belongs to nothing else. What they say and who wrote them lies sealed; here are ids, dates and words.
create table letter (
  letter_id uuid primary key,
  person_id uuid not null,
  came_by text not null check (came_by in ('letter', 'mail')),
  received_on date not null,
  text_id uuid not null,
  scan_id uuid,
  made_at timestamptz not null
);
create index letter_person on letter (person_id);

-- An answer as it was written. It is `sent_at` when it was printed, or when its mail was asked for.
create table letter_reply (
  reply_id uuid primary key,
  letter_id uuid not null,
  person_id uuid not null,
  text_id uuid not null,
  way text not null check (way in ('post', 'mail')),
  notice integer not null,
  made_at timestamptz not null,
  made_by uuid not null,
  sent_at timestamptz
);
create index letter_reply_letter on letter_reply (letter_id);
create index letter_reply_person on letter_reply (person_id);

-- What was done about a letter, each with its day and its reason, a word from a closed list.
create table letter_step (
  step_id uuid primary key,
  letter_id uuid not null,
  person_id uuid not null,
  step text not null,
  because text not null default '',
  made_at timestamptz not null,
  made_by uuid not null
);
create index letter_step_letter on letter_step (letter_id);
create index letter_step_person on letter_step (person_id);

-- A matter that somebody wrote or called about (a case, as people read it). Who, and what it says, is in the vault only.
create table ticket (
  ticket_id uuid primary key,
  number text not null,
  purpose text not null check (purpose in ('enquiry', 'support')),
  channel text not null check (channel in ('form', 'mail', 'telephone')),
  automatic boolean not null,
  state text not null check (state in ('open', 'waiting', 'closed')),
  staff_id uuid,
  made_at timestamptz not null,
  turned_at timestamptz not null
);
create index ticket_list on ticket (state, automatic, turned_at);

-- The number that people say on the telephone, once.
create table ticket_number (
  number text primary key,
  ticket_id uuid not null
);

-- What was done with a ticket, one dated row each.
create table ticket_step (
  ticket_id uuid not null,
  step_id uuid not null,
  step text not null check (step in ('begun', 'opened', 'waiting', 'closed', 'taken', 'left', 'as-enquiry', 'as-support', 'joined', 'parted', 'destroyed', 'shared')),
  because text,
  staff_id uuid,
  at timestamptz not null,
  primary key (ticket_id, step_id)
);

-- One turn of the conversation: a message, a reply, what staff wrote down for themselves. Its text is sealed elsewhere.
create table ticket_turn (
  ticket_id uuid not null,
  turn_id uuid not null,
  kind text not null check (kind in ('message', 'call', 'reply', 'internal')),
  channel text not null check (channel in ('form', 'mail', 'telephone', 'desk')),
  automatic boolean not null,
  proposed boolean not null,
  text_id uuid not null,
  staff_id uuid,
  at timestamptz not null,
  primary key (ticket_id, turn_id)
);

-- Whose turn it is, and who else is named in it. Goes with the person.
create table ticket_person (
  ticket_id uuid not null,
  turn_id uuid not null,
  person_id uuid not null,
  wrote boolean not null,
  primary key (ticket_id, turn_id, person_id)
);
create index ticket_person_person on ticket_person (person_id);

-- A file that came with a turn: what it is and how big. What it is called and what is in it are two sealed texts.
create table ticket_file (
  ticket_id uuid not null,
  file_id uuid not null,
  turn_id uuid not null,
  type text not null,
  bytes integer not null,
  called_text_id uuid not null,
  text_id uuid not null,
  primary key (ticket_id, file_id)
);

-- create table noted (email text) is only a comment
create table public.parcel (
  parcel_id uuid primary key,
  street text not null, -- red
  "City" text, -- red
  note text, -- red
  price numeric(10, 2) not null default 0,
  state text check (state in ('email', 'name')),
  anything jsonb not null, -- red
  primary key (parcel_id, state)
);
create unlogged table if not exists visit (visit_id uuid, user_agent text); -- red
create table vault.box (person_id uuid, part text, sealed bytea, phone text);
create table vault.card_box (
  person_id uuid,
  card_number text -- red
);
alter table parcel
  add column e_mail text, -- red
  add column weight integer,
  add constraint heavy check (weight > 0);
alter table parcel rename weight to postcode; -- red

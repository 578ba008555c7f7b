-- What the searches for card numbers saw. `findings` and `unseen` name files, places and reasons, one a line; never a digit of a card.
-- The last search is the one that was written last: the computer's date may have been wrong.
create table leak_search (
  search_id uuid primary key,
  sequence bigint generated always as identity,
  at timestamptz not null,
  files integer not null,
  bytes double precision not null,
  tables integer not null,
  found integer not null,
  missed integer not null,
  findings text not null,
  unseen text not null
);
create index leak_search_sequence on leak_search (sequence desc);

-- Visits are kept as sums of a day, never one by one: no address, no browser, no path that was typed, no time of day.
-- `seen_gone_at` says when the day's key was gone and its marks were emptied.
create table visit_day (
  day date primary key,
  views integer not null default 0,
  visitors integer not null default 0,
  known integer not null default 0,
  returned integer not null default 0,
  gpc_views integer not null default 0,
  dnt_views integer not null default 0,
  seen_gone_at timestamptz
);

-- Pages by the pattern of their route, or by the name of a product in the catalogue.
create table visit_page (
  day date not null,
  route text not null check (length(route) <= 200),
  views integer not null default 0,
  visitors integer not null default 0,
  primary key (day, route)
);

-- Where visitors came from first that day: the host and nothing of the address.
create table visit_source (
  day date not null,
  host text not null check (length(host) <= 100),
  visitors integer not null default 0,
  primary key (day, host)
);

-- What was asked for and is no visit, by the reason.
create table visit_filtered (
  day date not null,
  reason text not null check (reason in ('robot', 'prefetch', 'method', 'background', 'noPage')),
  requests integer not null default 0,
  primary key (day, reason)
);

-- Today's marks, so that nobody is counted twice: eight bytes that only the day's key could make, and that key lies elsewhere
-- and is destroyed at midnight. A row says nothing of when, where or what.
create table visit_seen (
  day date not null,
  seen bytea not null check (octet_length(seen) = 8),
  primary key (day, seen)
);

-- The last sum that each process handed in, so that one which is handed in again counts once.
create table visit_flush (
  process_id uuid primary key,
  sequence integer not null,
  flushed_at timestamptz not null
);

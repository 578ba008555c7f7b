-- Dated statements about orders, without personal values. The app may add and read them, nothing else.
create table order_fact (
  order_id uuid not null,
  source text not null,
  ext text not null,
  kind text not null,
  at timestamptz not null,
  ref text,
  of text,
  amount_minor bigint,
  currency text,
  units integer,
  boxes integer,
  attempt integer,
  primary key (order_id, source, ext)
);

create table order_line (
  order_id uuid not null,
  line integer not null,
  offer_id text not null,
  product_name text not null,
  label text not null,
  goods text not null,
  file text,
  quantity integer not null,
  gross_minor bigint not null,
  tax_rate integer not null,
  primary key (order_id, line)
);

-- The one path from an order to a person; an erasure takes it away.
create table order_person (
  order_id uuid primary key,
  person_id uuid not null
);
create index order_person_person on order_person (person_id);

create table order_number (
  number text primary key,
  order_id uuid not null
);

-- For lists only; it can be made again from the facts at any time.
create table order_view (
  order_id uuid primary key,
  number text not null,
  headline text not null,
  to_send boolean not null,
  total_minor bigint not null,
  currency text not null,
  units integer not null,
  boxes integer not null,
  placed_at timestamptz not null,
  paid_at timestamptz
);
create index order_view_placed on order_view (placed_at desc);
create index order_view_to_send on order_view (placed_at) where to_send;

-- Everything that processors sent, whether we know the order or not yet. Parsed values only; the raw bytes are dropped.
create table inbox (
  source text not null,
  ext text not null,
  order_ref text not null,
  kind text not null,
  at timestamptz not null,
  ref text,
  of text,
  amount_minor bigint,
  currency text,
  received_at timestamptz not null,
  primary key (source, ext)
);
create index inbox_order on inbox (order_ref);

-- What the program asks staff to look at.
create table task (
  about text not null,
  kind text not null,
  ref text not null,
  made_at timestamptz not null,
  done_at timestamptz,
  done_by text,
  primary key (about, kind, ref)
);

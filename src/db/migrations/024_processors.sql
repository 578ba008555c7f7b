-- Several processors. At which one a try to pay was begun, written with the order; nothing of the customer's.
create table checkout_choice (
  order_id uuid not null,
  attempt integer not null,
  processor text not null,
  primary key (order_id, attempt)
);

-- What a processor sent, as it came, for 90 days: the bytes lie in the vault as a text of the person whom the message is about, or of a person
-- of its own until an order is found for it. `digest` is keyed, so that a repeat is known and nothing can be guessed from it.
create table processor_event (
  event_id uuid primary key,
  processor text not null,
  endpoint text not null,
  digest bytea not null,
  order_ref text,
  person_id uuid not null,
  text_id uuid not null,
  received_at timestamptz not null,
  unique (processor, digest)
);
create index processor_event_person on processor_event (person_id);
create index processor_event_order on processor_event (order_ref);
create index processor_event_received on processor_event (received_at);

-- When a processor was last heard, asked and found silent, for its light on the staff's page, and up to when its list of events was read.
create table processor_state (
  processor text primary key,
  heard_at timestamptz,
  answered_at timestamptz,
  failed_at timestamptz,
  refused_at timestamptz,
  refused_because text,
  read_until timestamptz
);

-- Money on its way to the vendor.
create table payout (
  processor text not null,
  payout_id text not null,
  state text not null,
  amount_minor bigint not null,
  currency text not null,
  at timestamptz not null,
  primary key (processor, payout_id)
);

-- Which hosted page belongs to which try to pay; the processor's own reference and nothing of the customer's.
create table checkout_session (
  order_id uuid not null,
  attempt integer not null,
  processor text not null,
  ref text not null,
  started_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (order_id, attempt)
);

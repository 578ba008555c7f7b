create table payment_copy (
  order_id uuid not null,
  card_number text, -- red
  exp_month integer, -- red
  cvc text, -- red
  brand text,
  expires_at timestamptz
);

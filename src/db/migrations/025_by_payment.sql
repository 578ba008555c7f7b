-- The order of a payment, for processors that name only their own payment when they pay it back.
create index order_fact_payment on order_fact (source, ref) where kind = 'pay.captured';

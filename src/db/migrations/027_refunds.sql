-- Why money goes back: a word of a closed list, never a sentence of somebody.
alter table order_fact add column reason text;
alter table inbox add column reason text;

-- Which orders a processor was paid for, for when it fails.
create index order_fact_captured on order_fact (source, order_id) where kind = 'pay.captured';

-- Withdrawing and giving back became one kind of work; what still waits goes on under its name.
update job set kind = 'licences.follow' where kind in ('licences.revoke', 'licences.restore') and done_at is null;

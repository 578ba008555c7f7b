-- Each lane of work asks every second for what is due of its own kinds.
create index job_lane on job (kind, run_at) where done_at is null;

-- The contacts of the last month, in the order in which they were made, and those of one thing that wait.
create index contact_ledger_made_at on contact_ledger (handed_over_at, mail_id) where handed_over_at is not null;
create index contact_ledger_waiting on contact_ledger (ref) where outcome is null;

-- What shows that the promises hold, asked of the sealed data itself. Each answers with numbers and days, never with a box.
set local role avow_vault;

drop function vault.log_count();

-- Looks since an instant, and those of them that no rule could have allowed: a part that the purpose may not open, or a person
-- who never gave a ground for it. The grounds of an erased person are gone; the line of the erasure stands for them.
create function vault.looks_since(p_since timestamptz) returns table (looks bigint, outside bigint)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(*), count(*) filter (where
    coalesce(cardinality(l.parts), 0) = 0
    or exists (select from unnest(l.parts) as t(part) where not exists (
      select from vault.purpose_part q where q.purpose = l.purpose and q.part = t.part))
    or (not exists (select from vault.basis b where b.person_id = l.person_id and b.purpose = l.purpose)
      and not exists (select from vault.access_log e where e.person_id = l.person_id and e.kind = 'erase' and e.at >= l.at)))
  from vault.access_log l where l.kind = 'reveal' and l.at >= p_since $$;

-- The first day that does not agree with its root, whose root does not follow the one before, or that lies before the first root.
create or replace function vault.first_altered_day() returns date
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with first as (select r.day, r.rows from vault.log_root r order by r.day limit 1)
  select min(x.day) from (
    select r.day from vault.log_root r, vault.day_hash(r.prev, r.day) h where r.rows >= 0 and (h.hash <> r.hash or h.rows <> r.rows)
    union all
    select r.day from vault.log_root r, first f where r.day > f.day
      and r.prev is distinct from (select p.hash from vault.log_root p where p.day = r.day - 1)
    union all
    select f.day from first f where f.rows <> -1
    union all
    select (l.at at time zone 'UTC')::date from vault.access_log l, first f where l.at < (f.day + 1)::timestamp at time zone 'UTC'
  ) as x $$;

-- Sealed groups, and those of them that no ground of their person needs.
create function vault.boxes_checked() returns table (boxes bigint, groundless bigint)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(*), count(*) filter (where not exists (
    select from vault.basis g join vault.purpose_part q on q.purpose = g.purpose and q.class = b.class and q.part = b.part
    where g.person_id = b.person_id))
  from vault.box b $$;

-- Groups of what people typed, of one class and part, whose person gave a ground for none of some purposes.
create function vault.boxes_beyond(p_class text, p_part text, p_purposes text[]) returns bigint
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(*) from vault.box b where b.class = p_class and b.part = p_part and b.item = '' and not exists (
    select from vault.basis g where g.person_id = b.person_id and g.purpose = any (p_purposes)) $$;

revoke all on all functions in schema vault from public;
grant execute on function
  vault.looks_since(timestamptz), vault.boxes_checked(), vault.boxes_beyond(text, text, text[])
  to avow_app;

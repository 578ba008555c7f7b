-- What is over goes by itself: what is due, what of it really ends, and what shows that the clocks are kept.
set local role avow_vault;

-- Whether any ground lives for which something of this class may be held. Asking to see what is held keeps nothing alive by itself.
create function vault.class_lives(p_person uuid, p_class text) returns boolean
  language sql stable set search_path = pg_catalog, pg_temp as $$
  select exists (select from vault.basis g join vault.purpose_clock c on c.purpose = g.purpose
    where g.person_id = p_person and c.class = p_class and g.purpose <> 'rights' and vault.live(g)) $$;

-- Classes of persons under which something lies and for which no ground lives any more.
create function vault.due(p_after uuid, p_most integer)
  returns table (person_id uuid, classes text[])
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.person_id, d.classes
  from vault.person p
  cross join lateral (
    select array_agg(l.class order by l.class) as classes
    from unnest(vault.classes(p.person_id)) as l(class) where not vault.class_lives(p.person_id, l.class)) as d
  where p.person_id > p_after and d.classes is not null
  order by p.person_id limit p_most $$;

-- Ends what is over, so that nothing can bring it back while its keys are being destroyed: a case that is opened again in this
-- moment either lives on, or finds that it is gone. Answers the classes that are really over and under which something still lies.
create function vault.end_grounds(p_person uuid, p_classes text[]) returns text[]
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform from vault.person p where p.person_id = p_person for update;
  delete from vault.basis b using vault.purpose_clock c
    where b.person_id = p_person and c.purpose = b.purpose and c.class = any (p_classes) and b.purpose <> 'rights' and not vault.live(b);
  return array(select x.class from unnest(vault.classes(p_person)) as x(class)
    where x.class = any (p_classes) and not vault.class_lives(p_person, x.class) order by 1);
end $$;

-- Groups that no live ground of their person needs, in a class that others keep.
create view vault.unneeded_box as
  select b.person_id, b.class, b.part, b.item from vault.box b
  where vault.class_lives(b.person_id, b.class)
    and not exists (select from vault.basis g join vault.purpose_part q on q.purpose = g.purpose and q.class = b.class and q.part = b.part
      where g.person_id = b.person_id and g.purpose <> 'rights' and vault.live(g));

create function vault.unneeded() returns bigint
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(*) from vault.unneeded_box $$;

create function vault.drop_unneeded() returns bigint
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare done bigint;
begin
  -- Two who are erased at once may each have left the last passage to the other.
  delete from vault.text t where not exists (select from vault.text_key k where k.text_id = t.text_id and k.passage = t.passage);
  delete from vault.box b using vault.unneeded_box u
    where (b.person_id, b.class, b.part, b.item) = (u.person_id, u.class, u.part, u.item);
  get diagnostics done = row_count;
  return done;
end $$;

-- Log rows that are older than their own clock go by whole days. The newest day that goes leaves its root, so that the chain
-- begins there and what is left can still be checked.
create function vault.drop_old_looks(p_before date) returns bigint
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare done bigint; last date;
begin
  lock table vault.log_root in share row exclusive mode;
  select max(r.day) into last from vault.log_root r where r.day < p_before;
  if last is null or not exists (select from vault.log_root r where r.day > last) then return 0; end if;
  delete from vault.access_log l where l.at < (last + 1)::timestamp at time zone 'UTC';
  get diagnostics done = row_count;
  delete from vault.log_root r where r.day < last;
  update vault.log_root r set rows = -1 where r.day = last;
  return done;
end $$;

create or replace function vault.looks_since(p_since timestamptz) returns table (looks bigint, outside bigint)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(*), count(*) filter (where
    coalesce(cardinality(l.parts), 0) = 0
    or not exists (select from vault.purpose_opener o where o.purpose = l.purpose and o.role = l.role)
    or exists (select from unnest(l.parts) as t(part) where not exists (
      select from vault.purpose_part q where q.purpose = l.purpose and q.part = t.part))
    or exists (select from unnest(coalesce(l.subjects, array[l.person_id])) as s(person_id)
      where not exists (select from vault.basis b where b.person_id = s.person_id and b.purpose = l.purpose)
        and not exists (select from vault.access_log e where e.person_id = s.person_id and e.kind = 'erase' and e.at >= l.at)))
  from vault.access_log l where l.kind = 'reveal' and l.at >= p_since $$;

create or replace function vault.boxes_checked() returns table (boxes bigint, groundless bigint)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(*), count(*) filter (where not exists (
    select from vault.basis g join vault.purpose_part q on q.purpose = g.purpose and q.class = b.class and q.part = b.part
    where g.person_id = b.person_id))
  from (select b.person_id, b.class, b.part from vault.box b
    union all select k.person_id, k.class, 'message' from vault.text_key k) as b $$;

create or replace function vault.box_parts() returns table (class text, part text, boxes bigint)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select b.class, b.part, count(*) from (select b.class, b.part from vault.box b
    union all select k.class, 'message' from vault.text_key k) as b group by 1, 2 order by 1, 2 $$;

-- How many grounds a purpose has, and how many of them live: for evidence.
create function vault.grounds_of(p_purpose text) returns table (grounds bigint, live bigint)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(*), count(*) filter (where vault.live(b)) from vault.basis b where b.purpose = p_purpose $$;

-- Persons of whom a purpose has a live ground, page by page.
create function vault.persons_of(p_purpose text, p_after uuid, p_most integer) returns setof uuid
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select distinct b.person_id from vault.basis b
  where b.purpose = p_purpose and b.person_id > p_after and vault.live(b) order by 1 limit p_most $$;
create index basis_purpose on vault.basis (purpose, person_id);

revoke all on all functions in schema vault from public;
grant execute on function
  vault.due(uuid, integer), vault.end_grounds(uuid, text[]), vault.unneeded(), vault.drop_unneeded(), vault.drop_old_looks(date),
  vault.grounds_of(text), vault.persons_of(text, uuid, integer)
  to avow_app;

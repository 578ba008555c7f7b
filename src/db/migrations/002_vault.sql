-- Where personal values lie, sealed. The app's login has no right on any of these tables; it may call the functions
-- at the end, which check the ground, write the log row, and only then give a sealed box. No key is ever in here.
set local role avow_vault;

create table vault.person (
  person_id uuid primary key,
  made_at timestamptz not null
);

create table vault.box (
  person_id uuid not null,
  class text not null check (class in ('contract', 'relation', 'tax')),
  part text not null,
  item text not null default '',
  version integer not null,
  sealed bytea not null,
  primary key (person_id, class, part, item)
);

create table vault.basis (
  person_id uuid not null,
  basis_id uuid not null,
  purpose text not null,
  legal_basis text not null,
  notice integer not null,
  channel text not null,
  since timestamptz not null,
  event_at timestamptz,
  until timestamptz,
  withdrawn_at timestamptz,
  primary key (person_id, basis_id)
);

create table vault.access_log (
  person_id uuid not null,
  log_id uuid not null,
  at timestamptz not null,
  kind text not null check (kind in ('reveal', 'write', 'erase')),
  role text not null,
  actor text not null,
  purpose text not null,
  parts text[] not null,
  ref text not null,
  subjects uuid[],
  login name not null,
  xid xid8 not null,
  primary key (person_id, log_id)
);
create index access_log_at on vault.access_log (at);

create table vault.log_root (
  day date primary key,
  rows integer not null,
  prev bytea not null,
  hash bytea not null
);

-- Which key store this database belongs to. With another one every look would find nothing, and the sweep of keys without
-- a person would take all of them for orphans. The mark is a keyed hash: it says nothing of the keys.
create table vault.key_store (
  one boolean primary key default true check (one),
  mark bytea not null
);

-- Made from the policy at every start.
create table vault.purpose_part (purpose text, class text, part text, primary key (purpose, class, part));
create table vault.purpose_clock (purpose text primary key, class text not null, period interval not null);
create table vault.login_purpose (login name, purpose text, primary key (login, purpose));

-- One place for the time, so that a drill can move it.
create function vault.now() returns timestamptz language sql volatile set search_path = pg_catalog, pg_temp
  as $$ select clock_timestamp() $$;

-- A ground is live until it is withdrawn, its own end comes, or the policy's present clock runs out: the shorter wins.
create function vault.live(b vault.basis) returns boolean language sql stable set search_path = pg_catalog, pg_temp
  as $$ select b.withdrawn_at is null
          and (b.until is null or b.until > vault.now())
          and (b.event_at is null or not exists (
            select from vault.purpose_clock c where c.purpose = b.purpose and b.event_at + c.period <= vault.now())) $$;

-- A sealed group is only taken in when a ground of its person needs it, so that not even injected SQL can keep more than
-- the purposes call for under a name that a purpose has.
create function vault.collect(p_person uuid, p_boxes jsonb, p_bases jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if jsonb_array_length(p_boxes) > 0 and jsonb_array_length(p_bases) > 0 then
    insert into vault.person (person_id, made_at) values (p_person, vault.now()) on conflict do nothing;
  elsif jsonb_array_length(p_boxes) > 0 then
    -- Something is added to a known person: each class must still have a ground, and an erasure waits for us or we for it.
    perform from vault.basis b where b.person_id = p_person for share;
    if exists (select from jsonb_to_recordset(p_boxes) as x(class text) where not exists (
      select from vault.basis b join vault.purpose_clock c on c.purpose = b.purpose
      where b.person_id = p_person and c.class = x.class)) then
      raise exception 'person-gone' using errcode = 'AV001';
    end if;
  else
    perform from vault.person p where p.person_id = p_person for share;
    if not found then raise exception 'person-gone' using errcode = 'AV001'; end if;
  end if;
  insert into vault.basis (person_id, basis_id, purpose, legal_basis, notice, channel, since, event_at, until)
    select p_person, x.basis_id, x.purpose, x.legal_basis, x.notice, x.channel, vault.now(), x.event_at, x.until
    from jsonb_to_recordset(p_bases) as x(basis_id uuid, purpose text, legal_basis text, notice integer, channel text, event_at timestamptz, until timestamptz);
  if exists (select from jsonb_to_recordset(p_boxes) as x(class text, part text) where not exists (
    select from vault.basis b join vault.purpose_part q on q.purpose = b.purpose and q.class = x.class and q.part = x.part
    where b.person_id = p_person)) then
    raise exception 'not-of-purpose' using errcode = 'AV002';
  end if;
  insert into vault.box (person_id, class, part, item, version, sealed)
    select p_person, x.class, x.part, x.item, x.version, decode(x.sealed, 'base64')
    from jsonb_to_recordset(p_boxes) as x(class text, part text, item text, version integer, sealed text);
end $$;

create function vault.log(p_person uuid, p_log uuid, p_kind text, p_purpose text, p_role text, p_actor text, p_parts text[], p_ref text)
  returns text language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if p_kind not in ('reveal', 'write') or coalesce(cardinality(p_parts), 0) = 0 then return 'not-of-purpose'; end if;
  if not exists (select from vault.login_purpose l where l.login = session_user and l.purpose = p_purpose) then return 'not-of-purpose'; end if;
  if exists (select from unnest(p_parts) as t(part) where not exists (
    select from vault.purpose_part q where q.purpose = p_purpose and q.part = t.part)) then return 'not-of-purpose'; end if;
  if not exists (select from vault.basis b where b.person_id = p_person and b.purpose = p_purpose and vault.live(b)) then return 'no-ground'; end if;
  insert into vault.access_log (person_id, log_id, at, kind, role, actor, purpose, parts, ref, login, xid)
    values (p_person, p_log, vault.now(), p_kind, p_role, p_actor, p_purpose, p_parts, p_ref, session_user, pg_current_xact_id());
  return 'logged';
end $$;

-- Gives boxes only for a log row that is already committed, is this login's own, and is at most a minute old.
create function vault.reveal(p_person uuid, p_log uuid, p_items text[])
  returns table (class text, part text, item text, version integer, sealed bytea)
  language sql security definer set search_path = pg_catalog, pg_temp as $$
  select b.class, b.part, b.item, b.version, b.sealed
  from vault.access_log l
  join vault.box b on b.person_id = l.person_id and b.part = any (l.parts)
  join vault.purpose_part q on q.purpose = l.purpose and q.class = b.class and q.part = b.part
  where l.person_id = p_person and l.log_id = p_log and l.kind = 'reveal' and l.login = session_user
    and pg_xact_status(l.xid) = 'committed'
    and l.at > vault.now() - interval '1 minute'
    and (b.item = any (p_items) or '*' = any (p_items))
    and exists (select from vault.basis g where g.person_id = l.person_id and g.purpose = l.purpose and vault.live(g)) $$;

create function vault.mark(p_person uuid, p_purposes text[], p_event timestamptz) returns void
  language sql security definer set search_path = pg_catalog, pg_temp as $$
  update vault.basis b set event_at = p_event, until = p_event + c.period
  from vault.purpose_clock c
  where b.person_id = p_person and b.purpose = any (p_purposes) and c.purpose = b.purpose and b.event_at is null $$;

create function vault.may(p_person uuid, p_purpose text) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select from vault.basis b where b.person_id = p_person and b.purpose = p_purpose and vault.live(b)) $$;

create function vault.held(p_person uuid)
  returns table (purpose text, legal_basis text, notice integer, channel text, since timestamptz, until timestamptz, withdrawn_at timestamptz, class text, parts text[])
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select b.purpose, b.legal_basis, b.notice, b.channel, b.since,
    least(b.until, b.event_at + c.period), b.withdrawn_at, c.class,
    array(select distinct x.part from vault.box x join vault.purpose_part q on q.purpose = b.purpose and q.class = x.class and q.part = x.part
          where x.person_id = b.person_id and x.class = c.class order by 1)
  from vault.basis b join vault.purpose_clock c on c.purpose = b.purpose
  where b.person_id = p_person order by b.since, b.purpose $$;

create function vault.looks(p_person uuid)
  returns table (at timestamptz, kind text, role text, purpose text, parts text[], ref text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select l.at, l.kind, l.role, l.purpose, l.parts, l.ref from vault.access_log l
  where l.person_id = p_person or p_person = any (l.subjects) order by l.at desc $$;

create function vault.known(p_persons uuid[]) returns setof uuid
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.person_id from vault.person p where p.person_id = any (p_persons) $$;

create function vault.classes(p_person uuid) returns text[]
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select array(select distinct b.class from vault.box b where b.person_id = p_person order by 1) $$;

create function vault.erase(p_person uuid, p_log uuid, p_classes text[], p_role text, p_actor text, p_ref text) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  -- Grounds first: whoever adds a box holds them, so no box can come after we have looked for boxes.
  perform from vault.person p where p.person_id = p_person for update;
  delete from vault.basis b using vault.purpose_clock c
    where b.person_id = p_person and c.purpose = b.purpose and (c.class = any (p_classes) or b.purpose = 'rights');
  delete from vault.box b where b.person_id = p_person and b.class = any (p_classes);
  if not exists (select from vault.box b where b.person_id = p_person) then
    delete from vault.basis b where b.person_id = p_person;
    delete from vault.person p where p.person_id = p_person;
  end if;
  insert into vault.access_log (person_id, log_id, at, kind, role, actor, purpose, parts, ref, login, xid)
    values (p_person, p_log, vault.now(), 'erase', p_role, p_actor, 'rights', p_classes, p_ref, session_user, pg_current_xact_id())
    on conflict do nothing;
end $$;

-- Each day's rows are hashed onto the day before, so that a changed row shows. A day is closed when an hour of the next has
-- passed: a row that was stamped before midnight and committed after it would look like one that was put in later.
create function vault.day_hash(p_prev bytea, p_day date) returns table (rows integer, hash bytea)
  language sql stable set search_path = pg_catalog, pg_temp as $$
  select count(*)::integer, sha256(p_prev || convert_to(p_day::text || coalesce(string_agg(
    concat_ws('|', l.person_id, l.log_id, extract(epoch from l.at), l.kind, l.role, l.actor, l.purpose, l.parts, l.ref, l.subjects, l.login),
    E'\n' order by l.log_id), ''), 'UTF8'))
  from vault.access_log l
  where l.at >= p_day::timestamp at time zone 'UTC' and l.at < (p_day + 1)::timestamp at time zone 'UTC' $$;

create function vault.seal_days() returns integer
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare last vault.log_root; sealed integer := 0; day_rows integer; day_sum bytea;
begin
  lock table vault.log_root in share row exclusive mode;
  loop
    select * into last from vault.log_root r order by r.day desc limit 1;
    exit when last.day + 1 >= ((vault.now() - interval '1 hour') at time zone 'UTC')::date;
    select h.rows, h.hash into day_rows, day_sum from vault.day_hash(last.hash, last.day + 1) h;
    insert into vault.log_root (day, rows, prev, hash) values (last.day + 1, day_rows, last.hash, day_sum);
    sealed := sealed + 1;
  end loop;
  return sealed;
end $$;

create function vault.root() returns table (day date, hash bytea)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select r.day, r.hash from vault.log_root r order by r.day desc limit 1 $$;

-- The first day that does not agree with its root, whose root does not follow the one before, or that lies before the first root.
create function vault.first_altered_day() returns date
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

-- What shows that the promises hold, asked of the sealed data itself. Each answers with numbers and days, never with a box.
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

create function vault.box_parts() returns table (class text, part text, boxes bigint)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select b.class, b.part, count(*) from vault.box b group by 1, 2 order by 1, 2 $$;

create function vault.basis_notices() returns table (notice integer, grounds bigint)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select b.notice, count(*) from vault.basis b group by 1 order by 1 $$;

-- Whether the store with this mark is the database's own. The first one is taken, unless it holds keys and nobody is known here.
create function vault.key_store_is(p_mark bytea, p_empty boolean) returns boolean
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if p_empty or exists (select from vault.person p) then
    insert into vault.key_store (mark) values (p_mark) on conflict do nothing;
  end if;
  return exists (select from vault.key_store k where k.mark = p_mark);
end $$;

-- The chain begins the day before the installation, with a root over nothing.
insert into vault.log_root (day, rows, prev, hash)
  values ((now() at time zone 'UTC')::date - 1, -1, ''::bytea, sha256(convert_to('Avow access log, first day', 'UTF8')));

revoke all on all functions in schema vault from public;
grant usage on schema vault to avow_app;
grant execute on function
  vault.collect(uuid, jsonb, jsonb), vault.log(uuid, uuid, text, text, text, text, text[], text), vault.reveal(uuid, uuid, text[]),
  vault.mark(uuid, text[], timestamptz), vault.may(uuid, text), vault.held(uuid), vault.looks(uuid), vault.known(uuid[]), vault.classes(uuid),
  vault.erase(uuid, uuid, text[], text, text, text), vault.seal_days(), vault.root(), vault.first_altered_day(), vault.looks_since(timestamptz),
  vault.boxes_checked(), vault.boxes_beyond(text, text, text[]), vault.box_parts(), vault.basis_notices(), vault.key_store_is(bytea, boolean)
  to avow_app;
alter default privileges for role avow_vault revoke execute on functions from public;

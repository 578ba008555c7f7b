-- Links for the new ways in: what a link is about is the id of a ticket, a question, a consent.
alter table link drop constraint link_kind_check;
alter table link add constraint link_kind_check check (kind in ('return', 'order', 'privacy', 'privacySession', 'staff',
  'register', 'copies', 'ticket', 'news', 'stop', 'survey', 'asked'));
alter table link add column subject_id uuid;
create index link_subject on link (subject_id) where subject_id is not null;

set local role avow_vault;

alter table vault.box drop constraint box_class_check;
alter table vault.box add constraint box_class_check check (class in ('contract', 'relation', 'tax', 'case', 'answer'));

-- Texts, in passages: each is sealed under a key of its own, and that key is wrapped for each person concerned. Whoever is
-- erased loses their wrapped keys only, so what concerns somebody else too stays readable for them.
create table vault.text (
  text_id uuid not null,
  passage integer not null,
  sealed bytea not null,
  primary key (text_id, passage)
);
create table vault.text_key (
  person_id uuid not null,
  class text not null check (class in ('contract', 'relation', 'tax', 'case', 'answer')),
  text_id uuid not null,
  passage integer not null,
  wrapped bytea not null,
  primary key (person_id, class, text_id, passage)
);
create index text_key_text on vault.text_key (text_id, passage);

-- Who may look for a purpose, by role. Made from the policy at every start.
create table vault.purpose_opener (purpose text, role text, primary key (purpose, role));

create index access_log_subjects on vault.access_log using gin (subjects) where subjects is not null;

-- Whether no rule allows a look or a write, whoever it is about: the purpose is not this login's, the role is not beside the
-- purpose, or the purpose does not need the parts.
create function vault.is_beyond(p_kind text, p_purpose text, p_role text, p_parts text[]) returns boolean
  language sql stable set search_path = pg_catalog, pg_temp as $$
  select p_kind not in ('reveal', 'write') or coalesce(cardinality(p_parts), 0) = 0
    or not exists (select from vault.login_purpose l where l.login = session_user and l.purpose = p_purpose)
    or p_kind = 'reveal' and not exists (select from vault.purpose_opener o where o.purpose = p_purpose and o.role = p_role)
    or exists (select from unnest(p_parts) as t(part) where not exists (
      select from vault.purpose_part q where q.purpose = p_purpose and q.part = t.part)) $$;

create or replace function vault.log(p_person uuid, p_log uuid, p_kind text, p_purpose text, p_role text, p_actor text, p_parts text[], p_ref text)
  returns text language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if vault.is_beyond(p_kind, p_purpose, p_role, p_parts) then return 'not-of-purpose'; end if;
  if not vault.may(p_person, p_purpose) then return 'no-ground'; end if;
  insert into vault.access_log (person_id, log_id, at, kind, role, actor, purpose, parts, ref, login, xid)
    values (p_person, p_log, vault.now(), p_kind, p_role, p_actor, p_purpose, p_parts, p_ref, session_user, pg_current_xact_id());
  return 'logged';
end $$;

-- One row for a page of many persons. It names those who have a live ground, and only those are given. Answers the first of them,
-- under whom the row stands.
create function vault.log_many(p_persons uuid[], p_log uuid, p_purpose text, p_role text, p_actor text, p_parts text[], p_ref text)
  returns text language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare allowed uuid[];
begin
  if vault.is_beyond('reveal', p_purpose, p_role, p_parts) then return 'not-of-purpose'; end if;
  allowed := array(select distinct b.person_id from vault.basis b
    where b.person_id = any (p_persons) and b.purpose = p_purpose and vault.live(b) order by 1);
  if cardinality(allowed) = 0 then return 'no-ground'; end if;
  insert into vault.access_log (person_id, log_id, at, kind, role, actor, purpose, parts, ref, subjects, login, xid)
    values (allowed[1], p_log, vault.now(), 'reveal', p_role, p_actor, p_purpose, p_parts, p_ref, allowed, session_user, pg_current_xact_id());
  return allowed[1]::text;
end $$;

create function vault.reveal_many(p_first uuid, p_log uuid)
  returns table (person_id uuid, class text, part text, item text, version integer, sealed bytea)
  language sql security definer set search_path = pg_catalog, pg_temp as $$
  select b.person_id, b.class, b.part, b.item, b.version, b.sealed
  from vault.access_log l
  cross join lateral unnest(l.subjects) as s(person_id)
  join vault.box b on b.person_id = s.person_id and b.part = any (l.parts) and b.item = ''
  join vault.purpose_part q on q.purpose = l.purpose and q.class = b.class and q.part = b.part
  where l.person_id = p_first and l.log_id = p_log and l.kind = 'reveal' and l.login = session_user
    and pg_xact_status(l.xid) = 'committed'
    and l.at > vault.now() - interval '1 minute' $$;

-- Passages and the keys to them. Each person must have a ground that may hold a text in that class; an erasure waits for us or we for it.
create function vault.write_text(p_texts jsonb, p_keys jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform from vault.person p where p.person_id in (
    select x.person_id from jsonb_to_recordset(p_keys) as x(person_id uuid)) order by p.person_id for share;
  if exists (select from jsonb_to_recordset(p_keys) as x(person_id uuid, class text) where not exists (
    select from vault.basis b join vault.purpose_part q on q.purpose = b.purpose and q.class = x.class and q.part = 'message'
    where b.person_id = x.person_id)) then
    raise exception 'person-gone' using errcode = 'AV001';
  end if;
  insert into vault.text (text_id, passage, sealed)
    select x.text_id, x.passage, decode(x.sealed, 'base64') from jsonb_to_recordset(p_texts) as x(text_id uuid, passage integer, sealed text);
  insert into vault.text_key (person_id, class, text_id, passage, wrapped)
    select x.person_id, x.class, x.text_id, x.passage, decode(x.wrapped, 'base64')
    from jsonb_to_recordset(p_keys) as x(person_id uuid, class text, text_id uuid, passage integer, wrapped text)
    on conflict do nothing;
  if exists (select from jsonb_to_recordset(p_texts) as x(text_id uuid, passage integer) where not exists (
    select from vault.text_key k where k.text_id = x.text_id and k.passage = x.passage)) then
    raise exception 'text-without-person' using errcode = 'AV002';
  end if;
end $$;

create function vault.reveal_text(p_person uuid, p_log uuid, p_texts uuid[])
  returns table (class text, text_id uuid, passage integer, wrapped bytea, sealed bytea)
  language sql security definer set search_path = pg_catalog, pg_temp as $$
  select k.class, k.text_id, k.passage, k.wrapped, t.sealed
  from vault.access_log l
  join vault.text_key k on k.person_id = l.person_id
  join vault.text t on t.text_id = k.text_id and t.passage = k.passage
  join vault.purpose_part q on q.purpose = l.purpose and q.class = k.class and q.part = 'message'
  where l.person_id = p_person and l.log_id = p_log and l.kind = 'reveal' and l.login = session_user
    and 'message' = any (l.parts)
    and pg_xact_status(l.xid) = 'committed'
    and l.at > vault.now() - interval '1 minute'
    and (p_texts is null or k.text_id = any (p_texts))
    and exists (select from vault.basis g where g.person_id = l.person_id and g.purpose = l.purpose and vault.live(g))
  order by k.text_id, k.passage $$;

-- Which passages some texts have, and whom each concerns: ids only.
create function vault.text_persons(p_texts uuid[])
  returns table (text_id uuid, passage integer, person_id uuid, class text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select k.text_id, k.passage, k.person_id, k.class from vault.text_key k where k.text_id = any (p_texts) order by 1, 2, 3 $$;

-- Takes a passage away from one person, or from everybody. One that nobody can read any more goes.
create function vault.drop_passage(p_person uuid, p_text uuid, p_passages integer[]) returns integer
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare gone integer;
begin
  delete from vault.text_key k where k.text_id = p_text and k.passage = any (p_passages) and (p_person is null or k.person_id = p_person);
  delete from vault.text t where t.text_id = p_text and t.passage = any (p_passages)
    and not exists (select from vault.text_key k where k.text_id = t.text_id and k.passage = t.passage);
  get diagnostics gone = row_count;
  return gone;
end $$;

-- A corrected group takes the place of the one that was read; of two who correct at once, one has to look again.
create function vault.correct(p_person uuid, p_boxes jsonb) returns boolean
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare done integer; wanted integer := jsonb_array_length(p_boxes);
begin
  perform from vault.person p where p.person_id = p_person for share;
  if not found then raise exception 'person-gone' using errcode = 'AV001'; end if;
  if exists (select from jsonb_to_recordset(p_boxes) as x(class text, part text) where not exists (
    select from vault.basis b join vault.purpose_part q on q.purpose = b.purpose and q.class = x.class and q.part = x.part
    where b.person_id = p_person)) then
    raise exception 'not-of-purpose' using errcode = 'AV002';
  end if;
  with changed as (
    insert into vault.box (person_id, class, part, item, version, sealed)
      select p_person, x.class, x.part, '', x.version, decode(x.sealed, 'base64')
      from jsonb_to_recordset(p_boxes) as x(class text, part text, version integer, sealed text)
      on conflict (person_id, class, part, item) do update set version = excluded.version, sealed = excluded.sealed
        where vault.box.version = excluded.version - 1
      returning 1)
  select count(*) into done from changed;
  return done = wanted;
end $$;

create function vault.withdraw(p_person uuid, p_purposes text[]) returns integer
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare done integer;
begin
  update vault.basis b set withdrawn_at = vault.now()
    where b.person_id = p_person and b.purpose = any (p_purposes) and b.withdrawn_at is null;
  get diagnostics done = row_count;
  return done;
end $$;

-- A case that is opened again has no end for now.
create function vault.unmark(p_person uuid, p_purposes text[]) returns void
  language sql security definer set search_path = pg_catalog, pg_temp as $$
  update vault.basis b set event_at = null, until = null
  where b.person_id = p_person and b.purpose = any (p_purposes) $$;

create or replace function vault.held(p_person uuid)
  returns table (purpose text, legal_basis text, notice integer, channel text, since timestamptz, until timestamptz, withdrawn_at timestamptz, class text, parts text[])
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select b.purpose, b.legal_basis, b.notice, b.channel, b.since,
    least(b.until, b.event_at + c.period), b.withdrawn_at, c.class,
    array(select x.part from vault.box x join vault.purpose_part q on q.purpose = b.purpose and q.class = x.class and q.part = x.part
          where x.person_id = b.person_id and x.class = c.class
          union
          select 'message' from vault.text_key k join vault.purpose_part q on q.purpose = b.purpose and q.class = k.class and q.part = 'message'
          where k.person_id = b.person_id and k.class = c.class
          order by 1)
  from vault.basis b join vault.purpose_clock c on c.purpose = b.purpose
  where b.person_id = p_person order by b.since, b.purpose $$;

create or replace function vault.classes(p_person uuid) returns text[]
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select array(select b.class from vault.box b where b.person_id = p_person
    union select k.class from vault.text_key k where k.person_id = p_person order by 1) $$;

create or replace function vault.erase(p_person uuid, p_log uuid, p_classes text[], p_role text, p_actor text, p_ref text) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  -- Grounds first: whoever adds a box or a text holds them, so none can come after we have looked for it.
  perform from vault.person p where p.person_id = p_person for update;
  delete from vault.basis b using vault.purpose_clock c
    where b.person_id = p_person and c.purpose = b.purpose and (c.class = any (p_classes) or b.purpose = 'rights');
  delete from vault.box b where b.person_id = p_person and b.class = any (p_classes);
  with gone as (
    delete from vault.text_key k where k.person_id = p_person and k.class = any (p_classes) returning k.text_id, k.passage)
  delete from vault.text t using gone g where t.text_id = g.text_id and t.passage = g.passage
    and not exists (select from vault.text_key k where k.text_id = t.text_id and k.passage = t.passage
      and not (k.person_id = p_person and k.class = any (p_classes)));
  if cardinality(vault.classes(p_person)) = 0 then
    delete from vault.basis b where b.person_id = p_person;
    delete from vault.person p where p.person_id = p_person;
  end if;
  insert into vault.access_log (person_id, log_id, at, kind, role, actor, purpose, parts, ref, login, xid)
    values (p_person, p_log, vault.now(), 'erase', p_role, p_actor, 'rights', p_classes, p_ref, session_user, pg_current_xact_id())
    on conflict do nothing;
end $$;

revoke all on all functions in schema vault from public;
grant execute on function
  vault.log_many(uuid[], uuid, text, text, text, text[], text), vault.reveal_many(uuid, uuid), vault.write_text(jsonb, jsonb),
  vault.reveal_text(uuid, uuid, uuid[]), vault.text_persons(uuid[]), vault.drop_passage(uuid, uuid, integer[]), vault.correct(uuid, jsonb),
  vault.withdraw(uuid, text[]), vault.unmark(uuid, text[])
  to avow_app;

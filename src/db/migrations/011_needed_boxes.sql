-- A sealed group is only taken in when a ground of its person needs it, so that not even injected SQL can keep more than
-- the purposes call for under a name that a purpose has.
set local role avow_vault;

create or replace function vault.collect(p_person uuid, p_boxes jsonb, p_bases jsonb) returns void
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

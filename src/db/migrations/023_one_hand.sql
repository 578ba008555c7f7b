-- A passage is handed on by one hand.
set local role avow_vault;

-- How many of some passages a person has, held until the transaction ends: of two who would hand them on at once, the second finds none.
create function vault.hold_passages(p_person uuid, p_text uuid, p_passages integer[]) returns integer
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare held integer;
begin
  perform from vault.text_key k where k.text_id = p_text and k.passage = any (p_passages) and k.person_id = p_person for update;
  get diagnostics held = row_count;
  return held;
end $$;

revoke all on function vault.hold_passages(uuid, uuid, integer[]) from public;
grant execute on function vault.hold_passages(uuid, uuid, integer[]) to avow_app;

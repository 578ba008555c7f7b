-- Which key store this database belongs to. With another one every look would find nothing, and the sweep of keys without
-- a person would take all of them for orphans. The mark is a keyed hash: it says nothing of the keys.
set local role avow_vault;

create table vault.key_store (
  one boolean primary key default true check (one),
  mark bytea not null
);

-- Whether the store with this mark is the database's own. The first one is taken, unless it holds keys and nobody is known here.
create function vault.key_store_is(p_mark bytea, p_empty boolean) returns boolean
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if p_empty or exists (select from vault.person p) then
    insert into vault.key_store (mark) values (p_mark) on conflict do nothing;
  end if;
  return exists (select from vault.key_store k where k.mark = p_mark);
end $$;

revoke all on function vault.key_store_is(bytea, boolean) from public;
grant execute on function vault.key_store_is(bytea, boolean) to avow_app;

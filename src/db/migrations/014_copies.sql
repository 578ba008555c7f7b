-- A copy that was sold elsewhere is a licence without an order. Its serial number is kept like a key: as a keyed hash, with its
-- last letters for people. What product it is of is known by id from here on; older rows are told by their name.
alter table licence alter column order_id drop not null;
alter table licence alter column unit drop not null;
alter table licence add column product_id text;
alter table licence add constraint licence_piece check ((order_id is null) = (unit is null));
create index licence_key_hash on licence (key_hash);

-- The vendor's own list of serial numbers that were sold elsewhere, each once.
create table serial (
  key_hash bytea primary key check (octet_length(key_hash) = 32),
  licence_id uuid not null unique,
  source text not null check (source in ('box', 'reseller', 'swreg', 'regnow')),
  loaded_at timestamptz not null
);

-- Somebody asked to be recorded as an owner and has not said so by the mailed link yet. It ends by itself.
create table registration (
  registration_id uuid primary key,
  licence_id uuid not null,
  person_id uuid not null,
  asked_at timestamptz not null,
  ends_at timestamptz not null
);
create index registration_licence on registration (licence_id);
create index registration_person on registration (person_id);
create index registration_ends on registration (ends_at);

set local role avow_vault;

-- What was taken over from an order can only be compared with an order that is still known; whoever registers a copy from elsewhere
-- is asked by the registration itself.
drop function vault.boxes_beyond(text, text, text[]);
create function vault.boxes_beyond(p_class text, p_part text, p_purposes text[], p_beside text[]) returns bigint
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(*) from vault.box b where b.class = p_class and b.part = p_part and b.item = ''
    and exists (select from vault.basis g where g.person_id = b.person_id and g.purpose = any (p_beside))
    and not exists (select from vault.basis g where g.person_id = b.person_id and g.purpose = any (p_purposes)) $$;
revoke all on function vault.boxes_beyond(text, text, text[], text[]) from public;
grant execute on function vault.boxes_beyond(text, text, text[], text[]) to avow_app;

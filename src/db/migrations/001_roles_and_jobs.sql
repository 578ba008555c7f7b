-- Three roles. The owner migrates; avow_vault owns what is personal and cannot sign in; avow_app owns nothing.
-- Where the owner may not make roles, an administrator makes them first (see docs/postgresql.md).
do $$
begin
  if not exists (select from pg_roles where rolname = 'avow_vault') then create role avow_vault nologin; end if;
  if not exists (select from pg_roles where rolname = 'avow_app') then create role avow_app nologin; end if;
  if not pg_has_role(current_user, 'avow_vault', 'member') then execute format('grant avow_vault to %I', current_user); end if;
end $$;

revoke create on schema public from public;
-- A temporary type can stand before a real one in a search path, and nobody here has a use for temporary things.
do $$ begin execute format('revoke temporary on database %I from public', current_database()); end $$;
grant usage on schema public to avow_app;
create schema vault authorization avow_vault;

-- Work to do, once: the key is unique, a done row stays, so an effect can never be asked for twice.
create table job (
  job_id uuid primary key,
  key text not null unique,
  kind text not null,
  ids jsonb not null,
  person_id uuid,
  run_at timestamptz not null,
  leased_until timestamptz,
  tries integer not null default 0,
  because text,
  done_at timestamptz
);
create index job_due on job (run_at, job_id) where done_at is null;
create index job_person on job (person_id) where person_id is not null;

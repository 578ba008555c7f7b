-- A function that leaves pg_temp out of its search_path is given it first, for tables and types. Whoever may make a
-- temporary type "text" would then run their own code with the rights of avow_vault. So pg_temp is named, and named last,
-- and the app's login, which has no use for temporary things, may not make them.
set local role avow_vault;
alter function vault.now() set search_path = pg_catalog, pg_temp;
alter function vault.live(vault.basis) set search_path = pg_catalog, pg_temp;
alter function vault.day_hash(bytea, date) set search_path = pg_catalog, pg_temp;
reset role;
do $$ begin execute format('revoke temporary on database %I from public', current_database()); end $$;

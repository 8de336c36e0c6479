-- Who may call what over Supabase's API: the service role, and the public roles only while there
-- is a key for them to send. Elsewhere these roles do not exist, and the owner calls directly.
create function scooty_private.grant_functions() returns void
language plpgsql
set search_path = scooty_private, pg_catalog, pg_temp
as $$
declare
  caller text;
begin
  revoke execute on all functions in schema scooty, scooty_private, scooty_api from public;
  for caller in
    select rolname from pg_roles where rolname in ('anon', 'authenticated', 'service_role')
  loop
    execute format(
      'revoke all on all tables in schema scooty_private from %1$I;'
      'revoke all on all functions in schema scooty, scooty_private, scooty_api from %1$I;'
      'revoke all on schema scooty, scooty_private, scooty_api from %1$I',
      caller
    );
    if caller = 'service_role' or caller = 'anon' and exists (
      select from api_keys k where k.retired_at is null
    ) then
      execute format(
        'grant usage on schema scooty_api to %1$I;'
        'grant execute on all functions in schema scooty_api to %1$I',
        caller
      );
    end if;
  end loop;
end
$$;

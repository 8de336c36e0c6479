-- Proves that the functions are there and callable; the one function without a guild.
create function scooty.health() returns jsonb
language sql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
  select jsonb_build_object('at', clock_timestamp());
$$;

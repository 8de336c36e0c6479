-- Which migrations this database has had, for a program that cannot look into its tables.
create function scooty.schema_history() returns jsonb
language sql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
  select coalesce(
    jsonb_agg(jsonb_build_array(m.number, m.name, m.checksum) order by m.number), '[]'
  )
  from migrations m;
$$;

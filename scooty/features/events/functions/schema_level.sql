-- Which migration a guild's database had last.
create function scooty.schema_level(guild_id bigint) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
begin
  return (select jsonb_build_object('number', max(m.number)) from migrations m);
end
$$;

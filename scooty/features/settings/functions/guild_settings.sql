-- A team's settings; those of a team that has set none are there all the same, all empty.
create function scooty.guild_settings(guild_id bigint) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
begin
  return jsonb_build_object('outcome', 'settings', 'settings', settings_object(guild_id));
end
$$;

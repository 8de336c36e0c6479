-- The archetype of a name, as its captains see it.
create function scooty.read_archetype(guild_id bigint, name_key text, word_key text) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
declare
  named archetypes := find_archetype(guild_id, name_key, word_key);
begin
  if named.id is null then
    return archetype_refusal(guild_id, name_key);
  end if;
  return jsonb_build_object('outcome', 'known', 'archetype', archetype_object(guild_id, named));
end
$$;

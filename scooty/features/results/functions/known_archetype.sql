-- The archetype of that name that the guild may report, or else one that it retired: earlier events
-- were played with it.
create function scooty_private.known_archetype(guild_id bigint, name_key text, word_key text)
returns scooty_private.archetypes
language plpgsql stable
as $$
#variable_conflict use_column
declare
  found_archetype archetypes := find_archetype(guild_id, name_key, word_key);
begin
  if found_archetype.id is null then
    return retired_archetype(guild_id, name_key);
  end if;
  return found_archetype;
end
$$;

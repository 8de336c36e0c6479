-- /archetype add: an archetype of the guild's own, found by all of `names`: each a key and the same words
-- in order.
create function scooty.add_archetype(
  guild_id bigint, request_id bigint, member_id bigint, name text, names jsonb,
  colours text, formats jsonb, emoji text, display_colour bigint
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  known jsonb := begin_request(guild_id, request_id);
  taken jsonb;
  added archetypes;
begin
  if known is not null then
    return known;
  end if;
  perform hold_archetypes(guild_id, true);
  taken := names_taken(
    guild_id, array(select e->>'name_key' from jsonb_array_elements(names) e)
  );
  if taken is not null then
    return taken;
  end if;

  insert into archetypes as a (guild_id, name, colours, formats, emoji, display_colour)
  values (
    add_archetype.guild_id, add_archetype.name, add_archetype.colours,
    array(select jsonb_array_elements_text(add_archetype.formats)),
    add_archetype.emoji, add_archetype.display_colour
  ) returning a.* into added;
  insert into archetype_names (guild_id, name_key, word_key, archetype_id)
  select added.guild_id, k->>'name_key', k->>'word_key', added.id
  from jsonb_array_elements(add_archetype.names) k;
  return end_request(
    guild_id, request_id, member_id, 'archetype_add', added.id,
    jsonb_build_object('archetype', added.name),
    jsonb_build_object('outcome', 'added', 'archetype', archetype_object(guild_id, added))
  );
end
$$;

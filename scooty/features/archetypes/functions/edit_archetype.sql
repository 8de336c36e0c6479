-- /archetype edit: change what `changes` names. A new name takes the former one's place, and the former
-- one still leads to the archetype.
create function scooty.edit_archetype(
  guild_id bigint, request_id bigint, member_id bigint, name_key text, word_key text, changes jsonb
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  known jsonb := begin_request(guild_id, request_id);
  taken jsonb;
  edited archetypes;
  former text;
begin
  if known is not null then
    return known;
  end if;
  perform hold_archetypes(guild_id, true);
  edited := find_archetype(guild_id, name_key, word_key);
  if edited.id is null then
    return archetype_refusal(guild_id, name_key);
  end if;
  taken := names_taken(guild_id, array[changes->>'name_key'], edited.id);
  if taken is not null then
    return taken;
  end if;

  former := edited.name;
  edited := own_archetype(guild_id, edited.guild_id, edited.id);
  insert into archetype_names (guild_id, name_key, word_key, archetype_id)
  select edited.guild_id, changes->>'name_key', changes->>'word_key', edited.id
  where changes ? 'name_key'
  on conflict (guild_id, name_key) do nothing;
  update archetypes a set
    name = coalesce(changes->>'name', a.name),
    colours = coalesce(changes->>'colours', a.colours),
    formats = case when changes ? 'formats'
      then array(select jsonb_array_elements_text(changes->'formats')) else a.formats end,
    emoji = case when changes ? 'emoji' then changes->>'emoji' else a.emoji end,
    display_colour = case when changes ? 'display_colour'
      then (changes->>'display_colour')::integer else a.display_colour end
  where a.guild_id = edited.guild_id and a.id = edited.id
  returning a.* into edited;
  return end_request(
    guild_id, request_id, member_id, 'archetype_edit', edited.id,
    jsonb_build_object('archetype', edited.name, 'former', former),
    jsonb_build_object(
      'outcome', 'edited', 'former', former, 'archetype', archetype_object(guild_id, edited)
    )
  );
end
$$;

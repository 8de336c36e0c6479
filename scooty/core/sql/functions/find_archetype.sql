-- The archetype of that name or alias among those that the guild may report; its own comes before the
-- starter set's. Another order of the words will do when it is unambiguous.
create function scooty_private.find_archetype(guild_id bigint, name_key text, word_key text)
returns scooty_private.archetypes
language plpgsql stable
as $$
#variable_conflict use_column
declare
  found_archetype archetypes;
  candidates integer;
begin
  -- One of the starter set is not the guild's where it has one of its own in that one's place.
  select a.* into found_archetype from archetype_names n
  join archetypes a on a.guild_id = n.guild_id and a.id = n.archetype_id
  where n.guild_id in (0, find_archetype.guild_id) and n.name_key = find_archetype.name_key
    and a.retired_at is null
    and (a.guild_id <> 0 or not exists (
      select from archetypes own
      where own.guild_id = find_archetype.guild_id and own.starter_id = a.id
      offset 0  -- or all of them would be read to be hashed
    ))
  order by n.guild_id desc limit 1;
  if found then
    return found_archetype;
  end if;

  select count(distinct n.archetype_id), min(n.archetype_id) into candidates, found_archetype.id
  from archetype_names n
  join offered_archetypes(find_archetype.guild_id) a
    on a.guild_id = n.guild_id and a.id = n.archetype_id
  where n.guild_id in (0, find_archetype.guild_id) and n.word_key = find_archetype.word_key;
  if candidates <> 1 then
    return null;
  end if;
  select a.* into found_archetype from archetypes a
  where a.guild_id in (0, find_archetype.guild_id) and a.id = found_archetype.id;
  return found_archetype;
end
$$;

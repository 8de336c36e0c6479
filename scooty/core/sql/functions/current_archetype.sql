-- What an id means by now that may come from a message of any age: the guild's own in place of one of
-- the starter set, and the one into which it was merged. No id when it is retired, or nobody's.
create function scooty_private.current_archetype(guild_id bigint, archetype_id bigint)
returns scooty_private.archetypes
language sql stable
as $$
  select offered
  from archetypes meant
  left join archetypes own on meant.guild_id = 0
    and own.guild_id = current_archetype.guild_id and own.starter_id = meant.id
  join offered_archetypes(current_archetype.guild_id) offered
    on offered.id = coalesce(own.merged_into, own.id, meant.merged_into, meant.id)
  where meant.guild_id in (0, current_archetype.guild_id)
    and meant.id = current_archetype.archetype_id
  limit 1;
$$;

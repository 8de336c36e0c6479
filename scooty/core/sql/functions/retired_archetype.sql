-- The guild's own archetype of that name which it retired; no id when there is none.
create function scooty_private.retired_archetype(guild_id bigint, name_key text)
returns scooty_private.archetypes
language sql stable
as $$
  select a
  from archetype_names n
  join archetypes a on a.guild_id = n.guild_id and a.id = n.archetype_id
  where n.guild_id = retired_archetype.guild_id and n.name_key = retired_archetype.name_key
    and a.retired_at is not null
  limit 1;
$$;

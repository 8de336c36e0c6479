-- The archetypes that a guild may report: its own, and those of the starter set of which it has none
-- of its own in their place. Retired ones are neither offered nor found.
create function scooty_private.offered_archetypes(guild_id bigint)
returns setof scooty_private.archetypes
language sql stable
as $$
  select a.* from archetypes a
  where a.guild_id in (0, offered_archetypes.guild_id) and a.retired_at is null
    and not exists (
      select from archetypes own
      where a.guild_id = 0 and own.guild_id = offered_archetypes.guild_id and own.starter_id = a.id
    );
$$;

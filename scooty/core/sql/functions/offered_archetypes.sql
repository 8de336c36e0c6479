-- The archetypes that a guild may report: its own, and those of the starter set of which it has none
-- of its own in their place. Retired ones are neither offered nor found.
--
-- In PL/pgSQL, so that it is one step of a query that calls it and done once: as a part of that query
-- it was done again for every name when no statistics were there to tell how many there are.
create function scooty_private.offered_archetypes(guild_id bigint)
returns setof scooty_private.archetypes
language plpgsql stable rows 200
as $$
begin
  return query
  select a.* from archetypes a
  where a.guild_id in (0, offered_archetypes.guild_id) and a.retired_at is null
    and (a.guild_id <> 0 or not exists (
      select from archetypes own
      where own.guild_id = offered_archetypes.guild_id and own.starter_id = a.id
    ));
end
$$;

-- What is shown of every archetype that plays in an event, or that the team has a result with or
-- against in any.
create function scooty_private.archetypes_met(guild_id bigint, event_id bigint) returns jsonb
language plpgsql stable
as $$
#variable_conflict use_column
begin
  return (
    select coalesce(jsonb_agg(archetype_facts(a) order by a.id), '[]')
    from archetypes a
    where a.guild_id in (0, archetypes_met.guild_id) and a.id in (
      select c.archetype_id
      from event_players p
      join reports c on c.guild_id = p.guild_id and c.id = p.consensus_report_id
      where p.guild_id = archetypes_met.guild_id and p.event_id = archetypes_met.event_id
      union
      select unnest(array[m.ours, m.theirs]) from matches_played(archetypes_met.guild_id, null) m
    )
  );
end
$$;

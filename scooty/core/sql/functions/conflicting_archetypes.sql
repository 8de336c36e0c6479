-- Names of what else than an archetype was reported of a player in an event, most reported first.
create function scooty_private.conflicting_archetypes(
  guild_id bigint, event_id bigint, player_id bigint, archetype_id bigint, also bigint
) returns jsonb
language sql stable
as $$
  select coalesce(jsonb_agg(o.name order by o.reports desc, o.newest_id desc), '[]')
  from (
    select a.name, count(*) as reports, max(r.id) as newest_id
    from reports r
    join archetypes a on a.guild_id = r.archetype_guild_id and a.id = r.archetype_id
    where r.guild_id = conflicting_archetypes.guild_id
      and r.event_id = conflicting_archetypes.event_id
      and r.player_id = conflicting_archetypes.player_id
      and r.archetype_id <> conflicting_archetypes.archetype_id
      and (r.undone_at is null or r.id = conflicting_archetypes.also)
    group by a.name
  ) o;
$$;

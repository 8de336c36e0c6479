-- How much a guild has on an archetype: the reports that count, of how many players, in how many events.
create function scooty_private.archetype_extent(guild_id bigint, archetype_id bigint) returns jsonb
language sql stable
as $$
  select jsonb_build_object(
    'reports', count(*),
    'players', count(distinct r.player_id),
    'events', count(distinct r.event_id)
  )
  from reports r
  where r.guild_id = archetype_extent.guild_id and r.archetype_id = archetype_extent.archetype_id
    and r.undone_at is null;
$$;

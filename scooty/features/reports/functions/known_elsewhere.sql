-- What a guild knew of a player in the last three of its other events.
create function scooty_private.known_elsewhere(guild_id bigint, event_id bigint, player_id bigint)
returns jsonb
language sql stable
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'event', last.name, 'archetype', a.name, 'confidence', last.confidence
  ) order by last.event_id desc), '[]')
  from (
    select e.id as event_id, e.name, p.consensus_report_id as report_id,
      p.consensus_confidence as confidence
    from event_players p
    join events e on e.guild_id = p.guild_id and e.id = p.event_id
    where p.guild_id = known_elsewhere.guild_id and p.player_id = known_elsewhere.player_id
      and p.event_id <> known_elsewhere.event_id and p.consensus_report_id is not null
    order by e.id desc limit 3
  ) last
  join reports r on r.guild_id = known_elsewhere.guild_id and r.id = last.report_id
  join archetypes a on a.guild_id = r.archetype_guild_id and a.id = r.archetype_id;
$$;

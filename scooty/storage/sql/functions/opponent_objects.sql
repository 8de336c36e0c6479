-- Players of an event with the newest report of each, in the order of their ids in the array.
-- Every step finds its rows by a whole key, so that a plan made without statistics is as good.
create function scooty_private.opponent_objects(guild_id bigint, event_id bigint, player_ids bigint[])
returns jsonb
language plpgsql stable
as $$
#variable_conflict use_column
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
      'player_id', p.id, 'name', p.name, 'archetype', a.name, 'reporter_id', newest.reporter_id,
      'reporter_name', newest.reporter_name, 'report_count', newest.report_count
    ) order by wanted.place), '[]')
    from unnest(opponent_objects.player_ids) with ordinality as wanted (player_id, place)
    cross join lateral (
      select p.id, p.name from players p
      where p.guild_id = opponent_objects.guild_id and p.id = wanted.player_id
      limit 1
    ) p
    cross join lateral (
      select r.archetype_guild_id, r.archetype_id, r.reporter_id, r.reporter_name,
        (
          select e.report_count from event_players e
          where e.guild_id = r.guild_id and e.event_id = r.event_id and e.player_id = r.player_id
        ) as report_count
      from reports r
      where r.guild_id = opponent_objects.guild_id and r.event_id = opponent_objects.event_id
        and r.player_id = wanted.player_id and r.undone_at is null
      order by r.id desc limit 1
    ) newest
    cross join lateral (
      select a.name from archetypes a
      where a.guild_id = newest.archetype_guild_id and a.id = newest.archetype_id
      limit 1
    ) a
  );
end
$$;

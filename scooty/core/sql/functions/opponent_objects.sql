-- Players of an event with the report that says what each plays, in the order of their ids in the array.
-- Of whoever is only on the roster there is none: empty texts, nobody and no reports.
-- Every step finds its rows by a whole key, so that a plan made without statistics is as good.
create function scooty_private.opponent_objects(guild_id bigint, event_id bigint, player_ids bigint[])
returns jsonb
language plpgsql stable
as $$
#variable_conflict use_column
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
      'player_id', p.id, 'name', p.name, 'archetype', coalesce(a.name, ''),
      'reporter_id', coalesce(known.reporter_id, 0),
      'reporter_name', coalesce(known.reporter_name, ''),
      'report_count', coalesce(known.report_count, 0)
    ) order by wanted.place), '[]')
    from unnest(opponent_objects.player_ids) with ordinality as wanted (player_id, place)
    cross join lateral (
      select p.id, p.name from players p
      where p.guild_id = opponent_objects.guild_id and p.id = wanted.player_id
      limit 1
    ) p
    left join lateral (
      select r.archetype_guild_id, r.archetype_id, r.reporter_id, r.reporter_name,
        (
          select e.report_count from event_players e
          where e.guild_id = r.guild_id and e.event_id = r.event_id and e.player_id = r.player_id
        ) as report_count
      from consensus_report(
        opponent_objects.guild_id, opponent_objects.event_id, wanted.player_id
      ) r
    ) known on true
    left join lateral (
      select a.name from archetypes a
      where a.guild_id = known.archetype_guild_id and a.id = known.archetype_id
      limit 1
    ) a on true
  );
end
$$;

-- Players of a guild with what is known of them in all events, in the order of their ids in the array.
create function scooty_private.guild_players(guild_id bigint, player_ids bigint[]) returns jsonb
language plpgsql stable
as $$
#variable_conflict use_column
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
      'player_id', p.id, 'name', p.name, 'report_count', played.report_count,
      'event_count', played.event_count
    ) order by wanted.place), '[]')
    from unnest(guild_players.player_ids) with ordinality as wanted (player_id, place)
    join players p on p.guild_id = guild_players.guild_id and p.id = wanted.player_id
    cross join lateral (
      select coalesce(sum(e.report_count), 0) as report_count, count(*) as event_count
      from event_players e
      where e.guild_id = p.guild_id and e.player_id = p.id
    ) played
  );
end
$$;

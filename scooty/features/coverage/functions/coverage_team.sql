-- The team's own players in an event: points and place, table in a round, and whom each has met.
create function scooty_private.coverage_team(guild_id bigint, event_id bigint, round smallint)
returns jsonb
language sql stable
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'member_id', l.member_id, 'points', coalesce(x.points, s.points), 'rank', s.rank,
    'table_number', x.table_number, 'met', (
      select coalesce(jsonb_agg(m.opponent_id), '[]') from pairings m
      where m.guild_id = e.guild_id and m.event_id = e.event_id and m.player_id = e.player_id
        and m.opponent_id is not null
    )
  ) order by e.player_id), '[]')
  from team_links l
  join event_players e on e.guild_id = l.guild_id and e.event_id = coverage_team.event_id
    and e.player_id = l.player_id
  left join pairings x on x.guild_id = e.guild_id and x.event_id = e.event_id
    and x.round = coverage_team.round and x.player_id = e.player_id
  left join standings s on s.guild_id = e.guild_id and s.event_id = e.event_id
    and s.player_id = e.player_id
  where l.guild_id = coverage_team.guild_id;
$$;

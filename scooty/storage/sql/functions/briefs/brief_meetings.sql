-- When somebody of the team, or one more player, met an opponent before a round, in any event: the
-- newest first.
create function scooty_private.brief_meetings(
  guild_id bigint, event_id bigint, round bigint, player_id bigint, opponent_id bigint
) returns jsonb
language sql stable
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'event', met.event, 'round', met.round, 'player', met.player, 'result', met.outcome,
    'games_won', met.games_won, 'games_lost', met.games_lost, 'games_drawn', met.games_drawn
  ) order by met.event_id desc, met.round desc, met.player_id), '[]')
  from (
    select m.event_id, m.round, m.player_id, e.name as event, p.name as player,
      r.outcome, r.games_won, r.games_lost, r.games_drawn
    from (
      select x.event_id, x.round, x.player_id from pairings x
      where x.guild_id = brief_meetings.guild_id and x.opponent_id = brief_meetings.opponent_id
      union
      select x.event_id, x.round, x.player_id from results x
      where x.guild_id = brief_meetings.guild_id and x.opponent_id = brief_meetings.opponent_id
    ) m
    join events e on e.guild_id = brief_meetings.guild_id and e.id = m.event_id
    join players p on p.guild_id = brief_meetings.guild_id and p.id = m.player_id
    left join results r on r.guild_id = brief_meetings.guild_id and r.event_id = m.event_id
      and r.round = m.round and r.player_id = m.player_id
    where (m.player_id = brief_meetings.player_id or exists (
        select from team_links l
        where l.guild_id = brief_meetings.guild_id and l.player_id = m.player_id
      ))
      and (m.event_id <> brief_meetings.event_id or m.round < brief_meetings.round)
    order by m.event_id desc, m.round desc, m.player_id limit 4
  ) met;
$$;

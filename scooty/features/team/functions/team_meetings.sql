-- When the team's players have met one before a round, the newest first: in earlier rounds of that
-- event, and in others. By pairings and by results, as either may be missing.
create function scooty_private.team_meetings(
  guild_id bigint, event_id bigint, round bigint, opponent_id bigint
) returns jsonb
language sql stable
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'event', met.name, 'event_id', met.event_id, 'round', met.round, 'member_id', met.member_id,
    'player', met.player, 'outcome', met.outcome, 'games_won', met.games_won,
    'games_lost', met.games_lost, 'games_drawn', met.games_drawn
  ) order by met.event_id desc, met.round desc, met.member_id), '[]')
  from (
    select e.name, m.event_id, m.round, l.member_id, p.name as player, r.outcome, r.games_won,
      r.games_lost, r.games_drawn
    from event_players played
    join events e on e.guild_id = played.guild_id and e.id = played.event_id
    cross join lateral (
      select p.event_id, p.round, p.player_id from pairings p
      where p.guild_id = played.guild_id and p.event_id = played.event_id
        and p.opponent_id = played.player_id
      union
      select r.event_id, r.round, r.player_id from results r
      where r.guild_id = played.guild_id and r.event_id = played.event_id
        and r.opponent_id = played.player_id
    ) m
    join team_links l on l.guild_id = played.guild_id and l.player_id = m.player_id
    join players p on p.guild_id = l.guild_id and p.id = l.player_id
    left join results r on r.guild_id = played.guild_id and r.event_id = m.event_id
      and r.round = m.round and r.player_id = m.player_id and r.opponent_id = played.player_id
    where played.guild_id = team_meetings.guild_id and played.player_id = team_meetings.opponent_id
      and (m.event_id <> team_meetings.event_id or m.round < team_meetings.round)
    order by m.event_id desc, m.round desc, l.member_id
    limit 6
  ) met;
$$;

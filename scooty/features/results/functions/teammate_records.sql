-- How each teammate did in an event, whoever did most first, with what they play; also those who are
-- linked and of whom nothing was told yet, if they play in it.
create function scooty_private.teammate_records(guild_id bigint, event_id bigint) returns jsonb
language sql stable
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'member_id', l.member_id, 'player', p.name,
    'deck', played_deck(teammate_records.guild_id, teammate_records.event_id, p.id),
    'wins', g.wins, 'losses', g.losses, 'draws', g.draws
  ) order by g.wins desc, g.losses, g.draws desc, p.name collate "C"), '[]')
  from (
    select e.player_id,
      count(*) filter (where m.result = 'win') as wins,
      count(*) filter (where m.result = 'loss') as losses,
      count(*) filter (where m.result = 'draw') as draws
    from (
      select r.player_id from results r
      where r.guild_id = teammate_records.guild_id and r.event_id = teammate_records.event_id
      union
      select e.player_id from team_links l
      join event_players e on e.guild_id = l.guild_id and e.player_id = l.player_id
      where l.guild_id = teammate_records.guild_id and e.event_id = teammate_records.event_id
    ) e
    left join matches_played(teammate_records.guild_id, teammate_records.event_id) m
      on m.player_id = e.player_id and not m.is_between_teammates
    group by e.player_id
  ) g
  join players p on p.guild_id = teammate_records.guild_id and p.id = g.player_id
  left join team_links l on l.guild_id = p.guild_id and l.player_id = p.id;
$$;
